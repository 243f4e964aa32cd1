package dev.promptrunner.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedOutputTest {
  private static final ExpectedOutput.Written LATENT =
      new ExpectedOutput.Written(
          ExpectedOutput.Kind.LATENT,
          "365",
          "/latents",
          List.of("walk [a].v1_job_001.safetensors", "walk [a].v1_job_001_*.latent"));

  @Test
  void knows_a_file_by_any_of_its_patterns() {
    assertThat(LATENT.matches("walk [a].v1_job_001.safetensors")).isTrue();
    assertThat(LATENT.matches("walk [a].v1_job_001_00001.latent")).isTrue();
  }

  @Test
  void takes_no_other_file_for_it() {
    assertThat(LATENT.matches("walk a.v1_job_001.safetensors")).isFalse();
    assertThat(LATENT.matches("walk [a].v1_job_0010.safetensors")).isFalse();
    assertThat(LATENT.matches("walk [a].v1_job_001_00001.latent.part")).isFalse();
    assertThat(LATENT.matches("")).isFalse();
  }
}
