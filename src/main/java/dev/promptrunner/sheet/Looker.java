package dev.promptrunner.sheet;

import dev.promptrunner.base.FailureException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at one video or image. Called by several threads at once. */
@FunctionalInterface
public interface Looker {
  /**
   * What it shows.
   *
   * @param borders the frames at which a chunk begins, without frame 0; empty when there are none
   * @param reference a video to compare with; without one there is no {@code ssim} or {@code psnr}
   * @throws FailureException when the file cannot be decoded; the others are looked at all the same
   */
  Look look(Path file, List<Integer> borders, Optional<Path> reference) throws FailureException;
}
