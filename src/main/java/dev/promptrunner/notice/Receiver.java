package dev.promptrunner.notice;

/** One place that notices go to. Every call returns within seconds. */
interface Receiver {
  /** As the setting names it: {@code notice.slack}. */
  String name();

  /** One try; never throws for what the network does. */
  Reply send(Notice notice);

  /** One try without showing anything where that can be helped, for {@code doctor}. */
  Reply probe();

  /** Cuts a try that is under way; from any thread. */
  void cut();
}
