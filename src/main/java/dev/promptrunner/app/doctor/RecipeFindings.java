package dev.promptrunner.app.doctor;

import dev.promptrunner.base.Problem;
import java.util.ArrayList;
import java.util.List;

/** Problems of a recipe as findings: the first ones, and how many more there are. */
final class RecipeFindings {
  private static final int SHOWN = 8;

  private RecipeFindings() {}

  static List<Finding> of(String name, List<Problem> problems) {
    List<Finding> findings = new ArrayList<>();
    problems.stream().limit(SHOWN).forEach(problem -> findings.add(of(Area.RECIPE, name, problem)));
    if (problems.size() > SHOWN) {
      findings.add(
          Finding.problem(
              Area.RECIPE,
              name,
              (problems.size() - SHOWN) + " more problems",
              "'prompt-runner recipe check --comfyui URL' lists them all"));
    }
    return List.copyOf(findings);
  }

  static Finding of(Area area, String name, Problem problem) {
    String value = problem.found().isEmpty() ? "" : ", found '" + problem.found() + "'";
    return Finding.problem(
        area, name, problem.where() + ": " + problem.what() + value, problem.remedy());
  }
}
