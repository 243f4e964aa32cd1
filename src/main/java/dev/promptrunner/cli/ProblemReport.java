package dev.promptrunner.cli;

import dev.promptrunner.base.Problem;
import dev.promptrunner.cli.console.Spoken;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that a user has to change, together, and what happens meanwhile. */
public final class ProblemReport {
  private ProblemReport() {}

  /**
   * Problems of prompt files, grouped by file and told in the order of their lines.
   *
   * @param others how many prompt files have no problem and run
   * @return a line for each problem and a last one that counts; empty without problems
   */
  public static String ofFiles(List<Problem> problems, int others) {
    Map<String, List<Problem>> byFile = byFile(problems);
    String counted =
        "%s in %s"
            .formatted(
                Spoken.count(problems.size(), "problem"), Spoken.count(byFile.size(), "file"));
    return report(byFile.values().stream().flatMap(List::stream).toList(), counted, rest(others));
  }

  /**
   * For the end of a run, when the problems have long scrolled away.
   *
   * @return one line; empty without problems
   */
  public static String leftOut(List<Problem> problems) {
    if (problems.isEmpty()) {
      return "";
    }
    Set<String> files = byFile(problems).keySet();
    return "left out for %s problems, told at the start: %s%n"
        .formatted(files.size() == 1 ? "its" : "their", String.join(", ", files));
  }

  private static Map<String, List<Problem>> byFile(List<Problem> problems) {
    return problems.stream()
        .collect(Collectors.groupingBy(ProblemReport::file, TreeMap::new, Collectors.toList()));
  }

  /**
   * Problems that stop everything, such as wrong settings.
   *
   * @param subject what they are in: {@code the settings}
   */
  public static String ofAll(List<Problem> problems, String subject) {
    return report(
        problems,
        Spoken.count(problems.size(), "problem") + " in " + subject,
        "nothing was started");
  }

  private static String report(List<Problem> problems, String counted, String consequence) {
    return problems.isEmpty()
        ? ""
        : problems.stream().map(problem -> problem + "\n").collect(Collectors.joining())
            + counted
            + "; "
            + consequence
            + "\n";
  }

  private static String rest(int others) {
    return switch (others) {
      case 0 -> "no prompt file is left to run";
      case 1 -> "the other prompt file runs";
      default -> "the other " + others + " prompt files run";
    };
  }

  private static String file(Problem problem) {
    return problem.where().replaceFirst("(:\\d+){1,2}$", "");
  }
}
