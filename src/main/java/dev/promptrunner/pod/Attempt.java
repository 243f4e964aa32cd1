package dev.promptrunner.pod;

import java.time.Duration;
import java.util.Optional;

/** What came of asking for the end in one way. */
sealed interface Attempt {
  /** For the report when nothing works. */
  String words();

  /** The provider takes the request; the state will follow. */
  record Accepted(String words) implements Attempt {}

  /** Not valid in the pod's state: it may be there already, or on its way. */
  record Conflict(String words) implements Attempt {}

  /** No such pod, or none that this key may see. */
  record NotFound(String words) implements Attempt {}

  /** This way is closed: no rights, no program. */
  record Refused(String words) implements Attempt {}

  /** Nobody knows whether it was carried out. */
  record Unclear(String words, Optional<Duration> retryAfter) implements Attempt {}

  /** Reads an HTTP answer by its code alone. */
  static Attempt of(Answer answer) {
    return switch (answer) {
      case Answer.Silence silence -> new Unclear(silence.words(), Optional.empty());
      case Answer.Reply reply when reply.ok() -> new Accepted(reply.words());
      case Answer.Reply reply when reply.code() == 404 -> new NotFound(reply.words());
      case Answer.Reply reply when reply.code() == 409 -> new Conflict(reply.words());
      case Answer.Reply reply when reply.passing() ->
          new Unclear(reply.words(), reply.retryAfter());
      case Answer.Reply reply -> new Refused(reply.words());
    };
  }
}
