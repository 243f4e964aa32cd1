package dev.promptrunner.delivery;

import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at a credentials file before anything is rendered; never repeats what is in it. */
final class CredentialsFile {
  static final String REMEDY =
      "download a service account's key (console: IAM, Service accounts, Keys, JSON) and point"
          + " GOOGLE_APPLICATION_CREDENTIALS to it";

  private static final List<String> SERVICE_ACCOUNT_FIELDS =
      List.of("client_email", "private_key", "private_key_id");
  private static final List<String> KINDS =
      List.of(
          "service_account",
          "authorized_user",
          "external_account",
          "external_account_authorized_user",
          "impersonated_service_account");

  private CredentialsFile() {}

  static Optional<Problem> problem(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.of(problem(file, "there is no such credentials file"));
    }
    try {
      return check(JsonMapper.shared().readTree(Files.readAllBytes(file)))
          .map(what -> problem(file, what));
    } catch (JacksonException e) {
      return Optional.of(problem(file, "the credentials file is not JSON"));
    } catch (IOException e) {
      return Optional.of(problem(file, "the credentials file cannot be read (" + e + ")"));
    }
  }

  private static Optional<String> check(JsonNode json) {
    String kind = json.path("type").asString("");
    if (!KINDS.contains(kind)) {
      return Optional.of(
          "the JSON is not a credentials file: its \"type\" is none of "
              + String.join(", ", KINDS));
    }
    return SERVICE_ACCOUNT_FIELDS.stream()
        .filter(field -> kind.equals("service_account") && json.path(field).asString("").isEmpty())
        .findFirst()
        .map(field -> "the service account's key lacks \"" + field + "\"");
  }

  private static Problem problem(Path file, String what) {
    return new Problem("GOOGLE_APPLICATION_CREDENTIALS", what, file.toString(), REMEDY);
  }
}
