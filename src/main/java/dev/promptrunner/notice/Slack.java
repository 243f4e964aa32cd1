package dev.promptrunner.notice;

import dev.promptrunner.base.Secret;
import java.time.InstantSource;
import java.util.Map;

/** An incoming webhook of Slack. */
final class Slack implements Receiver {
  private final Post post;

  Slack(Secret address, InstantSource clock) {
    this.post = new Post(address, clock);
  }

  @Override
  public String name() {
    return "notice.slack";
  }

  @Override
  public Reply send(Notice notice) {
    return post.send(NoticeJson.slack(notice), Map.of());
  }

  /** Slack refuses an empty text with 400 {@code no_text}, and a wrong address otherwise. */
  @Override
  public Reply probe() {
    Reply reply = post.send(NoticeJson.slack(""), Map.of());
    boolean known =
        reply instanceof Reply.Refused(String words)
            && words.startsWith("HTTP 400")
            && (words.contains("no_text") || words.contains("invalid_payload"));
    return known ? new Reply.Taken() : reply;
  }

  @Override
  public void cut() {
    post.cut();
  }
}
