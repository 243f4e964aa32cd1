package dev.promptrunner.simulator;

import dev.promptrunner.base.Digest;
import dev.promptrunner.simulator.node.Folders;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code POST /upload/image}: keeps a file of any kind under a name that is free. */
final class UploadApi {
  private final Folders folders;

  UploadApi(Folders folders) {
    this.folders = folders;
  }

  void post(Context http) throws IOException {
    String type = field(http, "type", "input");
    Optional<Path> root = folders.named(type);
    if (root.isEmpty()) {
      Http.trouble(http);
      return;
    }
    Optional<UploadedFile> image = Optional.ofNullable(http.uploadedFile("image"));
    String subfolder = field(http, "subfolder", "");
    Optional<Path> folder = Folders.below(root.get(), subfolder);
    Optional<Path> target = image.flatMap(file -> folder.flatMap(dir -> target(dir, file)));
    if (image.isEmpty() || target.isEmpty()) {
      Http.empty(http, 400);
      return;
    }
    boolean overwrite = field(http, "overwrite", "").matches("true|1");
    String name = keep(image.get(), target.get(), overwrite);
    Http.json(http, Json.object().put("name", name).put("subfolder", subfolder).put("type", type));
  }

  private static String field(Context http, String name, String fallback) {
    return Optional.ofNullable(http.formParam(name)).orElse(fallback);
  }

  private static Optional<Path> target(Path folder, UploadedFile file) {
    return file.filename().isEmpty()
        ? Optional.empty()
        : Folders.below(folder, file.filename()).filter(path -> !path.equals(folder));
  }

  /** Returns the name in the end: another one when a different file has the wanted one. */
  private static String keep(UploadedFile file, Path wanted, boolean overwrite) throws IOException {
    Path folder = wanted.resolveSibling("");
    Files.createDirectories(folder);
    Path arrived = Files.createTempFile(folder, ".upload", "");
    try (InputStream in = file.content()) {
      Files.copy(in, arrived, StandardCopyOption.REPLACE_EXISTING);
      Path target = overwrite ? wanted : free(wanted, Digest.of(arrived));
      Files.move(arrived, target, StandardCopyOption.REPLACE_EXISTING);
      return target.getFileName().toString();
    } finally {
      Files.deleteIfExists(arrived);
    }
  }

  private static Path free(Path wanted, Digest content) throws IOException {
    String name = wanted.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    Path candidate = wanted;
    for (int i = 1; Files.exists(candidate) && !Digest.of(candidate).equals(content); i++) {
      candidate = wanted.resolveSibling(stem + " (" + i + ")" + ending);
    }
    return candidate;
  }
}
