package dev.promptrunner.comfy;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import tools.jackson.databind.JsonNode;

/**
 * Brings files to the server's input folder; any type of file is taken. The same bytes under the
 * same name are stored once, so that a lost answer is asked for again without harm.
 */
final class Uploader {
  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  private final Http http;

  Uploader(Http http) {
    this.http = http;
  }

  Uploaded upload(Path file, String subfolder, String name)
      throws FailureException, InterruptedException {
    if (name.isBlank() || name.matches(".*[/\\\\\\x00-\\x1f].*") || name.startsWith("..")) {
      throw new IllegalArgumentException("not a plain file name: '" + name + "'");
    }
    String attempted = "uploading " + file + " to " + http.address();
    ByteSize size = size(attempted, file);
    Request request =
        http.request(http.address().route("upload", "image"))
            .post(body(file, subfolder, name))
            .build();
    return http.retries().run(() -> send(attempted + " (" + size + ")", request));
  }

  private static ByteSize size(String attempted, Path file) throws FailureException {
    try {
      return new ByteSize(Files.size(file));
    } catch (IOException e) {
      throw new FailureException(
          new Failure.Rejected(
              attempted, "it cannot be read: " + e.getMessage(), "check that the file is there"),
          e);
    }
  }

  /** The file is read while it is sent; it never lies in memory whole. */
  private static MultipartBody body(Path file, String subfolder, String name) {
    return new MultipartBody.Builder()
        .setType(MultipartBody.FORM)
        .addFormDataPart("type", "input")
        .addFormDataPart("subfolder", subfolder)
        .addFormDataPart("image", name, RequestBody.create(file.toFile(), BYTES))
        .build();
  }

  private Uploaded send(String attempted, Request request)
      throws FailureException, InterruptedException {
    Answer answer = http.send(attempted, request);
    if (answer.status() == 400) {
      throw new FailureException(
          new Failure.Rejected(
              attempted, "the server refused the name or the sub-folder (400)", "use plain names"));
    }
    JsonNode stored =
        answer
            .json()
            .filter(json -> answer.ok() && json.path("name").isString())
            .orElseThrow(() -> http.refusals().of(attempted, answer));
    return new Uploaded(
        Json.string(stored, "name"), Json.string(stored, "subfolder"), Json.string(stored, "type"));
  }
}
