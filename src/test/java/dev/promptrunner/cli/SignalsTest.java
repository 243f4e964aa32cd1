package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real signals to a real process that would go on for ever. */
@Timeout(120)
class SignalsTest {
  private Process process;
  private BufferedReader out;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void the_first_is_told_and_the_second_ends_it_at_once_whatever_runs(String signal)
      throws Exception {
    start("PT10M");

    kill(signal);
    assertThat(out.readLine()).isEqualTo("asked to end");
    assertThat(process.isAlive()).isTrue();

    kill(signal);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(out.readLine()).isNull();
  }

  @Test
  void it_is_gone_when_its_time_is_over_whatever_runs() throws Exception {
    start("PT0.05S");

    kill("TERM");

    assertThat(out.readLine()).isEqualTo("asked to end");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  @Test
  void a_gentle_first_ctrl_c_only_asks_and_the_next_ones_are_heard_as_usual() throws Exception {
    start("PT10M", "gently");

    kill("INT");
    assertThat(out.readLine()).isEqualTo("asked to finish");
    kill("INT");
    assertThat(out.readLine()).isEqualTo("asked to end");
    assertThat(process.isAlive()).isTrue();

    kill("INT");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  /** A pod that ends does not wait for the end of a sweep. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "HUP"})
  void only_ctrl_c_is_gentle(String signal) throws Exception {
    start("PT0.05S", "gently");

    kill(signal);

    assertThat(out.readLine()).isEqualTo("asked to end");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  /** What an end in good time waits for may be a long render. */
  @Test
  void a_gentle_end_has_no_limit() throws Exception {
    start("PT0S", "gently");
    kill("INT");
    assertThat(out.readLine()).isEqualTo("asked to finish");
    assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
  }

  /** What a shell starts in the background ignores Ctrl-C for ever. */
  @Test
  void another_process_can_be_asked_to_finish_also_when_it_ignores_ctrl_c() throws Exception {
    startWith("--ignore-signal=INT", "PT10M");
    kill("INT");
    assertThat(FinishRequest.send(process.pid())).isTrue();
    assertThat(out.readLine()).isEqualTo("asked to finish");
    assertThat(FinishRequest.send(process.pid())).isTrue();
    assertThat(out.readLine()).isEqualTo("asked to finish");
    assertThat(process.isAlive()).isTrue();
  }

  /** It would be killed by the signal. */
  @Test
  void a_process_that_does_not_listen_is_not_asked() throws Exception {
    process = new ProcessBuilder("sleep", "60").start();
    assertThat(FinishRequest.send(process.pid())).isFalse();
    assertThat(process.isAlive()).isTrue();
  }

  private void start(String... arguments) throws Exception {
    // Ignored by whoever runs in the background.
    startWith("--default-signal=INT,HUP,TERM", arguments);
  }

  private void startWith(String signals, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                signals,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SignalsProcess.class.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("listening");
  }

  private void kill(String signal) throws Exception {
    int sent =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    assertThat(sent).isZero();
  }
}
