package dev.promptrunner.execution;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Plan.Ranked;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.AttemptRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.WorkRow;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Attempts before they are sent: a new one is stored first, one that an earlier life left open is
 * taken up again on the same server. Used by the run's owner alone.
 */
final class Attempts {
  private static final String HERE = "local";

  private final Store store;
  private final Evidence evidence;
  private final Map<JobId, AttemptRow> open = new HashMap<>();

  Attempts(Store store, Evidence evidence) {
    this.store = store;
    this.evidence = evidence;
    store.openAttempts().forEach(attempt -> open.put(attempt.job(), attempt));
  }

  /** Removes half files: every staging folder, because what is adopted is fetched anew. */
  void forgetStaging(Path root) throws IOException {
    Path staging = root.resolve(".staging");
    if (Files.isDirectory(staging)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(staging)) {
        for (Path folder : folders) {
          Placement.remove(folder);
        }
      }
    }
  }

  /** Whether this server may take the job: one that was left open belongs to its own server. */
  boolean mayRunOn(JobId job, Renderer server, Crew crew) {
    AttemptRow left = open.get(job);
    return left == null
        || left.resource().equals(server.name())
        || !crew.mayReturn(left.resource());
  }

  Assignment begin(Ranked ranked, Work work, Optional<Renderer> server, Instant now) {
    JobId job = ranked.job().id();
    Digest fingerprint =
        evidence
            .fingerprint(work.key(), ranked.job())
            .orElseThrow(() -> new IllegalStateException(job + " is ready without its inputs"));
    AttemptRow left = open.remove(job);
    Map<String, Path> inputs = evidence.inputs(ranked.job());
    if (left != null) {
      if (server.isPresent()
          && left.resource().equals(server.get().name())
          && left.fingerprint().equals(fingerprint)) {
        return new Assignment(ranked, work, left, inputs, true, server, now);
      }
      store.abandonAttempt(left, "the program ended while it ran; begun anew");
    }
    AttemptRow fresh =
        store.beginAttempt(
            job,
            work.id(),
            ranked.job().kind().name(),
            fingerprint,
            server.map(Renderer::name).orElse(HERE),
            server.map(Renderer::clientId).orElse(""),
            UUID.randomUUID().toString());
    store.recordInputs(fresh, evidence.digests(ranked.job()));
    return new Assignment(ranked, work, fresh, inputs, false, server, now);
  }

  /** The server is gone, but may remember the attempt when it is back. */
  void keepOpen(AttemptRow attempt) {
    open.put(attempt.job(), attempt);
  }

  /**
   * Takes out and ends the attempts of what this prompt file was before it changed: nobody will
   * want their outputs.
   */
  List<AttemptRow> takeObsolete(Work work) {
    String file = work.promptFile();
    List<AttemptRow> obsolete = new ArrayList<>();
    for (WorkRow earlier : open.isEmpty() ? List.<WorkRow>of() : store.works()) {
      if (earlier.promptFile().equals(file) && !earlier.key().equals(work.key())) {
        open.values().stream()
            .filter(left -> left.job().work().equals(earlier.id()))
            .forEach(obsolete::add);
      }
    }
    end(obsolete, "its prompt file has changed since");
    return obsolete;
  }

  /** Takes out and ends what is left of the work before it was laid out anew. */
  List<AttemptRow> takeOf(Work work) {
    List<AttemptRow> left =
        open.values().stream().filter(attempt -> attempt.job().work().equals(work.id())).toList();
    end(left, "its prompt file was laid out anew");
    return left;
  }

  private void end(List<AttemptRow> attempts, String why) {
    for (AttemptRow attempt : attempts) {
      open.remove(attempt.job());
      store.abandonAttempt(attempt, why);
    }
  }
}
