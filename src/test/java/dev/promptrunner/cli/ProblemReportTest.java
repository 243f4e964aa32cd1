package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemReportTest {
  private static final Problem FRAMES =
      new Problem("walk.txt:3", "not a number of frames", "abc", "write a whole number");
  private static final Problem EMPTY = new Problem("jump.txt", "is empty", "", "write four parts");
  private static final Problem VIDEO =
      new Problem("walk.txt", "no control video", "walk.mp4", "put it beside");

  @Test
  void groups_by_file_and_counts_problems_files_and_the_rest() {
    assertThat(ProblemReport.ofFiles(List.of(FRAMES, EMPTY, VIDEO), 4))
        .isEqualTo(
            """
            jump.txt: is empty: write four parts
            walk.txt:3: not a number of frames, found 'abc': write a whole number
            walk.txt: no control video, found 'walk.mp4': put it beside
            3 problems in 2 files; the other 4 prompt files run
            """);
  }

  @Test
  void says_when_one_or_none_is_left() {
    assertThat(ProblemReport.ofFiles(List.of(EMPTY), 1))
        .endsWith("\n1 problem in 1 file; the other prompt file runs\n");
    assertThat(ProblemReport.ofFiles(List.of(EMPTY), 0))
        .endsWith("\n1 problem in 1 file; no prompt file is left to run\n");
    assertThat(ProblemReport.ofFiles(List.of(), 3)).isEmpty();
  }

  @Test
  void wrong_settings_start_nothing() {
    assertThat(ProblemReport.ofAll(List.of(FRAMES, EMPTY), "the settings"))
        .endsWith("\n2 problems in the settings; nothing was started\n");
  }
}
