package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.Redaction;
import dev.promptrunner.base.RunId;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.event.EventText;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.store.Database.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The durable state of one output root, {@code state.db} in it, open for writing. One process at a
 * time; thread-safe within it, calls wait for each other.
 *
 * <p>What a later run relies on – attempts before they are sent, their outcomes, artifacts,
 * deliveries, finished runs and works – is on the disk when the call returns, against kill -9 and
 * power loss. Events, progress and reasons are for people: they are written in their order, the
 * last of them may be missing after a power loss, and progress and reasons up to 250 ms after a
 * kill.
 *
 * <p>Every method throws {@link StoreException} when the disk or the file fails, and {@link
 * IllegalStateException} when a caller breaks the order of things; both leave no trace.
 */
public final class Store implements AutoCloseable {
  private final Session session;
  private final OutputLock lock;
  private final Redaction redaction;

  private Store(Session session, OutputLock lock, Redaction redaction) {
    this.session = session;
    this.lock = lock;
    this.redaction = redaction;
  }

  /**
   * Opens for writing; folder and file are created, an older file is migrated.
   *
   * @param pid of this process
   * @throws OutputRootBusyException when another process, or another store of this one, has it open
   * @throws IOException when the folder cannot be written or locked, or {@code state.db} is damaged
   *     or of a newer version; the message has the remedy
   */
  public static Store open(Path outputRoot, InstantSource clock, long pid)
      throws OutputRootBusyException, IOException {
    return open(outputRoot, clock, pid, Redaction.NONE);
  }

  /**
   * The same; no text that comes from outside is stored with a secret in it.
   *
   * @param redaction of every secret that is known
   */
  public static Store open(Path outputRoot, InstantSource clock, long pid, Redaction redaction)
      throws OutputRootBusyException, IOException {
    Path root = Files.createDirectories(outputRoot.toAbsolutePath()).toRealPath();
    OutputLock lock = OutputLock.take(root, clock.instant(), pid);
    try {
      Database database = Database.open(root.resolve(StateFile.NAME));
      return new Store(new Session(database, clock), lock, redaction);
    } catch (StoreException e) {
      lock.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  /** For looking only: creates and changes nothing; empty when there is no state yet. */
  public static Optional<StoreReader> read(Path outputRoot) {
    return StateFile.of(outputRoot).filter(StateFile::isReady).map(StoreReader::new);
  }

  /**
   * Stores a run before its first event.
   *
   * @throws IllegalStateException when there was such a run
   */
  public void startRun(RunRow run) {
    session.perform("starting run " + run.id(), h -> new Runs(h).insert(run));
  }

  public void finishRun(RunId run, Instant at, int exitCode) {
    session.perform("finishing run " + run, h -> new Runs(h).finish(run, at, exitCode));
  }

  /** A known key keeps its name, state and error; prompt file and frames become the new ones. */
  public void rememberWork(WorkRow work) {
    rememberWorks(List.of(work));
  }

  /** All in one transaction: 10,000 in about half a second. */
  public void rememberWorks(Collection<WorkRow> works) {
    session.remember("remembering works", h -> works.forEach(new Works(h)::remember));
  }

  /**
   * Stores how far a work is.
   *
   * @param error for a person; only when FAILED
   */
  public void finishWork(WorkKey key, WorkState state, Optional<String> error) {
    session.perform(
        "finishing work " + key.key8(),
        h -> new Works(h).finish(key, state, error.map(redaction::clean)));
  }

  /**
   * From now on the work is cut into chunks otherwise than the settings say.
   *
   * @param layout as the planner writes it
   * @throws IllegalStateException when the work is not remembered
   */
  public void layOut(WorkKey key, String layout) {
    session.perform("laying out work " + key.key8(), h -> new Works(h).layOut(key, layout));
  }

  /** Of the works that were laid out anew. */
  public Map<WorkKey, String> layouts() {
    return session.look("layouts", h -> new Works(h).layouts());
  }

  public Optional<WorkRow> work(WorkKey key) {
    return session.look("works", h -> new Works(h).find(key));
  }

  /** In the order in which they were first remembered. */
  public List<WorkRow> works() {
    return session.look("works", h -> new Works(h).all());
  }

  /** The name that each known key keeps, in the order in which they were first remembered. */
  public Map<WorkKey, String> names() {
    Map<WorkKey, String> names = new LinkedHashMap<>();
    works().forEach(work -> names.put(work.key(), work.name()));
    return names;
  }

  /** Empty for a job that was never begun. */
  public Optional<JobRow> job(JobId id) {
    return session.look("job " + id, h -> new Jobs(h).find(id));
  }

  /**
   * The jobs that were ever begun, by label.
   *
   * @param work its {@code name_key8}
   */
  public List<JobRow> jobs(String work) {
    return session.look("jobs", h -> new Jobs(h).of(work));
  }

  /**
   * Stores a new try as OPEN and its job as RUNNING, before anything is sent. What the job made
   * before stays known until it is completed again.
   *
   * @throws IllegalStateException when the job has an open attempt, or the work is not remembered
   */
  public AttemptRow beginAttempt(
      JobId job,
      String work,
      String kind,
      Digest fingerprint,
      String resource,
      String clientId,
      String promptId) {
    Attempts.Request request = new Attempts.Request(resource, clientId, promptId);
    // What no server is told of, no server does while we are gone: a kill is all it has to survive.
    Sync sync = clientId.isEmpty() ? Sync.KILL : Sync.POWER_LOSS;
    return session.change(
        "beginning " + job,
        sync,
        h -> new Transitions(h, session.now()).begin(job, work, kind, fingerprint, request));
  }

  /** What the attempt's outputs are made from, for {@code why}: a digest by variable. */
  public void recordInputs(AttemptRow attempt, Map<String, Digest> inputs) {
    session.remember(
        "storing inputs of " + attempt.job(), h -> new Inputs(h).record(attempt, inputs));
  }

  /** Those that have not ended, oldest first: at the start, what a killed process left. */
  public List<AttemptRow> openAttempts() {
    return session.look("attempts", h -> new Attempts(h).open());
  }

  public Optional<AttemptRow> openAttempt(JobId job) {
    return session.look("attempts", h -> new Attempts(h).open(job));
  }

  /**
   * Ends the attempt as FAILED and counts it against the job.
   *
   * @param jobFailed whether that was the job's last try: FAILED, else PENDING again
   * @throws IllegalStateException when the attempt has ended already
   */
  public void failAttempt(AttemptRow attempt, Failure failure, boolean jobFailed) {
    session.perform(
        "failing " + attempt.job(),
        h ->
            new Transitions(h, session.now())
                .fail(attempt, failure.mapped(redaction::clean), jobFailed));
  }

  /**
   * The job is PENDING again and nothing counts against it.
   *
   * @throws IllegalStateException when the attempt has ended already
   */
  public void abandonAttempt(AttemptRow attempt, String why) {
    session.perform(
        "abandoning " + attempt.job(),
        h -> new Transitions(h, session.now()).abandon(attempt, redaction.clean(why)));
  }

  /**
   * Attempt and job are DONE and these are the job's artifacts, in place of all it had before: the
   * whole or nothing of it.
   *
   * @param artifacts of this job, with one row per role
   * @throws IllegalStateException when the attempt has ended already
   */
  public void completeJob(AttemptRow attempt, List<ArtifactRow> artifacts, Duration took) {
    session.perform(
        "completing " + attempt.job(),
        h -> new Transitions(h, session.now()).complete(attempt, artifacts, took));
  }

  public Optional<ArtifactRow> artifact(JobId job, String role) {
    return session.look("artifacts", h -> new Artifacts(h).find(job, role));
  }

  /** By role. */
  public List<ArtifactRow> artifacts(JobId job) {
    return session.look("artifacts", h -> new Artifacts(h).of(job));
  }

  /**
   * By job and role.
   *
   * @param work its {@code name_key8}
   */
  public List<ArtifactRow> artifactsOf(String work) {
    return session.look("artifacts", h -> new Artifacts(h).ofWork(work));
  }

  /** The file was, or is about to be, cleaned away; the row keeps size and digest. */
  public void discardArtifact(JobId job, String role, String why) {
    session.perform(
        "discarding the " + role + " of " + job, h -> new Artifacts(h).discard(job, role, why));
  }

  /** The file got another name: the row follows it. */
  public void moveArtifact(JobId job, String role, String path) {
    session.perform(
        "moving the " + role + " of " + job, h -> new Artifacts(h).move(job, role, path));
  }

  public void recordDelivery(DeliveryRow row) {
    session.perform("storing delivery " + row.uri(), h -> new Deliveries(h).record(row));
  }

  public Optional<DeliveryRow> delivery(WorkKey key) {
    return session.look("deliveries", h -> new Deliveries(h).find(key));
  }

  /**
   * Of progress only the last step of each job is kept.
   *
   * @throws IllegalStateException when the run was not started
   */
  public void append(RunId run, RunEvent event) {
    RunEvent clean = redaction.isEmpty() ? event : EventText.map(event, redaction::clean);
    session.note(
        journal -> {
          if (!journal.knows(run)) {
            journal.learn(run, session.look("run " + run, h -> new Runs(h).exists(run)));
          }
          journal.note(run, clean);
        });
  }

  /** Why the job was or was not reused; replaces what was said of it before. */
  public void explain(JobId job, String reason) {
    session.note(journal -> journal.explain(job, redaction.clean(reason), session.now()));
  }

  /**
   * These works and their jobs may be tried again where they failed, and failures count no more.
   */
  public void resetFailed(Collection<WorkRow> works) {
    session.perform(
        "resetting failures",
        h -> works.forEach(work -> new Transitions(h, session.now()).reset(work)));
  }

  /** Writes what is noted and gives the output root to others; again it does nothing. */
  @Override
  public void close() throws IOException {
    try (lock;
        session) {
      // Both are closed whatever the other meets.
    }
  }
}
