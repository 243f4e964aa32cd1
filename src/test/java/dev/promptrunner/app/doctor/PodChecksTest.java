package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.pod.After;
import dev.promptrunner.pod.Ended;
import dev.promptrunner.pod.Permit;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.pod.Probe;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PodChecksTest {
  private static final Probe ABLE =
      new Probe(true, "RunPod pod abc is RUNNING", OptionalDouble.of(0.44));
  private static final Probe UNABLE =
      new Probe(false, "RunPod pod abc cannot be asked about: 401", OptionalDouble.empty());

  /** A pod that answers so. */
  private record FakePod(boolean exists, Probe canStop) implements Pod {
    @Override
    public String describe() {
      return "RunPod pod abc";
    }

    @Override
    public boolean keepsOnStop(Path path) {
      return true;
    }

    @Override
    public Ended end(Permit permit, Consumer<String> trouble) {
      throw new AssertionError("a look ends nothing");
    }
  }

  private static java.util.List<Finding> look(Probe probe, After after, boolean delivers)
      throws InterruptedException {
    return new PodChecks(new FakePod(true, probe), after, delivers).look();
  }

  @Test
  void a_pod_that_may_be_stopped_is_told_with_its_price() throws Exception {
    assertThat(look(ABLE, After.AUTO, true))
        .containsExactly(Finding.ok(Area.POD, "pod", "RunPod pod abc is RUNNING, $0.44 an hour"));
  }

  @Test
  void a_pod_that_stays_up_is_a_warning() throws Exception {
    assertThat(look(ABLE, After.AUTO, false))
        .containsExactly(
            Finding.ok(Area.POD, "pod", "RunPod pod abc is RUNNING, $0.44 an hour"),
            Finding.warning(
                Area.POD,
                "afterwards",
                "RunPod pod abc stays up when the run is over, $0.44 an hour",
                "use --deliver and --after stop, unless you end it yourself"));
    assertThat(look(ABLE, After.NONE, true).getLast().remedy())
        .isEqualTo("use --after stop, unless you end it yourself");
  }

  @Test
  void a_pod_that_cannot_be_stopped_is_a_problem_only_when_it_is_to_be_stopped() throws Exception {
    String found = "RunPod pod abc cannot be asked about: 401, price not told";
    String remedy = "give this pod a key that may stop it, or set pod.stop-command";
    assertThat(look(UNABLE, After.STOP, true))
        .containsExactly(Finding.problem(Area.POD, "pod", found, remedy));
    assertThat(look(UNABLE, After.NONE, true).getFirst())
        .isEqualTo(Finding.warning(Area.POD, "pod", found, remedy));
  }

  @Test
  void without_a_pod_nothing_can_be_stopped() throws Exception {
    FakePod none = new FakePod(false, UNABLE);
    assertThat(new PodChecks(none, After.AUTO, true).look())
        .containsExactly(
            Finding.ok(
                Area.POD, "pod", "none: neither RunPod nor Vast.ai, and no pod.stop-command"));
    assertThat(new PodChecks(none, After.TERMINATE, true).look())
        .containsExactly(
            Finding.problem(
                Area.POD,
                "pod",
                "none: neither RunPod nor Vast.ai, and no pod.stop-command, but --after terminate"
                    + " is set",
                "set pod.stop-command to what stops this machine, or use --after none"));
  }
}
