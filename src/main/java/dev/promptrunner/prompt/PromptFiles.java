package dev.promptrunner.prompt;

import dev.promptrunner.base.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * What was found at the paths that were given. Every prompt file is either good or bad, never both.
 *
 * @param good in the order in which they run: as given, a folder's files in natural order
 * @param bad the files and folders that have at least one problem, in the same order
 * @param problems all problems of all bad files
 */
public record PromptFiles(List<PromptFile> good, List<Path> bad, List<Problem> problems) {
  public PromptFiles {
    good = List.copyOf(good);
    bad = List.copyOf(bad);
    problems = List.copyOf(problems);
  }
}
