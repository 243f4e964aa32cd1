package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.testing.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A server that wants to fill the memory")
@Timeout(120)
class MaliceTest extends ComfyTest {
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n["
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void an_answer_without_an_end_is_cut_at_64_mb_and_not_asked_for_again() {
    server.on(
        "GET /history",
        (_, socket) -> {
          OutputStream out = socket.getOutputStream();
          out.write(HEAD);
          byte[] more = "{},".repeat(30_000).getBytes(StandardCharsets.UTF_8);
          while (true) {
            out.write(more);
          }
        });

    Failure failure = failure(() -> comfy.whereIs(newId()));

    assertThat(failure).isInstanceOf(Failure.Rejected.class);
    assertThat(failure.found())
        .isEqualTo(
            "%s is not a ComfyUI server: the answer is larger than 67.1 MB, which was not read"
                .formatted(comfy.address()));
    assertThat(server.count("GET", "/history")).isOne();
  }

  @Test
  void an_announced_length_of_10_gb_is_not_waited_for() {
    server.on(
        "GET /queue",
        (_, socket) -> {
          socket.getOutputStream().write(LoopbackServer.head(200, Map.of(), 10_000_000_000L));
          return false;
        });

    assertThat(failure(() -> comfy.queue()).found()).contains("larger than 67.1 MB");
  }

  @Test
  void a_compressed_answer_counts_by_what_comes_out_of_it() throws IOException {
    byte[] bomb = zipped(100 << 20);
    assertThat(bomb).hasSizeLessThan(200_000);
    server.on(
        "GET /queue",
        (_, socket) -> {
          LoopbackServer.answer(
              socket,
              200,
              Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
              bomb);
          return true;
        });

    assertThat(failure(() -> comfy.queue()).found()).contains("larger than 67.1 MB");
  }

  private static byte[] zipped(int bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) ' ');
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      for (int written = 0; written < bytes; written += block.length) {
        out.write(block);
      }
    }
    return zipped.toByteArray();
  }

  @Test
  void a_hundred_thousand_brackets_and_millions_of_nothings_are_no_answer() {
    server.onJson("GET /queue", 200, "[".repeat(100_000));
    assertThat(failure(() -> comfy.queue()).found()).contains("is not a ComfyUI server");

    server.onJson("GET /queue", 200, "[" + "{},".repeat(4_000_000) + "{}]");
    assertThat(failure(() -> comfy.queue()).found()).contains("is not a ComfyUI server");
  }

  @Test
  void a_message_of_a_terabyte_costs_the_socket_but_not_the_job() throws Exception {
    server.next(
        id -> {
          server.socket().announce(1L << 40);
          server.finishSilently(id, SUCCESS);
        });

    assertThat(run().outputs()).hasSize(1);
  }

  private interface Asking {
    void ask() throws FailureException, InterruptedException;
  }

  private static Failure failure(Asking asking) {
    return catchThrowableOfType(FailureException.class, asking::ask).failure();
  }
}
