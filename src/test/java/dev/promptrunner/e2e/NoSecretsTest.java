package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.testing.FakeGcs;
import dev.promptrunner.testing.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Feeds every secret that the program knows through every path that fails, and looks for each of
 * them in all that was printed and in every file that was left.
 */
class NoSecretsTest extends CommandLine {
  private static final String PROVIDER_KEY = "rpa_Provider+Key/0123=";
  private static final String PASSWORD = "swordfish-of-the-server";
  private static final String HOOK = "/services/T0123/B0123/hook-token-xyzzy";
  private static final String SIGNING = "signing-key-of-the-webhook";

  /** Fails, and the second time does not: a pod's end is tried until it has ended. */
  private static final String STOP_COMMAND =
      "[ -e %1$s ] || { touch %1$s; curl -H 'X-Token: stop-token-plugh' http://127.0.0.1:1; }";

  private static final String ENDED =
      "{\"id\":\"pod1\",\"status\":\"EXITED\",\"desiredStatus\":\"EXITED\"}";
  private static final String PRIVATE = "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQ";
  private static final String KEY_ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0aabbccdd";

  private static final List<String> NEVER =
      Stream.concat(
              Stream.of(PROVIDER_KEY, PASSWORD, HOOK, SIGNING, "stop-token-plugh", PRIVATE, KEY_ID)
                  .flatMap(
                      secret ->
                          Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8))),
              Stream.of(
                  Base64.getEncoder()
                      .encodeToString(("me:" + PASSWORD).getBytes(StandardCharsets.UTF_8))))
          .distinct()
          .toList();

  private final List<Told> told = new ArrayList<>();
  private final AtomicInteger echoed = new AtomicInteger();
  private LoopbackServer echo;
  private volatile int status = 500;
  private volatile int mostRefused = Integer.MAX_VALUE;

  /**
   * A server that refuses everything and repeats all it was told, and all that it must not know.
   */
  @BeforeEach
  void start() throws Exception {
    good("walk");
    echo =
        new LoopbackServer(
            (request, socket) -> {
              if (echoed.incrementAndGet() > mostRefused) {
                LoopbackServer.json(socket, 200, ENDED);
                return true;
              }
              String all =
                  "%s %s %s %s %s"
                      .formatted(
                          request.method(),
                          request.path(),
                          request.query(),
                          request.headers(),
                          String.join(" ", NEVER));
              LoopbackServer.json(socket, status, "{\"error\":\"" + all.replace('"', '\'') + "\"}");
              return true;
            });
  }

  @AfterEach
  void stop() throws Exception {
    echo.close();
  }

  private void notices() {
    environment.put("PROMPT_RUNNER_NOTICE_SLACK", echo.url() + HOOK);
    environment.put("PROMPT_RUNNER_NOTICE_WEBHOOK", echo.url() + HOOK + "?key=" + PASSWORD);
    environment.put("PROMPT_RUNNER_NOTICE_WEBHOOK_SECRET", SIGNING);
  }

  private Path keyFile(String text) throws IOException {
    return Files.writeString(dir.resolve("key.json"), text);
  }

  private Told run(Told result) {
    told.add(result);
    return result;
  }

  @Test
  void webhooks_that_refuse() throws Exception {
    notices();
    environment.put("PROMPT_RUNNER_LOG_LEVEL", "trace");
    for (int code : new int[] {404, 500}) {
      status = code;
      assertThat(run(render()).code()).isZero();
    }
    assertThat(echoed).hasPositiveValue();
    assertThat(Files.readString(output().resolve("logs/prompt-runner.log")))
        .contains("notice.slack: a notice could not be sent: HTTP 404");
    nothingShows();
  }

  @Test
  void a_provider_that_refuses_to_stop_the_pod() throws Exception {
    notices();
    status = 401;
    mostRefused = 12;
    environment.put("RUNPOD_POD_ID", "pod1");
    environment.put("RUNPOD_API_KEY", PROVIDER_KEY);
    environment.put("PROMPT_RUNNER_POD_RUNPOD_URL", echo.url().toString());
    environment.put("PROMPT_RUNNER_POD_GIVE_UP_AFTER", "1s");
    environment.put("PROMPT_RUNNER_POD_TIMEOUT", "1s");
    run(render("--after", "stop"));
    assertThat(echoed).hasPositiveValue();
    nothingShows();
  }

  @Test
  void a_stop_command_that_fails() throws Exception {
    environment.put("PROMPT_RUNNER_POD_STOP_COMMAND", STOP_COMMAND.formatted(dir.resolve("tried")));
    environment.put("PROMPT_RUNNER_POD_GIVE_UP_AFTER", "1s");
    run(render("--after", "stop"));
    nothingShows();
  }

  @Test
  void a_server_that_refuses_and_repeats_the_password() throws Exception {
    for (int code : new int[] {401, 500}) {
      status = code;
      String url = echo.url().toString().replace("://", "://me:" + PASSWORD + "@");
      assertThat(run(renderOn(url, "--comfyui-wait", "1s")).code()).isNotZero();
    }
    assertThat(echoed).hasPositiveValue();
    nothingShows();
  }

  @Test
  void an_object_store_that_refuses_and_repeats_its_key() throws Exception {
    Path key =
        keyFile(
            "{\"type\":\"service_account\",\"private_key_id\":\"%s\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n\",\"client_email\":\"a@b\"}"
                .formatted(KEY_ID, PRIVATE));
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
    assertThat(run(render("--deliver", "gs://films/night")).code()).isNotZero();

    environment.remove("GOOGLE_APPLICATION_CREDENTIALS");
    environment.put("SOME_API_KEY", PROVIDER_KEY);
    try (FakeGcs gcs = FakeGcs.start(Files.createDirectories(dir.resolve("gcs")))) {
      gcs.withBucket("films");
      gcs.on(
          FakeGcs.Kind.MULTIPART, n -> true, new FakeGcs.Effect.Status(403, "not " + PROVIDER_KEY));
      environment.put("PROMPT_RUNNER_DELIVERY_HOST", gcs.host().toString());
      Told refused = run(render("--deliver", "gs://films/night"));
      assertThat(refused.err()).contains("not ***");
    }
    nothingShows();
  }

  @Test
  void a_key_file_that_is_no_json() throws Exception {
    Path key = keyFile("{\"private_key\": \"" + PRIVATE + "\", \"private_key_id\": \"" + KEY_ID);
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
    assertThat(run(render("--deliver", "gs://films/night")).code()).isNotZero();
    nothingShows();
  }

  @Test
  void settings_that_are_shown_or_wrong() throws Exception {
    notices();
    environment.put("PROMPT_RUNNER_POD_STOP_COMMAND", STOP_COMMAND);
    String url = "http://me:" + PASSWORD + "@127.0.0.1:8188";
    assertThat(run(tell("config", "show", "--comfyui", url)).out()).contains("notice.slack", "***");
    environment.put("PROMPT_RUNNER_NOTICE_SLACK", "ftp://" + HOOK);
    run(tell("config", "show")).among(2, "1 problem in the settings; nothing was started");
    run(tell("plan", "--frames-per-chunk", "0"));
    nothingShows();
  }

  @Test
  void what_was_never_a_secret_stays() throws Exception {
    notices();
    environment.put("RUNPOD_API_KEY", PROVIDER_KEY);
    assertThat(run(render()).code()).isZero();
    Told status = run(tell("status", "--output", output().toString()));
    assertThat(status.out()).contains("walk");
    nothingShows();
  }

  private void nothingShows() throws IOException {
    for (Told each : told) {
      holdsNothing("stdout", each.out());
      holdsNothing("stderr", each.err());
    }
    try (Stream<Path> files = Files.walk(output().getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.startsWith(output())) {
          holdsNothing(file.toString(), bytes(Files.readAllBytes(file)));
          if (file.toString().endsWith(".zip")) {
            unpacked(file);
          }
        }
      }
    }
  }

  private static void unpacked(Path zip) throws IOException {
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        holdsNothing(zip + "!" + entry.getName(), bytes(entries.readAllBytes()));
      }
    }
  }

  private static String bytes(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static void holdsNothing(String where, String text) {
    for (String secret : NEVER) {
      assertThat(text.contains(secret)).as("%s shows %s", where, secret).isFalse();
    }
  }
}
