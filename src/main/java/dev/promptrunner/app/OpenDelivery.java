package dev.promptrunner.app;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.delivery.DeliverySettings;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.delivery.ObjectStores;
import dev.promptrunner.delivery.RetryLimits;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The object store of a run. A wrong bucket, right or key ends the run before anything is rendered;
 * a store that is merely down does not: it has until the first video to come back.
 *
 * @param objects empty when nothing is delivered
 */
record OpenDelivery(Optional<ObjectStore> objects) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenDelivery.class);

  /** A GPU that is paid for waits no longer for a store that is down. */
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(15);

  static OpenDelivery of(Parts parts, Settings settings) throws Stop, FailureException {
    if (settings.delivery().uri().isEmpty()) {
      return new OpenDelivery(Optional.empty());
    }
    DeliverySettings delivery = delivery(settings, settings.delivery().patience());
    if (!delivery.problems().isEmpty()) {
      throw new Stop(Stop.Kind.CONFIGURATION, delivery.problems());
    }
    verify(parts, settings);
    return new OpenDelivery(Optional.of(open(parts, delivery)));
  }

  private static DeliverySettings delivery(Settings settings, Duration patience) {
    return new DeliverySettings(
        settings.delivery().uri().orElseThrow(),
        settings.delivery().credentials(),
        settings.delivery().host(),
        new RetryLimits(
            patience, RetryLimits.DEFAULT.firstDelay(), RetryLimits.DEFAULT.sessions()));
  }

  private static ObjectStore open(Parts parts, DeliverySettings delivery) throws Stop {
    try {
      return ObjectStores.open(delivery, parts.clock(), parts.sleeper());
    } catch (FailureException e) {
      throw stop(Stop.Kind.CONFIGURATION, e.failure(), delivery.uri());
    }
  }

  private static void verify(Parts parts, Settings settings) throws Stop {
    Duration patience = settings.delivery().patience();
    DeliverySettings brief =
        delivery(settings, patience.compareTo(LONGEST_PROBE) < 0 ? patience : LONGEST_PROBE);
    try (ObjectStore objects = open(parts, brief)) {
      objects.verifyAccess().ifPresent(problem -> log.warn("{}", problem));
    } catch (FailureException e) {
      if (!mayPass(e.failure())) {
        throw stop(Stop.Kind.DELIVERY, e.failure(), brief.uri());
      }
      log.warn("rendering begins all the same, though {}", e.failure().sentence());
    }
  }

  private static boolean mayPass(Failure failure) {
    return failure instanceof Failure.Transient || failure instanceof Failure.Store;
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
