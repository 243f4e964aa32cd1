package dev.promptrunner.delivery;

import dev.promptrunner.base.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where videos go and by what right.
 *
 * @param uri {@code gs://bucket/prefix} or {@code file:///folder}
 * @param credentialsFile a service account's key or another Google credentials file ({@code
 *     GOOGLE_APPLICATION_CREDENTIALS}); absent: what the machine itself offers
 * @param host another address of the storage API, for tests and emulators; without a credentials
 *     file it is spoken to without credentials
 * @param retries how long an unwilling store is asked again
 */
public record DeliverySettings(
    String uri, Optional<Path> credentialsFile, Optional<URI> host, RetryLimits retries) {
  /** With every default. */
  public static DeliverySettings of(String uri) {
    return new DeliverySettings(uri, Optional.empty(), Optional.empty(), RetryLimits.DEFAULT);
  }

  /** All that is wrong with them, found without asking the store; empty when they can be used. */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    switch (destination()) {
      case Destination.Invalid invalid -> problems.add(invalid.problem());
      case Destination.Folder folder -> {}
      case Destination.Bucket bucket ->
          credentialsFile.flatMap(CredentialsFile::problem).ifPresent(problems::add);
    }
    return List.copyOf(problems);
  }

  Destination destination() {
    return Destination.parse(uri);
  }
}
