package dev.promptrunner.cli;

import dev.promptrunner.base.FailureException;

/**
 * What the commands do. Declared here, implemented by the composition root; created only when a
 * command is really carried out, so that help loads none of it.
 *
 * <p>Each prints its own answer. A {@link FailureException} ends the whole command: it is printed
 * here and decides the exit code.
 */
public interface Commands {
  ExitCode run(Request.Run request) throws FailureException, InterruptedException;

  ExitCode plan(Request.ShowPlan request) throws FailureException, InterruptedException;

  ExitCode status(Request.Status request) throws FailureException, InterruptedException;

  ExitCode why(Request.Why request) throws FailureException, InterruptedException;

  ExitCode retry(Request.Retry request) throws FailureException, InterruptedException;

  ExitCode cancel(Request.Cancel request) throws FailureException, InterruptedException;

  ExitCode recipeCheck(Request.RecipeCheck request) throws FailureException, InterruptedException;

  ExitCode doctor(Request.Doctor request) throws FailureException, InterruptedException;

  ExitCode configShow(Request.ConfigShow request) throws FailureException, InterruptedException;

  ExitCode comfyui(Request.Comfyui request) throws FailureException, InterruptedException;

  ExitCode simulator(Request.Simulator request) throws FailureException, InterruptedException;

  ExitCode analyze(Request.Analyze request) throws FailureException, InterruptedException;

  ExitCode explore(Request.Explore request) throws FailureException, InterruptedException;

  ExitCode sheet(Request.Sheet request) throws FailureException, InterruptedException;

  ExitCode best(Request.Best request) throws FailureException, InterruptedException;

  /** Carries out one request. */
  default ExitCode carryOut(Request request) throws FailureException, InterruptedException {
    return switch (request) {
      case Request.Run run -> run(run);
      case Request.ShowPlan plan -> plan(plan);
      case Request.Status status -> status(status);
      case Request.Why why -> why(why);
      case Request.Retry retry -> retry(retry);
      case Request.Cancel cancel -> cancel(cancel);
      case Request.RecipeCheck check -> recipeCheck(check);
      case Request.Doctor doctor -> doctor(doctor);
      case Request.ConfigShow show -> configShow(show);
      case Request.Comfyui comfyui -> comfyui(comfyui);
      case Request.Simulator simulator -> simulator(simulator);
      case Request.Analyze analyze -> analyze(analyze);
      case Request.Explore explore -> explore(explore);
      case Request.Sheet sheet -> sheet(sheet);
      case Request.Best best -> best(best);
    };
  }
}
