package dev.promptrunner.notice;

import dev.promptrunner.base.Secret;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told of what. The addresses are secrets: whoever knows one may post there.
 *
 * @param slack an incoming webhook of Slack, or of what understands its {@code {"text": …}}
 * @param webhook gets each notice as JSON
 * @param signingKey signs what the webhook gets; empty sends it unsigned
 * @param kinds of notices that are sent
 */
public record NoticeSettings(
    Optional<Secret> slack,
    Optional<Secret> webhook,
    Optional<Secret> signingKey,
    Set<NoticeKind> kinds) {
  /** Nobody is told. */
  public static final NoticeSettings NONE =
      new NoticeSettings(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

  public NoticeSettings {
    kinds = Set.copyOf(kinds);
  }

  /** Whether there is anybody to tell. */
  public boolean any() {
    return slack.isPresent() || webhook.isPresent();
  }
}
