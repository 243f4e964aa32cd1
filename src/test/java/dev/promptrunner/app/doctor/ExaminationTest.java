package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExaminationTest {
  private static final Finding FINE = Finding.ok(Area.DISK, "fine", "as it should be");

  private static Check fine() {
    return Check.of(Area.DISK, "fine", () -> List.of(FINE));
  }

  @Test
  void checks_that_fail_become_findings_and_the_others_go_on() throws Exception {
    Failure failure = new Failure.Transient("asking", "nothing came", "ask again");
    List<Finding> findings =
        Examination.run(
            List.of(
                Check.of(
                    Area.POD,
                    "pod",
                    () -> {
                      throw new FailureException(failure);
                    }),
                Check.of(
                    Area.DISK,
                    "disk",
                    () -> {
                      throw new AccessDeniedException("/data");
                    }),
                Check.of(
                    Area.MODELS,
                    "models",
                    () -> {
                      throw new IllegalStateException("lost");
                    }),
                fine()));
    assertThat(findings)
        .containsExactly(
            Finding.problem(Area.POD, "pod", "asking: nothing came", "ask again"),
            Finding.problem(
                Area.DISK,
                "disk",
                "looking at it failed (permission denied)",
                "see whether this user may read and write there"),
            Finding.problem(
                Area.MODELS,
                "models",
                "an error of Prompt Runner itself: java.lang.IllegalStateException: lost",
                "report it; the other lines hold all the same"),
            FINE);
  }

  @Test
  void a_check_that_hangs_is_told_after_its_limit_and_interrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Check hanging =
        Check.of(
                Area.SERVER,
                "server",
                () -> {
                  try {
                    new CountDownLatch(1).await();
                    return List.of();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                  }
                })
            .within(Duration.ofSeconds(1));
    assertThat(Examination.run(List.of(hanging, fine())))
        .containsExactly(
            Finding.problem(
                Area.SERVER,
                "server",
                "no answer within 1 s",
                "see whether what it asks hangs or is cut off from this machine"),
            FINE);
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void checks_run_side_by_side() throws Exception {
    CyclicBarrier all = new CyclicBarrier(3);
    Check.Look meeting =
        () -> {
          try {
            all.await(30, TimeUnit.SECONDS);
            return List.of(FINE);
          } catch (java.util.concurrent.BrokenBarrierException
              | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the others did not come", e);
          }
        };
    Check check = new Check(Area.DISK, "meeting", Duration.ofSeconds(60), meeting);
    assertThat(Examination.run(List.of(check, check, check))).containsExactly(FINE, FINE, FINE);
  }
}
