package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobFailuresTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Errno 28] No space left on device: '/output/a.mp4'",
        "[Errno 122] Disk quota exceeded"
      })
  void a_node_that_meets_a_full_disk_is_a_failure_of_the_disk(String message) {
    NodeFailure node = new NodeFailure("14", "VHS_VideoCombine", "OSError", message);

    assertThat(JobFailures.of("doing walk/job_002", node))
        .isEqualTo(
            new Failure.Disk(
                "doing walk/job_002",
                "node 14 (VHS_VideoCombine) failed: OSError: " + message,
                "make room on the server's disk, or raise its quota there"));
  }
}
