package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.config.ServersConfig.Pass;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadyServersTest {
  private static final Set<Pass> ALL = EnumSet.allOf(Pass.class);
  private static final Failure GONE = new Failure.ServerLost("starting it", "it ended", "see it");
  private static final ReadyServers.Arrival COMES = () -> {};
  private static final ReadyServers.Arrival FAILS =
      () -> {
        throw new FailureException(GONE);
      };
  private static final ReadyServers.Arrival HANGS = () -> new CountDownLatch(1).await();

  private static ReadyServers await(ReadyServers.Expected... servers) throws InterruptedException {
    return ReadyServers.await(List.of(servers), Duration.ofSeconds(1));
  }

  @Test
  void one_that_fails_does_not_keep_the_other_from_its_work() throws Exception {
    ReadyServers ready =
        await(new ReadyServers.Expected(ALL, FAILS), new ReadyServers.Expected(ALL, COMES));

    assertThat(ready.suffice()).isTrue();
    assertThat(ready.isThere(0)).isFalse();
    assertThat(ready.failure(0)).hasValue(GONE);
    assertThat(ready.isThere(1)).isTrue();
    assertThat(ready.failure(1)).isEmpty();
  }

  @Test
  void one_that_does_not_come_is_not_waited_for_long_once_the_others_suffice() throws Exception {
    ReadyServers ready =
        await(new ReadyServers.Expected(ALL, HANGS), new ReadyServers.Expected(ALL, COMES));

    assertThat(ready.suffice()).isTrue();
    assertThat(ready.isThere(0)).isFalse();
    assertThat(ready.failure(0)).isEmpty();
  }

  @Test
  void a_pass_without_a_server_does_not_suffice() throws Exception {
    ReadyServers ready =
        await(
            new ReadyServers.Expected(EnumSet.of(Pass.HIGH), FAILS),
            new ReadyServers.Expected(EnumSet.of(Pass.LOW, Pass.COMBINE), COMES));

    assertThat(ready.suffice()).isFalse();
    assertThat(ready.failure(0)).hasValue(GONE);
  }
}
