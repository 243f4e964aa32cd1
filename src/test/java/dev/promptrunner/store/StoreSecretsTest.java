package dev.promptrunner.store;

import static dev.promptrunner.store.StoreFixture.CLOCK;
import static dev.promptrunner.store.StoreFixture.PID;
import static dev.promptrunner.store.StoreFixture.RUN;
import static dev.promptrunner.store.StoreFixture.START;
import static dev.promptrunner.store.StoreFixture.begin;
import static dev.promptrunner.store.StoreFixture.job;
import static dev.promptrunner.store.StoreFixture.run;
import static dev.promptrunner.store.StoreFixture.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.Redaction;
import dev.promptrunner.base.Secret;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.testing.Failures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text from outside that the store takes, each with a key in it. */
class StoreSecretsTest {
  private static final String KEY = "rpa_very-secret-key";

  @TempDir Path root;

  @Test
  void no_text_is_stored_with_a_secret() throws Exception {
    WorkRow walk = work("walk");
    try (Store store = Store.open(root, CLOCK, PID, Redaction.of(List.of(new Secret(KEY))))) {
      store.startRun(run());
      store.rememberWork(walk);
      AttemptRow failed = begin(store, job(walk, 1));
      store.append(RUN, new RunEvent.Warning(START, "pod", "it said " + KEY));
      store.append(
          RUN, new RunEvent.JobFailed(START, job(walk, 1), "Transient", KEY, "use " + KEY, false));
      store.append(RUN, new RunEvent.JobProgress(START, job(walk, 1), "node " + KEY, 1, 2));
      store.failAttempt(failed, new Failure.Rejected("sending " + KEY, "got " + KEY, KEY), true);
      store.abandonAttempt(begin(store, job(walk, 2)), "gone with " + KEY);
      store.explain(job(walk, 2), "because of " + KEY);
      store.finishWork(walk.key(), WorkState.FAILED, Optional.of("it was " + KEY));
    }
    StoreReader reader = Store.read(root).orElseThrow();
    assertThat(reader.why("job_001").toString()).contains("got ***");
    assertThat(reader.status().toString()).contains("it was ***");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(KEY))
            .as("%s shows the key", file)
            .isFalse();
      }
    }
  }

  static Stream<Failure> failures() {
    return Failures.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_cleaned_failure_stays_of_its_class(Failure failure) {
    Failure mapped = failure.mapped(text -> text + "!");
    assertThat(mapped).hasSameClassAs(failure);
    assertThat(mapped.sentence()).isEqualTo("a!: b! — c!");
  }
}
