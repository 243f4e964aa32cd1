package dev.promptrunner.plan;

import dev.promptrunner.base.Problem;
import java.util.List;

/**
 * What planning came to.
 *
 * @param problems prompt files that are left out, with the reason
 * @param notes what a user should know before money is spent
 */
public record Planned(Plan plan, List<Problem> problems, List<Problem> notes) {
  public Planned {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }
}
