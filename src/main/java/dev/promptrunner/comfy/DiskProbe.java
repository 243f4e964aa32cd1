package dev.promptrunner.comfy;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that the server's folders are ours: what is written here must be read there. Equal paths
 * alone prove nothing; a container has the same paths and another disk.
 */
final class DiskProbe {
  private static final Logger log = LoggerFactory.getLogger(DiskProbe.class);

  private final Http http;

  DiskProbe(Http http) {
    this.http = http;
  }

  /** The folders that are proven to be shared. */
  Folders shared(Folders told) throws FailureException, InterruptedException {
    return new Folders(
        proven(told.input(), "input"),
        proven(told.output(), "output"),
        proven(told.temp(), "temp"));
  }

  private Optional<Path> proven(Optional<Path> folder, String type)
      throws FailureException, InterruptedException {
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return Optional.empty();
    }
    Path probe = folder.get().resolve("prompt-runner-probe-" + UUID.randomUUID() + ".txt");
    try {
      Files.writeString(probe, UUID.randomUUID().toString());
      try {
        return sees(probe, type) ? folder : Optional.empty();
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      log.debug("{} is not writable here, so it counts as not shared", folder.get(), e);
      return Optional.empty();
    }
  }

  private boolean sees(Path probe, String type)
      throws IOException, FailureException, InterruptedException {
    Digest written = Digest.of(Files.readString(probe, StandardCharsets.UTF_8));
    Request request =
        http.request(
                http.address()
                    .route("view")
                    .newBuilder()
                    .addQueryParameter("filename", probe.getFileName().toString())
                    .addQueryParameter("type", type)
                    .build())
            .build();
    String attempted = "looking whether the server sees " + probe;
    Answer answer = http.retries().run(() -> http.send(attempted, request));
    return answer.ok() && Digest.of(answer.body()).equals(written);
  }
}
