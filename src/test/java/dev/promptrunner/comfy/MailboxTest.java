package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final Optional<String> JOB = Optional.of("p");

  private final Mailbox mailbox = new Mailbox();

  private static ServerEvent preview(int n) {
    return new ServerEvent.Preview(JOB, Optional.of("" + n), "image/png", new byte[1]);
  }

  @Test
  void drops_previews_first_then_progress_and_never_the_end() {
    mailbox.offer(new ServerEvent.Executing(JOB, Optional.of("1")), 1);
    for (int i = 0; i < 2000; i++) {
      mailbox.offer(preview(i), 1);
      mailbox.offer(new ServerEvent.Progress(JOB, "54", i, 2000), 1);
    }
    mailbox.offer(new ServerEvent.Success(JOB), 1);
    for (int i = 0; i < 2000; i++) {
      mailbox.offer(new ServerEvent.Executing(JOB, Optional.of("2")), 1);
    }

    List<ServerEvent> left = mailbox.drain();
    assertThat(left).hasSizeLessThanOrEqualTo(512).contains(new ServerEvent.Success(JOB));
    assertThat(left).doesNotHaveAnyElementsOfTypes(ServerEvent.Preview.class);
  }

  @Test
  void keeps_the_newest_two_previews() {
    for (int i = 0; i < 10; i++) {
      mailbox.offer(preview(i), 1);
    }

    assertThat(mailbox.drain())
        .extracting(event -> ((ServerEvent.Preview) event).node().orElseThrow())
        .containsExactly("8", "9");
  }

  @Test
  void a_wake_is_kept_until_the_events_before_it_are_taken() throws Exception {
    mailbox.offer(preview(1), 1);
    mailbox.wake();

    assertThat(mailbox.take(Duration.ofDays(1))).isPresent();
    assertThat(mailbox.take(Duration.ofDays(1))).isEmpty();
    assertThat(mailbox.take(Duration.ZERO)).isEmpty();
  }

  @Test
  void knows_on_which_connection_it_heard_last() {
    assertThat(mailbox.heard()).isFalse();
    mailbox.offer(preview(1), 3);

    assertThat(mailbox.heard()).isTrue();
    assertThat(mailbox.heardOn(3)).isTrue();
    assertThat(mailbox.heardOn(4)).isFalse();
  }
}
