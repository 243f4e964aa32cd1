package dev.promptrunner.app;

import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.AttemptRow;
import dev.promptrunner.store.Status;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreReader;
import dev.promptrunner.store.Why;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the state of an output root says, in words and as JSON; reads while a run goes on. */
public final class StateText {
  private static final JsonMapper JSON = new JsonMapper();

  private final Optional<StoreReader> reader;
  private final Path root;

  public StateText(Path root) {
    this.root = root;
    this.reader = Store.read(root);
  }

  /** Whether there is nothing to tell. */
  public boolean isEmpty() {
    return reader.isEmpty();
  }

  /** The process that runs on this output root now. */
  public Optional<Long> runningProcess() {
    return reader
        .map(StoreReader::status)
        .filter(status -> status.process() == Status.ProcessState.ALIVE)
        .flatMap(Status::run)
        .filter(run -> run.finishedAt().isEmpty())
        .map(run -> run.pid());
  }

  /** For a person. */
  public String status() {
    if (reader.isEmpty()) {
      return "nothing has run in " + root + " yet\n";
    }
    Status status = reader.get().status();
    StringBuilder text = new StringBuilder();
    status
        .run()
        .ifPresent(
            run ->
                text.append("run ")
                    .append(run.id())
                    .append(", engine ")
                    .append(run.engine())
                    .append(", ")
                    .append(state(status))
                    .append('\n'));
    status.works().forEach(work -> text.append(line(work)));
    return text.toString();
  }

  private static String state(Status status) {
    return status
        .run()
        .flatMap(run -> run.finishedAt().map(at -> "ended " + at + exit(run.exitCode().orElse(-1))))
        .orElseGet(
            () ->
                switch (status.process()) {
                  case ALIVE -> "running";
                  case GONE -> "was killed; run again to go on";
                  case UNKNOWN -> "running or killed, on another machine";
                });
  }

  private static String exit(int code) {
    return code < 0 ? "" : " with exit code " + code;
  }

  private static String line(Status.Work work) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-32s %-7s %d/%s jobs",
            work.row().id(),
            work.row().state().name().toLowerCase(Locale.ROOT),
            work.jobsDone(),
            work.jobsKnown().isPresent() ? work.jobsKnown().getAsInt() : "?"));
    work.video().ifPresent(video -> text.append("  ").append(video.path()));
    work.delivery().ifPresent(delivery -> text.append("  delivered to ").append(delivery.uri()));
    text.append('\n');
    for (Status.Running running : work.running()) {
      text.append("    ").append(running.job()).append(" on ").append(running.resource());
      running
          .progress()
          .ifPresent(
              step -> text.append(", ").append(step.step()).append(" of ").append(step.steps()));
      text.append('\n');
    }
    for (Status.Failed failed : work.failures()) {
      text.append(
          "    %s %s: %s — %s\n"
              .formatted(failed.job(), failed.failure(), failed.found(), failed.remedy()));
    }
    return text.toString();
  }

  /** For a program: one object. */
  public String statusJson() {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode works = json.putArray("works");
    if (reader.isPresent()) {
      Status status = reader.get().status();
      status
          .run()
          .ifPresent(
              run ->
                  json.put("run", run.id().value())
                      .put("engine", run.engine())
                      .put("state", state(status)));
      status.works().forEach(work -> write(work, works.addObject()));
    }
    return JSON.writeValueAsString(json) + "\n";
  }

  private static void write(Status.Work work, ObjectNode json) {
    json.put("work", work.row().id())
        .put("prompt_file", work.row().promptFile())
        .put("state", work.row().state().name().toLowerCase(Locale.ROOT))
        .put("jobs_done", work.jobsDone());
    work.jobsKnown().ifPresent(known -> json.put("jobs", known));
    work.row().error().ifPresent(error -> json.put("error", error));
    work.video().ifPresent(video -> json.put("video", video.path()));
    work.delivery().ifPresent(delivery -> json.put("delivered", delivery.uri()));
    ArrayNode running = json.putArray("running");
    work.running().forEach(job -> running.add(job.job().value()));
  }

  /** Why a job was or was not reused; empty when no job is named so. */
  public Optional<String> why(String job) {
    if (reader.isEmpty()) {
      return Optional.empty();
    }
    return switch (reader.get().why(job)) {
      case Why.Known known -> Optional.of(text(known));
      case Why.Ambiguous several ->
          Optional.of("'" + job + "' may mean any of " + several.jobs() + ": give one of them\n");
      case Why.Unknown _ -> Optional.empty();
    };
  }

  private static String text(Why.Known known) {
    StringBuilder text = new StringBuilder(known.job() + "\n");
    known
        .row()
        .ifPresent(
            row ->
                text.append("  ").append(row.state().name().toLowerCase(Locale.ROOT)).append('\n'));
    known
        .reason()
        .forEach(reason -> text.append("  when a run last looked: ").append(reason).append('\n'));
    for (AttemptRow attempt : known.attempts()) {
      text.append(
          "  attempt %d on %s, prompt id %s: %s%s\n"
              .formatted(
                  attempt.number(),
                  attempt.resource(),
                  attempt.promptId(),
                  attempt.state().name().toLowerCase(Locale.ROOT),
                  attempt.found().map(found -> " — " + found).orElse("")));
    }
    known
        .inputs()
        .forEach(
            (variable, digest) ->
                text.append("  made from ")
                    .append(variable)
                    .append(' ')
                    .append(digest)
                    .append('\n'));
    for (ArtifactRow artifact : known.artifacts()) {
      text.append(
          "  left %s, %d bytes, %s%s\n"
              .formatted(
                  artifact.path(),
                  artifact.size(),
                  artifact.sha256(),
                  artifact.discarded() ? " (superseded and removed)" : ""));
    }
    return text.toString();
  }
}
