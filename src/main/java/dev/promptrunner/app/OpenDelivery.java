package dev.promptrunner.app;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.delivery.DeliverySettings;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.delivery.ObjectStores;
import dev.promptrunner.delivery.RetryLimits;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The object store of a run, known to be reachable and writable before anything is rendered.
 *
 * @param objects empty when nothing is delivered
 */
record OpenDelivery(Optional<ObjectStore> objects) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenDelivery.class);

  static OpenDelivery of(Parts parts, Settings settings) throws Stop, FailureException {
    Optional<String> uri = settings.delivery().uri();
    if (uri.isEmpty()) {
      return new OpenDelivery(Optional.empty());
    }
    DeliverySettings delivery =
        new DeliverySettings(
            uri.get(),
            settings.delivery().credentials(),
            settings.delivery().host(),
            RetryLimits.DEFAULT);
    if (!delivery.problems().isEmpty()) {
      throw new Stop(Stop.Kind.CONFIGURATION, delivery.problems());
    }
    ObjectStore objects;
    try {
      objects = ObjectStores.open(delivery, parts.clock(), parts.sleeper());
    } catch (FailureException e) {
      throw stop(Stop.Kind.CONFIGURATION, e.failure(), uri.get());
    }
    try {
      objects.verifyAccess().ifPresent(problem -> log.warn("{}", problem));
      return new OpenDelivery(Optional.of(objects));
    } catch (FailureException e) {
      objects.close();
      throw stop(Stop.Kind.DELIVERY, e.failure(), uri.get());
    }
  }

  private static Stop stop(Stop.Kind kind, Failure failure, String uri) {
    return new Stop(
        kind,
        new Problem(
            "deliver", failure.attempted() + ": " + failure.found(), uri, failure.remedy()));
  }

  @Override
  public void close() {
    objects.ifPresent(ObjectStore::close);
  }
}
