package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
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

  private void start(String budget) throws Exception {
    process =
        new ProcessBuilder(
                "env",
                "--default-signal=INT,HUP,TERM", // ignored by whoever runs in the background
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SignalsProcess.class.getName(),
                budget)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
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
