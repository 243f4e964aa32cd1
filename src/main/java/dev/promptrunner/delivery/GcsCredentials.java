package dev.promptrunner.delivery;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** By what right a bucket is written to. */
final class GcsCredentials {
  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/devstorage.read_write");

  private GcsCredentials() {}

  /** What the machine offers: gcloud's own login, or the metadata server of a Google machine. */
  @FunctionalInterface
  interface MachineDefault {
    GoogleCredentials find() throws IOException;
  }

  /**
   * Reads the file, or asks the machine.
   *
   * @throws FailureException when there are none, with what to do
   */
  static Credentials of(DeliverySettings settings, MachineDefault machine) throws FailureException {
    if (settings.credentialsFile().isPresent()) {
      return ofFile(settings.uri(), settings.credentialsFile().get());
    }
    if (settings.host().isPresent()) {
      return NoCredentials.getInstance();
    }
    try {
      return machine.find().createScoped(SCOPES);
    } catch (IOException e) {
      throw failure(
          settings.uri(),
          "GOOGLE_APPLICATION_CREDENTIALS is not set and this machine offers no credentials of its"
              + " own");
    }
  }

  /** The cause is left out on purpose: a parser's message may quote the key. */
  private static Credentials ofFile(String uri, Path file) throws FailureException {
    try (InputStream in = Files.newInputStream(file)) {
      return GoogleCredentials.fromStream(in).createScoped(SCOPES);
    } catch (IOException | IllegalArgumentException e) {
      throw failure(
          uri,
          "the credentials file "
              + file
              + " cannot be used: its private key or another field is damaged");
    }
  }

  private static FailureException failure(String uri, String found) {
    return new FailureException(
        new Failure.Rejected("opening the object store " + uri, found, CredentialsFile.REMEDY));
  }
}
