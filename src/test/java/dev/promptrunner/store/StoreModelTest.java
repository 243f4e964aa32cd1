package dev.promptrunner.store;

import static dev.promptrunner.store.StoreFixture.MEMORY;
import static dev.promptrunner.store.StoreFixture.artifact;
import static dev.promptrunner.store.StoreFixture.job;
import static dev.promptrunner.store.StoreFixture.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sequences against a model in memory, with the store opened anew now and then. */
class StoreModelTest {
  private static final int STEPS = 400;
  private static final List<String> ROLES = List.of("LATENT", "SEGMENT", "FINAL");

  @TempDir Path root;
  private final Map<JobId, Expected> model = new TreeMap<>();
  private Store store;

  /** A job as it should be. */
  private static final class Expected {
    JobState state = JobState.PENDING;
    int attempts;
    int failures;
    Optional<AttemptRow> open = Optional.empty();
    final Map<String, Boolean> artifacts = new TreeMap<>();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void the_store_behaves_as_its_model(long seed) throws Exception {
    Random random = new Random(seed);
    List<WorkRow> works = List.of(work("walk"), work("runner"));
    store = StoreFixture.open(root);
    store.rememberWorks(works);
    for (int step = 0; step < STEPS; step++) {
      step(job(works.get(random.nextInt(2)), random.nextInt(5)), random);
      if (step % 40 == 0) {
        store.close();
        store = StoreFixture.open(root);
      }
      if (step % 5 == 0) {
        compare();
      }
    }
    compareStatus(works);
    store.close();
  }

  private void step(JobId job, Random random) {
    Expected expected = model.computeIfAbsent(job, id -> new Expected());
    switch (random.nextInt(7)) {
      case 0, 1 -> begin(job, expected);
      case 2, 3 -> expected.open.ifPresent(open -> complete(open, expected, random));
      case 4 -> expected.open.ifPresent(open -> fail(open, expected, random.nextBoolean()));
      case 5 -> expected.open.ifPresent(open -> abandon(open, expected));
      default -> discardOrReset(job, expected, random);
    }
  }

  private void begin(JobId job, Expected expected) {
    if (expected.open.isPresent()) {
      assertThatIllegalStateException().isThrownBy(() -> StoreFixture.begin(store, job));
      return;
    }
    expected.open = Optional.of(StoreFixture.begin(store, job));
    expected.state = JobState.RUNNING;
    expected.attempts++;
    assertThat(expected.open.get().number()).isEqualTo(expected.attempts);
  }

  private void complete(AttemptRow open, Expected expected, Random random) {
    TreeSet<String> roles = new TreeSet<>(ROLES.subList(0, random.nextInt(ROLES.size() + 1)));
    store.completeJob(
        open, roles.stream().map(role -> artifact(open.job(), role)).toList(), Duration.ZERO);
    expected.artifacts.clear();
    roles.forEach(role -> expected.artifacts.put(role, false));
    expected.failures = 0;
    ended(expected, JobState.DONE);
  }

  private void fail(AttemptRow open, Expected expected, boolean last) {
    store.failAttempt(open, MEMORY, last);
    expected.failures++;
    ended(expected, last ? JobState.FAILED : JobState.PENDING);
  }

  private void abandon(AttemptRow open, Expected expected) {
    store.abandonAttempt(open, "the server has forgotten it");
    ended(expected, JobState.PENDING);
  }

  private static void ended(Expected expected, JobState state) {
    expected.state = state;
    expected.open = Optional.empty();
  }

  private void discardOrReset(JobId job, Expected expected, Random random) {
    if (expected.artifacts.containsKey("SEGMENT")) {
      store.discardArtifact(job, "SEGMENT", "cleaned");
      expected.artifacts.put("SEGMENT", true);
    } else if (random.nextInt(4) == 0) {
      store.resetFailed(store.works());
      model.values().stream()
          .filter(each -> each.state == JobState.FAILED)
          .forEach(
              each -> {
                each.state = JobState.PENDING;
                each.failures = 0;
              });
    }
  }

  private void compare() {
    model.forEach(
        (job, expected) -> {
          Optional<JobRow> row = store.job(job);
          assertThat(row.isPresent()).isEqualTo(expected.attempts > 0);
          row.ifPresent(found -> compare(found, expected));
          assertThat(store.openAttempt(job)).isEqualTo(expected.open);
          Map<String, Boolean> artifacts = new TreeMap<>();
          store.artifacts(job).forEach(made -> artifacts.put(made.role(), made.discarded()));
          assertThat(artifacts).isEqualTo(expected.artifacts);
        });
  }

  private void compareStatus(List<WorkRow> works) {
    Status status = Store.read(root).orElseThrow().status();
    for (int i = 0; i < works.size(); i++) {
      String work = works.get(i).id();
      long done =
          model.entrySet().stream()
              .filter(e -> e.getKey().work().equals(work) && e.getValue().state == JobState.DONE)
              .count();
      assertThat(status.works().get(i).jobsDone()).isEqualTo((int) done);
    }
  }

  private static void compare(JobRow row, Expected expected) {
    assertThat(row.state()).isEqualTo(expected.state);
    assertThat(row.attempts()).isEqualTo(expected.attempts);
    assertThat(row.failures()).isEqualTo(expected.failures);
    assertThat(row.fingerprint()).contains(Digest.of("inputs of " + row.id()));
  }
}
