package dev.promptrunner.chaos;

import dev.promptrunner.testing.FakeGcs;
import dev.promptrunner.testing.FakeGcs.Effect;
import dev.promptrunner.testing.FakeGcs.Kind;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** A bucket that can be out of order in several ways. */
final class UnreliableStore implements AutoCloseable {
  static final String BUCKET = "films";

  /** What every request meets. */
  enum Outage {
    NONE(new Effect.First(() -> {})),
    BUSY(new Effect.Status(503, "busy")),
    CUT(new Effect.CutAfter(200)),
    MUTE(new Effect.CutBeforeAnswer());

    private final Effect effect;

    Outage(Effect effect) {
      this.effect = effect;
    }

    static Outage pick(RandomGenerator random) {
      return values()[1 + random.nextInt(values().length - 1)];
    }
  }

  private final FakeGcs gcs;
  private volatile Outage outage = Outage.NONE;

  UnreliableStore(Path folder) {
    gcs = FakeGcs.start(folder).withBucket(BUCKET);
    for (Outage one : Outage.values()) {
      for (Kind kind : Kind.values()) {
        gcs.on(kind, _ -> outage == one, one.effect);
      }
    }
  }

  FakeGcs gcs() {
    return gcs;
  }

  void become(Outage now) {
    outage = now;
  }

  @Override
  public void close() {
    gcs.close();
  }
}
