package dev.promptrunner.notice;

import dev.promptrunner.event.EventJson;
import dev.promptrunner.event.RunEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are told elsewhere, and in which words. It remembers what a later notice needs: the
 * run, what was spent, which subjects are pods. Not thread-safe.
 */
final class Wording {
  private final Map<String, RunEvent.Spent> spent = new HashMap<>();
  private final Set<String> pods = new HashSet<>();
  private String run = "";
  private int count;

  private record Draft(NoticeKind kind, Notice.Severity severity, String text) {}

  /** Empty for what nobody needs to be told. */
  Optional<Notice> notice(RunEvent event) {
    remember(event);
    return draft(event)
        .map(
            draft ->
                new Notice(
                    event.at(),
                    run + "/" + ++count,
                    run,
                    draft.kind(),
                    draft.severity(),
                    draft.text(),
                    EventJson.write(event)));
  }

  private void remember(RunEvent event) {
    if (event instanceof RunEvent.RunStarted started) {
      run = started.run().value();
    } else if (event instanceof RunEvent.Spent money) {
      spent.put(money.work(), money);
    } else if (event instanceof RunEvent.PodStopping stopping) {
      pods.add(stopping.pod());
    }
  }

  private Optional<Draft> draft(RunEvent event) {
    return switch (event) {
      case RunEvent.RunStarted e ->
          info(
              NoticeKind.RUN_STARTED,
              "Run %s started with engine %s: %s, %s"
                  .formatted(
                      e.run(),
                      e.engine(),
                      Say.count(e.promptFiles(), "prompt file"),
                      Say.count(e.jobs(), "job")));
      case RunEvent.WorkDone e ->
          info(
              NoticeKind.FILE_DONE,
              "%s is done in %s: %s%s"
                  .formatted(e.work(), Say.time(e.took()), e.finalVideo(), cost(e.work())));
      case RunEvent.WorkFailed e ->
          error(
              NoticeKind.FILE_FAILED,
              "%s stopped, the other prompt files go on: %s\nWhat to do: %s"
                  .formatted(e.work(), e.found(), e.remedy()));
      case RunEvent.Delivered e when !e.already() ->
          info(
              NoticeKind.DELIVERED,
              "%s was delivered to %s (%s)".formatted(e.work(), e.uri(), Say.bytes(e.bytes())));
      case RunEvent.LimitNear e ->
          warning(
              NoticeKind.LIMIT,
              "%d %% of the %s used: %s".formatted(e.percent(), e.limit(), e.message()));
      case RunEvent.Paused e ->
          warning(
              NoticeKind.PAUSED,
              "No further job is begun: %s\nWhat to do: %s".formatted(e.reason(), e.remedy()));
      case RunEvent.Resumed e -> info(NoticeKind.PAUSED, "Jobs are begun again: " + e.reason());
      case RunEvent.ServerDown e ->
          warning(
              NoticeKind.SERVER,
              "Server %s is down: %s — %s".formatted(e.server(), e.found(), e.action()));
      case RunEvent.ServerUp e when !e.how().equals("started") ->
          info(
              NoticeKind.SERVER,
              "Server %s %s after %s".formatted(e.server(), e.how(), Say.time(e.took())));
      case RunEvent.Warning e -> warning(e);
      case RunEvent.PodStopping e ->
          info(NoticeKind.POD, "Pod %s is asked to %s".formatted(e.pod(), e.action()));
      case RunEvent.PodStopped e ->
          info(NoticeKind.POD, "Pod %s: its state is %s".formatted(e.pod(), e.state()));
      case RunEvent.RunFinished e -> Optional.of(finished(e));
      case RunEvent.Delivered _,
          RunEvent.ServerUp _,
          RunEvent.WorkStarted _,
          RunEvent.JobStarted _,
          RunEvent.JobProgress _,
          RunEvent.JobDone _,
          RunEvent.JobFailed _,
          RunEvent.Replanned _,
          RunEvent.Spent _,
          RunEvent.VideoReady _ ->
          Optional.empty();
    };
  }

  /** A pod that cannot be ended costs money until a person acts. */
  private Optional<Draft> warning(RunEvent.Warning e) {
    String text = "%s: %s".formatted(e.subject(), e.message());
    return pods.contains(e.subject())
        ? error(NoticeKind.POD, text)
        : warning(NoticeKind.WARNING, text);
  }

  private Draft finished(RunEvent.RunFinished e) {
    String how =
        switch (e.exitCode()) {
          case 0 -> "everything is done";
          case 1 -> "some prompt files are not done; 'status' tells which, 'retry' takes them up";
          case 4 -> "the server is gone for good; what is finished is kept, 'run' goes on";
          case 5 -> "some videos were not delivered; the next 'run' delivers them";
          case 130 -> "it was cancelled; 'run' goes on";
          default -> "it ended with exit code " + e.exitCode();
        };
    return new Draft(
        NoticeKind.RUN_FINISHED,
        e.exitCode() == 0 ? Notice.Severity.INFO : Notice.Severity.ERROR,
        "Run %s finished in %s: %d done, %d failed%s — %s"
            .formatted(e.run(), Say.time(e.took()), e.done(), e.failed(), cost(""), how));
  }

  private String cost(String work) {
    return Optional.ofNullable(spent.remove(work)).map(Say::spent).map(s -> ", " + s).orElse("");
  }

  private static Optional<Draft> info(NoticeKind kind, String text) {
    return Optional.of(new Draft(kind, Notice.Severity.INFO, text));
  }

  private static Optional<Draft> warning(NoticeKind kind, String text) {
    return Optional.of(new Draft(kind, Notice.Severity.WARNING, text));
  }

  private static Optional<Draft> error(NoticeKind kind, String text) {
    return Optional.of(new Draft(kind, Notice.Severity.ERROR, text));
  }
}
