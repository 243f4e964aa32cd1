package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.plan.JobKind.Resource;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.Plan.Ranked;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries plans out: hands ready jobs to free servers, CPU workers and uploads until nothing is
 * left.
 *
 * <p>One thread, the one that calls {@link #run}, owns all state and every change of status;
 * workers on threads of their own only send it messages. {@link #add}, {@link #noMore}, {@link
 * #tell}, {@link #windDown}, {@link #stopRemaining} and {@link #cancel} may be called from any
 * thread.
 */
public final class Execution {
  /** How long a cancelled run waits for its workers: a spot pod has 5 s in all. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Path root;
  private final Ledger ledger;
  private final Sweeper sweeper;
  private final Frontier frontier;
  private final Crew crew;
  private final DiskGuard disk;
  private final Attempts attempts;
  private final Hands hands;
  private final Tracks tracks = new Tracks();
  private final Intake intake;
  private final ServerCare care;
  private final Undelivered undelivered;
  private final Recovery recovery;
  private final Gate gate;
  private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();

  private final Map<JobId, Assignment> running = new HashMap<>();
  private boolean refused;
  private boolean looking;
  private boolean moreToCome = true;
  private boolean graceOver;
  private boolean deliveriesLeft;
  private Outcome.End end = Outcome.End.FINISHED;
  private volatile Optional<Instant> idleSince = Optional.empty();

  /**
   * Builds the engine; nothing runs before {@link #run}.
   *
   * @param root the output root, on which the store is open for writing
   */
  public Execution(
      Path root,
      Ports ports,
      Store store,
      RunContext context,
      ExecutionSettings settings,
      JobOrder order) {
    this.root = root;
    this.ledger = new Ledger(context.run(), store, context.listener(), context.clock());
    Evidence evidence = new Evidence(store, root);
    this.frontier = new Frontier(order);
    this.crew = new Crew(ports.servers(), settings.mediaWorkers(), settings.uploadWorkers());
    this.attempts = new Attempts(store, evidence);
    this.sweeper = new Sweeper(settings.keep(), new Cleaner(store, root), tracks, evidence, ledger);
    this.disk = new DiskGuard(root, ports.disk(), settings.disk(), sweeper::sweep, ledger);
    Products products = new Products(root, ports.frames(), store);
    Worker worker = new Worker(root, ports.frames(), ports.joiner(), ports.deliverer(), products);
    this.hands = new Hands(worker, context.sleeper(), inbox::add);
    this.intake =
        new Intake(
            ports, store, evidence, ledger, attempts, frontier, tracks, hands, disk.written());
    this.care = new ServerCare(crew, hands, ledger, context.clock());
    RetryPolicy policy = RetryPolicy.of(settings.attempts(), settings.firstBackOff());
    this.undelivered = new Undelivered(frontier, tracks, ledger);
    this.recovery =
        new Recovery(
            policy,
            settings.leastFrames(),
            care,
            tracks,
            frontier,
            attempts,
            ledger,
            hands,
            undelivered);
    this.gate = context.gate();
  }

  /** What a run needs of its surroundings. */
  public record RunContext(
      RunId run, RunListener listener, InstantSource clock, Sleeper sleeper, Gate gate) {
    /** Without limits. */
    public RunContext(RunId run, RunListener listener, InstantSource clock, Sleeper sleeper) {
      this(run, listener, clock, sleeper, Gate.OPEN);
    }
  }

  /** Takes up a prompt file's work, or what is left of it. */
  public void add(Work work) {
    inbox.add(new Message.Added(work));
  }

  /** No further work will be added: the run ends when what there is has ended. */
  public void noMore() {
    inbox.add(new Message.NoMore());
  }

  /**
   * Ends the run soon: no further job begins, those on servers are left there to be adopted by the
   * next run.
   */
  public void cancel() {
    inbox.add(new Message.Cancel());
  }

  /** Ends the run when the jobs that run now are finished: no further one begins on a server. */
  public void stopRemaining() {
    inbox.add(new Message.StopRemaining(Outcome.End.STOPPED));
  }

  /** The same, because of a failure: nobody needs to be there. */
  public void breakOff() {
    inbox.add(new Message.StopRemaining(Outcome.End.BROKEN_OFF));
  }

  /**
   * Stores and announces something that another thread found out. What is said of a server's end or
   * return is told only when this run has not told it yet.
   */
  public void tell(RunEvent event) {
    inbox.add(new Message.Told(event));
  }

  /**
   * Ends the run because time or money is used up: no further server job begins, those under way
   * are left on their servers, what is finished is joined and delivered.
   *
   * @param leaveDeliveries whether to wait for joins and deliveries no longer either
   */
  public void windDown(boolean leaveDeliveries) {
    inbox.add(new Message.WindDown(leaveDeliveries));
  }

  /** Since when there has been nothing to do; empty while there is something. */
  public Optional<Instant> idleSince() {
    return idleSince;
  }

  /** Runs until nothing is left to do, {@link #noMore} was said or {@link #cancel} was called. */
  public Outcome run() throws InterruptedException, IOException {
    attempts.forgetStaging(root);
    try {
      while (true) {
        // All that is known first: works added together are ordered together.
        Message next = inbox.poll();
        if (next == null) {
          assign();
          if (finished() && beginsLastRound()) {
            continue;
          }
          if (finished()) {
            break;
          }
          noteIdleness();
          next = inbox.take();
        }
        handle(next);
      }
    } finally {
      hands.close();
    }
    if (end != Outcome.End.CANCELLED) {
      undelivered.giveUp();
    }
    return new Outcome(end, tracks.results());
  }

  /** Whoever ended the run, or has to end it now, does not wait for an object store. */
  private boolean beginsLastRound() {
    return end != Outcome.End.CANCELLED && !deliveriesLeft && undelivered.beginsLastRound();
  }

  private void noteIdleness() {
    boolean idle = nothingUnderWay() && frontier.isEmpty();
    if (!idle) {
      idleSince = Optional.empty();
    } else if (idleSince.isEmpty()) {
      idleSince = Optional.of(ledger.now());
    }
  }

  private boolean nothingUnderWay() {
    return running.isEmpty() && !recovery.anyPaused() && !looking && !awaitsServers();
  }

  /** Servers that are away are waited for only as long as there is something for them to do. */
  private boolean awaitsServers() {
    return crew.anyExpected() && !frontier.isEmpty() && end == Outcome.End.FINISHED;
  }

  private boolean finished() {
    if (end == Outcome.End.CANCELLED) {
      return graceOver || running.isEmpty();
    }
    if (end == Outcome.End.LIMIT_REACHED || isStopping()) {
      return graceOver || (running.isEmpty() && !recovery.anyPaused());
    }
    return nothingUnderWay() && (!moreToCome || end != Outcome.End.FINISHED);
  }

  private void handle(Message message) throws IOException {
    switch (message) {
      case Message.Added(Work work) -> intake.take(work);
      case Message.NoMore() -> moreToCome = false;
      case Message.Done(Assignment assignment, Made made) -> done(assignment, made);
      case Message.Failed(Assignment assignment, Failure failure) -> failed(assignment, failure);
      case Message.Left(Assignment assignment) -> ended(assignment);
      case Message.Stepped(Assignment assignment, AtomicReference<Message.@Nullable Step> newest) ->
          stepped(assignment, newest);
      case Message.RetryDue(Ranked ranked, Work work) -> recovery.retryDue(ranked, work);
      case Message.LookAtDisk() -> {
        looking = false;
        disk.lookIsDue();
      }
      case Message.Restarting(Renderer server, String why) -> care.restarting(server, why);
      case Message.KeptRunning(Renderer server) -> care.keptRunning(server);
      case Message.ServerBack(Renderer server, String how) -> care.back(server, how);
      case Message.Probation(Renderer server) -> care.probe(server);
      case Message.ServerGone(Renderer server, Failure failure) -> serverGone(server, failure);
      case Message.Told(RunEvent.ServerDown down) -> care.seenDown(down);
      case Message.Told(RunEvent.ServerUp up) -> care.seenUp(up);
      case Message.Told(RunEvent event) -> ledger.tell(event);
      case Message.WindDown(boolean leaveDeliveries) -> windDownNow(leaveDeliveries);
      case Message.StopRemaining(Outcome.End how) -> stopRemainingNow(how);
      case Message.Cancel() -> cancelNow();
      case Message.GraceOver() -> graceOver = true;
    }
  }

  private void stepped(Assignment assignment, AtomicReference<Message.@Nullable Step> newest) {
    Message.Step step = newest.getAndSet(null);
    JobId job = assignment.job().id();
    if (step != null && running.containsKey(job)) {
      ledger.progress(job, step.label(), step.step(), step.steps());
    }
  }

  private void assign() {
    if (end == Outcome.End.CANCELLED) {
      return;
    }
    refused = false;
    disk.look();
    for (Resource resource : Resource.values()) {
      boolean assigned = true;
      while (assigned && crew.hasFree(resource)) {
        assigned = resource == Resource.SERVER ? assignServer() : assignHere(resource);
      }
    }
    waitForRoom();
    endIfStuck();
  }

  private void waitForRoom() {
    if (end != Outcome.End.FINISHED || frontier.isEmpty()) {
      return;
    }
    switch (disk.judge(running.isEmpty())) {
      case DiskGuard.Verdict.GoOn() -> {}
      case DiskGuard.Verdict.LookAgain(Duration pause) -> {
        looking = true;
        hands.after(pause, new Message.LookAtDisk());
      }
      case DiskGuard.Verdict.GiveUp() -> end = Outcome.End.DISK_FULL;
    }
  }

  private boolean assignServer() {
    if (end != Outcome.End.FINISHED) {
      return false;
    }
    for (Renderer server : crew.freeServers()) {
      Optional<Ranked> next =
          frontier.take(
              Resource.SERVER,
              ranked ->
                  server.takes(ranked.job().kind())
                      && attempts.mayRunOn(ranked.job().id(), server, crew)
                      && !care.isForAnother(ranked.job(), server)
                      && disk.admits(ranked.job())
                      && mayBegin(ranked));
      if (next.isPresent() && care.restartsFirst(server)) {
        frontier.putBack(next.get());
      } else if (next.isPresent()) {
        begin(next.get(), Optional.of(server));
        return true;
      }
    }
    return false;
  }

  private boolean mayBegin(Ranked ranked) {
    boolean may = gate.mayBegin(ranked.job().kind());
    refused |= !may;
    return may;
  }

  private boolean assignHere(Resource resource) {
    // An upload reads only: it may be what makes room.
    Optional<Ranked> next =
        frontier.take(resource, ranked -> resource == Resource.UPLOAD || disk.admits(ranked.job()));
    next.ifPresent(ranked -> begin(ranked, Optional.empty()));
    return next.isPresent();
  }

  /** The end when jobs wait that nothing can ever take. */
  private void endIfStuck() {
    if (refused && nothingUnderWay() && end == Outcome.End.FINISHED) {
      end = Outcome.End.LIMIT_REACHED;
    }
    if (nothingUnderWay()
        && !frontier.isEmpty()
        && end == Outcome.End.FINISHED
        && (!moreToCome || noneTakes())) {
      end = Outcome.End.SERVER_GONE;
      ledger.warn(
          "servers",
          "jobs wait that none of the servers takes: check the passes each server is limited to");
    }
  }

  /** Nobody comes back for the jobs that wait, however long new work is waited for. */
  private boolean noneTakes() {
    return frontier.nonePasses(Resource.SERVER, ranked -> crew.mayTake(ranked.job().kind()));
  }

  private void begin(Ranked ranked, Optional<Renderer> server) {
    WorkTrack track = tracks.of(ranked.job().id());
    Assignment assignment = attempts.begin(ranked, track.work(), server, ledger.now());
    track.begin();
    care.begin(assignment);
    running.put(ranked.job().id(), assignment);
    ledger.jobStarted(assignment);
    hands.start(assignment);
  }

  private void done(Assignment assignment, Made made) {
    care.succeeded(assignment);
    JobId id = assignment.job().id();
    ledger.jobDone(assignment, made);
    if (made instanceof Made.Files files) {
      disk.written().learn(files.artifacts());
    }
    assignment.server().ifPresent(server -> hands.forget(server, assignment.attempt().promptId()));
    frontier.done(id);
    if (made instanceof Made.Archived) {
      undelivered.arrived();
    }
    WorkTrack track = tracks.of(id);
    boolean last = track.done(id);
    sweeper.after(track, assignment.job());
    if (last) {
      intake.finish(track);
    }
    ended(assignment);
  }

  private void failed(Assignment assignment, Failure failure) {
    if (failure instanceof Failure.Disk && isHeldBack(assignment)) {
      recovery.lackedRoom(assignment, failure);
    } else {
      recovery.failed(assignment, failure);
    }
    ended(assignment);
  }

  /** An upload is never held back for want of room, so its tries count. */
  private boolean isHeldBack(Assignment assignment) {
    return assignment.job().kind().resource() != Resource.UPLOAD && disk.ranOut();
  }

  private void ended(Assignment assignment) {
    JobId id = assignment.job().id();
    running.remove(id);
    WorkTrack track = tracks.of(id);
    track.end();
    intake.layAnewIfDue(track);
  }

  private void serverGone(Renderer server, Failure failure) {
    care.gone(server, failure);
    if (!crew.hasServers()) {
      end = Outcome.End.SERVER_GONE;
    }
  }

  private void cancelNow() {
    end = Outcome.End.CANCELLED;
    hands.interruptAll();
    hands.after(GRACE, new Message.GraceOver());
  }

  private void stopRemainingNow(Outcome.End how) {
    if (end == Outcome.End.FINISHED) {
      end = how;
    }
  }

  private boolean isStopping() {
    return end == Outcome.End.STOPPED || end == Outcome.End.BROKEN_OFF;
  }

  private void windDownNow(boolean leaveDeliveries) {
    // A limit holds for whoever asked for an end in good time, too: the pod is not theirs for ever.
    if (end == Outcome.End.FINISHED || isStopping()) {
      end = Outcome.End.LIMIT_REACHED;
    }
    running.values().stream()
        .filter(assignment -> leaveDeliveries || assignment.server().isPresent())
        .forEach(assignment -> hands.interrupt(assignment.job().id()));
    if (leaveDeliveries) {
      deliveriesLeft = true;
      hands.after(GRACE, new Message.GraceOver());
    }
  }
}
