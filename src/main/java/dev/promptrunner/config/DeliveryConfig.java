package dev.promptrunner.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where finished videos go.
 *
 * @param uri as the user wrote it; its scheme is the delivery's to judge
 * @param credentials a key file; empty leaves it to the store's own search
 * @param host another address of the store
 * @param patience without a byte taken, before a try fails
 */
public record DeliveryConfig(
    Optional<String> uri, Optional<Path> credentials, Optional<URI> host, Duration patience) {

  /** The same for a folder of this machine. */
  DeliveryConfig to(Path folder) {
    String address = folder.toAbsolutePath().normalize().toUri().toString();
    return new DeliveryConfig(Optional.of(address), credentials, host, patience);
  }

  static DeliveryConfig of(Resolved settings) {
    return new DeliveryConfig(
        settings.get(Keys.DELIVER),
        settings.get(Keys.DELIVERY_CREDENTIALS),
        settings.get(Keys.DELIVERY_HOST),
        settings.get(Keys.DELIVERY_PATIENCE));
  }
}
