package dev.promptrunner.notice;

import dev.promptrunner.base.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Any receiver of JSON, which can check that a notice is ours and new. */
final class Webhook implements Receiver {
  private final Post post;
  private final Optional<Secret> key;
  private final InstantSource clock;

  Webhook(Secret address, Optional<Secret> key, InstantSource clock) {
    this.post = new Post(address, clock);
    this.key = key;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "notice.webhook";
  }

  @Override
  public Reply send(Notice notice) {
    String body = NoticeJson.whole(notice);
    return post.send(body, headers(body));
  }

  /** A real notice, since a receiver need not answer anything else. */
  @Override
  public Reply probe() {
    Instant now = clock.instant();
    return send(
        new Notice(
            now,
            "doctor/" + now.toEpochMilli(),
            "",
            NoticeKind.WARNING,
            Notice.Severity.INFO,
            "doctor asks whether notices arrive; nothing is wrong",
            "{}"));
  }

  /** Signed anew at each try: a receiver refuses what was signed long ago. */
  private Map<String, String> headers(String body) {
    long now = clock.instant().getEpochSecond();
    Map<String, String> headers = new HashMap<>();
    headers.put(Signature.TIMESTAMP, Long.toString(now));
    key.ifPresent(secret -> headers.put(Signature.HEADER, Signature.of(secret, now, body)));
    return headers;
  }

  @Override
  public void cut() {
    post.cut();
  }
}
