package dev.promptrunner.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.pod.PodSettings.Provider;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodDetectorTest {
  private static final Map<String, String> RUNPOD =
      Map.of("RUNPOD_POD_ID", "abc123xyz", "RUNPOD_API_KEY", "k");
  private static final Map<String, String> VAST =
      Map.of("CONTAINER_ID", "1234567", "CONTAINER_API_KEY", "k");

  private final FakeTime time = new FakeTime();
  private final PodDetector detector = new PodDetector(new FakePrograms(), time, time);

  @Test
  void finds_runpod_and_vast_by_their_environment() throws Exception {
    assertThat(detect(RUNPOD).describe()).isEqualTo("RunPod pod abc123xyz");
    assertThat(detect(VAST).describe()).isEqualTo("Vast.ai instance 1234567");
  }

  @Test
  void finds_runpod_without_a_key_too() throws Exception {
    assertThat(detect(Map.of("RUNPOD_POD_ID", "abc", "RUNPOD_API_KEY", " ")).describe())
        .isEqualTo("RunPod pod abc");
  }

  @Test
  void finds_nothing_elsewhere_not_even_by_a_container_id_without_a_key() throws Exception {
    assertThat(detect(Map.of()).exists()).isFalse();
    assertThat(detect(Map.of("CONTAINER_ID", "deadbeef")).exists()).isFalse();
  }

  @Test
  void prefers_the_users_own_command() throws Exception {
    var settings = with(Provider.AUTO, Optional.of("halt"));
    assertThat(detector.detect(RUNPOD, settings).describe()).contains("pod.stop-command");
  }

  @Test
  void looks_nowhere_when_told_none() throws Exception {
    assertThat(detector.detect(RUNPOD, with(Provider.NONE, Optional.empty())).exists()).isFalse();
  }

  @Test
  void says_what_is_missing_for_a_provider_that_was_named() {
    refuses(Provider.RUNPOD, Map.of(), "RUNPOD_POD_ID is not set");
    refuses(Provider.VAST, Map.of(), "CONTAINER_ID is not set");
    refuses(Provider.VAST, Map.of("CONTAINER_ID", "1"), "CONTAINER_API_KEY is not set");
    refuses(Provider.COMMAND, Map.of(), "pod.stop-command is not set");
  }

  @Test
  void refuses_an_id_that_would_change_an_address_or_a_query() {
    refuses(Provider.RUNPOD, Map.of("RUNPOD_POD_ID", "a\"}) x"), "RUNPOD_POD_ID is 'a\"}) x'");
    refuses(Provider.VAST, Map.of("CONTAINER_ID", "1/../2", "CONTAINER_API_KEY", "k"), "1/../2");
  }

  @Test
  void says_outside_a_pod_what_to_set() throws Exception {
    Pod none = detect(Map.of());

    assertThat(none.canStop().able()).isFalse();
    assertThatThrownBy(() -> none.end(new Permit(EndAction.STOP), PodTests.QUIET))
        .hasMessageContaining("RUNPOD_POD_ID")
        .hasMessageContaining("set pod.stop-command");
  }

  private void refuses(Provider provider, Map<String, String> env, String words) {
    assertThatThrownBy(() -> detector.detect(env, with(provider, Optional.empty())))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining(words);
  }

  private Pod detect(Map<String, String> env) throws FailureException {
    return detector.detect(env, PodSettings.DEFAULTS);
  }

  private static PodSettings with(Provider provider, Optional<String> stopCommand) {
    PodSettings base = PodSettings.DEFAULTS;
    return new PodSettings(
        provider,
        stopCommand,
        Optional.empty(),
        base.undelivered(),
        base.runpodUrl(),
        base.vastUrl(),
        base.timeout(),
        base.settle(),
        base.giveUpAfter(),
        base.dollarsPerHour());
  }
}
