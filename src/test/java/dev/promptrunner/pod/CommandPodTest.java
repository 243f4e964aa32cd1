package dev.promptrunner.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandPodTest {
  private final FakeTime time = new FakeTime();

  @Test
  void runs_the_users_command_in_a_shell(@TempDir Path folder) throws Exception {
    Path mark = folder.resolve("stopped");
    var pod = pod("echo bye && touch '" + mark + "'", Optional.empty(), new SystemProcessRunner());

    assertThat(pod.end(new Permit(EndAction.STOP), PodTests.QUIET))
        .isEqualTo(new Ended("exit code 0", "pod.stop-command", true));
    assertThat(mark).exists();
  }

  @Test
  void tries_a_failing_command_on_and_on_and_shows_its_last_words() {
    var programs = new FakePrograms().on("sh -c halt", 3, "halt: must be superuser");
    var pod = pod("halt", Optional.empty(), programs);
    time.interruptedAfter(Duration.ofMinutes(25));

    assertThat(PodTests.troubleOf(pod, EndAction.STOP))
        .singleElement()
        .asString()
        .contains("pod.stop-command → exit code 3: halt: must be superuser")
        .contains("BILLED");
    assertThat(programs.runs()).hasSizeGreaterThan(8);
  }

  @Test
  void says_that_a_command_hangs() {
    var pod = pod("halt", Optional.empty(), new FakePrograms().hangs("sh -c halt"));
    time.interruptedAfter(Duration.ofMinutes(25));

    assertThat(PodTests.troubleOf(pod, EndAction.STOP).getFirst())
        .contains("pod.stop-command → killed after PT20S");
  }

  @Test
  void never_runs_the_stop_command_to_terminate() {
    var programs = new FakePrograms();
    var pod = pod("halt", Optional.empty(), programs);

    assertThatThrownBy(() -> pod.end(new Permit(EndAction.TERMINATE), PodTests.QUIET))
        .hasMessageContaining("pod.terminate-command is not set")
        .hasMessageContaining("BILLED");
    assertThat(programs.runs()).isEmpty();
  }

  @Test
  void kills_a_program_that_takes_too_long_and_keeps_what_it_said() throws Exception {
    var result =
        new SystemProcessRunner()
            .run(java.util.List.of("sh", "-c", "echo before; sleep 600"), Duration.ofMillis(300));

    assertThat(result.timedOut()).isTrue();
    assertThat(result.output()).isEqualTo("before");
  }

  @Test
  void keeps_the_end_of_a_long_output(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("long"), "x".repeat(100_000) + "END");
    var result =
        new SystemProcessRunner()
            .run(java.util.List.of("cat", text.toString()), Duration.ofSeconds(20));

    assertThat(result.output()).hasSize(4096).endsWith("END");
  }

  private CommandPod pod(String stop, Optional<String> terminate, ProcessRunner programs) {
    return new CommandPod(PodTests.commands(Optional.of(stop), terminate), programs, time.time());
  }
}
