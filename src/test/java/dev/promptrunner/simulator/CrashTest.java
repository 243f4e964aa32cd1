package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A crash of the command line's form ends the process as the kernel would. */
@Timeout(90)
class CrashTest {
  @TempDir Path root;

  @Test
  void the_process_ends_with_137_in_the_middle_of_the_job() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CrashingProcess.class.getName(),
                root.toString(),
                "crash@1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader();
        HttpClient http = HttpClient.newHttpClient()) {
      String url = out.lines().filter(line -> line.startsWith("http://")).findFirst().orElseThrow();
      HttpRequest prompt =
          HttpRequest.newBuilder(URI.create(url + "/prompt"))
              .timeout(Duration.ofSeconds(60))
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"prompt\": " + Json.text(WanGraphs.image("x")) + "}"))
              .build();
      // The answer may or may not arrive before the end: both happen to a real client.
      CompletableFuture<?> sent =
          http.sendAsync(prompt, HttpResponse.BodyHandlers.discarding()).exceptionally(e -> null);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(137);
      sent.cancel(true);
    } finally {
      process.destroyForcibly();
    }
    assertThat(root.resolve("output/x_00001_.png")).doesNotExist();
  }
}
