package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.testing.LoopbackServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Fetching a file")
class FetchTest extends ComfyTest {
  private static final OutputFile FILE = output("walk (1).mp4", "job 1/ä");

  private final byte[] content = new byte[3_000_000];
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  @TempDir Path folder;

  @BeforeEach
  void fill() {
    new Random(7).nextBytes(content);
  }

  private Path target() {
    return folder.resolve("videos/walk.mp4");
  }

  private Failure fails(OutputFile file) {
    return catchThrowableOfType(FailureException.class, () -> comfy.fetch(file, target()))
        .failure();
  }

  private void nothingIsLeft() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  /** Serves from the asked byte, as aiohttp does, and cuts after some bytes. */
  private boolean serve(LoopbackServer.Request request, Socket socket, int cutAfter, String etag)
      throws IOException {
    String range = request.header("Range");
    ranges.add(range);
    int from = range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    Map<String, String> headers =
        Map.of(
            "ETag",
            etag,
            "Content-Range",
            "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    int status = range.isEmpty() ? 200 : 206;
    int end = Math.min(content.length, from + cutAfter);
    OutputStream out = socket.getOutputStream();
    out.write(LoopbackServer.head(status, headers, content.length - from));
    out.write(Arrays.copyOfRange(content, from, end));
    out.flush();
    return end == content.length;
  }

  @Test
  void brings_the_whole_file_with_its_digest_under_its_name() throws Exception {
    server.on("GET /view", (request, socket) -> serve(request, socket, content.length, "\"1\""));

    Fetched fetched = comfy.fetch(FILE, target());

    assertThat(target()).hasBinaryContent(content);
    assertThat(fetched).isEqualTo(new Fetched(target(), content.length, Digest.of(content)));
    assertThat(server.requests().getFirst().query())
        .containsEntry("filename", "walk (1).mp4")
        .containsEntry("subfolder", "job 1/ä")
        .containsEntry("type", "output");
    assertThat(target().getParent()).isDirectoryContaining(path -> path.equals(target()));
  }

  @Test
  void replaces_what_was_there_and_a_half_file_of_an_earlier_try() throws Exception {
    Files.createDirectories(target().getParent());
    Files.writeString(target(), "old");
    Files.writeString(target().resolveSibling(".walk.mp4.part"), "half");
    server.on("GET /view", (request, socket) -> serve(request, socket, content.length, "\"1\""));

    comfy.fetch(FILE, target());

    assertThat(target()).hasBinaryContent(content);
    assertThat(target().resolveSibling(".walk.mp4.part")).doesNotExist();
  }

  @Test
  void goes_on_where_a_cut_connection_ended_twice() throws Exception {
    server.on("GET /view", (request, socket) -> serve(request, socket, 1_100_000, "\"1\""));

    Fetched fetched = comfy.fetch(FILE, target());

    assertThat(ranges).containsExactly("", "bytes=1100000-", "bytes=2200000-");
    assertThat(server.requests().getLast().header("If-Range")).isEqualTo("\"1\"");
    assertThat(fetched.digest()).isEqualTo(Digest.of(content));
  }

  @Test
  void goes_on_as_long_as_there_is_progress() throws Exception {
    server.on("GET /view", (request, socket) -> serve(request, socket, 300_000, "\"1\""));
    try (ComfyServer impatient =
        client(settings().with(new ComfySettings.Limits(1 << 20, 1 << 20, 1L << 40, 2)))) {
      assertThat(impatient.fetch(FILE, target()).bytes()).isEqualTo(content.length);
    }
    assertThat(ranges).hasSize(10);
  }

  @Test
  void starts_over_when_the_file_changed_between_two_parts() throws Exception {
    AtomicReference<String> etag = new AtomicReference<>("\"old\"");
    server.on(
        "GET /view",
        (request, socket) -> {
          boolean whole =
              serve(
                  request,
                  socket,
                  etag.get().equals("\"old\"") ? 1_000_000 : content.length,
                  etag.get());
          new Random(8).nextBytes(content);
          etag.set("\"new\"");
          return whole && ranges.size() < 2;
        });

    Fetched fetched = comfy.fetch(FILE, target());

    assertThat(ranges).containsExactly("", "bytes=1000000-", "");
    assertThat(fetched.digest()).isEqualTo(Digest.of(content));
    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void a_server_that_ignores_ranges_and_always_cuts_is_given_up() throws Exception {
    server.on(
        "GET /view",
        (request, socket) -> {
          ranges.add(request.header("Range"));
          OutputStream out = socket.getOutputStream();
          out.write(LoopbackServer.head(200, Map.of(), content.length));
          out.write(content, 0, 1_000_000);
          return false;
        });
    try (ComfyServer quick =
        client(settings().with(new ComfySettings.Limits(1 << 20, 1 << 20, 1L << 40, 3)))) {
      Failure failure =
          catchThrowableOfType(FailureException.class, () -> quick.fetch(FILE, target())).failure();
      assertThat(failure).isInstanceOf(Failure.Transient.class);
      assertThat(failure.found()).contains("broke");
    }
    nothingIsLeft();
  }

  @Test
  void a_file_shorter_than_announced_is_no_output() throws Exception {
    server.on(
        "GET /view",
        (request, socket) -> {
          if (request.header("Range").isEmpty()) {
            OutputStream out = socket.getOutputStream();
            out.write(LoopbackServer.head(200, Map.of("ETag", "\"1\""), content.length + 50L));
            out.write(content);
          } else {
            LoopbackServer.answer(
                socket, 416, Map.of("Content-Range", "bytes */" + content.length), new byte[0]);
          }
          return false;
        });

    Failure failure = fails(FILE);

    assertThat(failure).isInstanceOf(Failure.BadOutput.class);
    assertThat(failure.found())
        .isEqualTo("the server announced 3000050 bytes, but the file has 3000000");
    nothingIsLeft();
  }

  @Test
  void a_length_beyond_the_limit_is_refused_before_a_byte_is_read() throws Exception {
    server.on(
        "GET /view",
        (_, socket) -> {
          socket.getOutputStream().write(LoopbackServer.head(200, Map.of(), 900_000_000_000L));
          socket.getInputStream().read();
          return false;
        });

    Failure failure = fails(FILE);

    assertThat(failure).isInstanceOf(Failure.BadOutput.class);
    assertThat(failure.found()).isEqualTo("the server announces 900.0 GB, the limit is 200.0 GB");
    nothingIsLeft();
  }

  @Test
  void a_file_larger_than_the_disk_is_refused_with_both_numbers() {
    try (ComfyServer trusting =
        client(settings().with(new ComfySettings.Limits(1 << 20, 1 << 20, Long.MAX_VALUE, 1)))) {
      server.on(
          "GET /view",
          (_, socket) -> {
            socket
                .getOutputStream()
                .write(LoopbackServer.head(200, Map.of(), 900_000_000_000_000L));
            socket.getInputStream().read();
            return false;
          });
      Failure failure =
          catchThrowableOfType(FailureException.class, () -> trusting.fetch(FILE, target()))
              .failure();
      assertThat(failure.found()).startsWith("the file has 900.0 TB, the disk has room for ");
      assertThat(failure.remedy()).startsWith("make room on the disk of ");
    }
  }

  @ParameterizedTest
  @CsvSource({"../x.png, a", "x.png, ../..", "/etc/passwd, a", "x.png, /etc"})
  void a_name_that_leads_astray_is_never_asked_for(String name, String subfolder) throws Exception {
    Failure failure = fails(output(name, subfolder));

    assertThat(failure).isInstanceOf(Failure.BadOutput.class);
    assertThat(failure.found()).contains("leads out of its folder");
    assertThat(server.requests()).isEmpty();
    nothingIsLeft();
  }

  @Test
  void a_file_that_is_gone_says_why_that_happens() throws Exception {
    Failure failure = fails(FILE);

    assertThat(failure).isInstanceOf(Failure.BadOutput.class);
    assertThat(failure.sentence())
        .startsWith("fetching job 1/ä/walk (1).mp4 [output] from " + server.url())
        .contains("the server has no such file — it was moved or deleted, or the job was cached");
    nothingIsLeft();
  }

  @Test
  void a_proxys_login_page_is_not_taken_for_a_video() throws Exception {
    server.on(
        "GET /view",
        (_, socket) -> {
          LoopbackServer.answer(
              socket, 200, Map.of("Content-Type", "text/html"), "<html>".getBytes());
          return true;
        });

    assertThat(fails(FILE).found()).endsWith("it answered 200 with a web page");
    nothingIsLeft();
  }

  @Test
  void an_unwritable_folder_is_said_and_not_tried_again() throws Exception {
    server.on("GET /view", (request, socket) -> serve(request, socket, content.length, "\"1\""));
    Files.writeString(folder.resolve("videos"), "a file where the folder should be");

    Failure failure = fails(FILE);

    assertThat(failure.found()).startsWith("writing " + target() + " failed");
    assertThat(failure.remedy()).isEqualTo("make the folder writable");
  }

  @Test
  void an_interrupt_ends_it_at_once_and_leaves_nothing() throws Exception {
    server.on(
        "GET /view",
        (request, socket) -> {
          serve(request, socket, 1_000_000, "\"1\"");
          socket.getInputStream().read();
          return false;
        });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread fetcher =
        Thread.ofPlatform()
            .start(
                () ->
                    thrown.set(
                        catchThrowableOfType(
                            InterruptedException.class, () -> comfy.fetch(FILE, target()))));
    await().until(() -> !ranges.isEmpty());
    fetcher.interrupt();
    fetcher.join(Duration.ofSeconds(3));

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    nothingIsLeft();
  }
}
