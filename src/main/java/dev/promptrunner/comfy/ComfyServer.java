package dev.promptrunner.comfy;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One ComfyUI server. The HTTP history is the truth; the socket, one for each server and opened
 * with the first job, only tells when to look. Thread-safe; every method that asks the server can
 * be interrupted while it waits. Each throws {@link FailureException} with the class of what went
 * wrong and {@link InterruptedException} when the thread was interrupted.
 */
public final class ComfyServer implements AutoCloseable {
  private final String clientId;
  private final ComfySettings settings;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Transport transport;
  private final Http http;
  private final Ledger ledger;
  private final Channels channels;
  private final EventSocket socket;
  private final Canceller canceller;
  private final Introspection introspection;
  private final Submitter submitter;
  private final Silences silences = new Silences();
  private volatile Optional<String> poisoned = Optional.empty();

  /**
   * @param clientId whose events the socket gets: a fresh one, or that of an earlier process to
   *     hear of the jobs which that one left; never one that another living process uses
   */
  public ComfyServer(
      ComfySettings settings, String clientId, InstantSource clock, Sleeper sleeper) {
    ServerAddress address = new ServerAddress(settings.url());
    this.clientId = clientId;
    this.settings = settings;
    this.clock = clock;
    this.sleeper = sleeper;
    this.transport = new Transport(settings.timeouts());
    this.http =
        new Http(
            address,
            transport,
            new Retries(settings.limits().attempts(), sleeper),
            settings.limits().answer());
    this.ledger = new Ledger(http, sleeper, settings.polling().confirm());
    this.channels = new Channels();
    this.socket = new EventSocket(address, clientId, settings, clock, channels);
    this.canceller = new Canceller(ledger, clock, sleeper, settings.timeouts().cancel());
    this.introspection = new Introspection(http, clock, sleeper);
    this.submitter =
        new Submitter(http, ledger, canceller, socket.hearing(), introspection, clientId);
  }

  /** A server with a client id of its own, on the system's clock. */
  public static ComfyServer connect(ComfySettings settings) {
    return new ComfyServer(
        settings, UUID.randomUUID().toString(), InstantSource.system(), Sleeper.SYSTEM);
  }

  /** To be stored beside each job that is sent: with it a later process hears of the job. */
  public String clientId() {
    return clientId;
  }

  /** The address as it may be printed. */
  public String address() {
    return http.address().toString();
  }

  /**
   * Waits until the server answers as ComfyUI; what answers as something else ends the wait.
   *
   * @throws FailureException with ServerLost when it did not come in time
   */
  public ServerStats awaitReady(Duration wait) throws FailureException, InterruptedException {
    ServerStats stats = introspection.awaitReady(wait);
    socket.retryNow();
    return stats;
  }

  /**
   * Ends every {@link #follow} that waits now with ServerLost, at once, and cuts the requests under
   * way: for whoever watches the server's process and saw its end. Jobs that are sent or followed
   * from now on are not concerned. Any thread.
   *
   * @param found what was seen, for a person: {@code it ended with exit code 137 …}
   */
  public void declareLost(String found) {
    channels.declareLost(found);
    transport.cutAll();
  }

  /** Another process answers at the address now: the socket connects at once and is believed. */
  public void startedAnew() {
    poisoned = Optional.empty();
    socket.hearing().fresh();
    socket.retryNow();
  }

  /** The error after which no job can succeed before the server's process is another one. */
  public Optional<String> poisoned() {
    return poisoned;
  }

  public ServerStats stats() throws FailureException, InterruptedException {
    return introspection.stats();
  }

  /** Every node class with its inputs, as the server tells it; many megabytes on a full server. */
  public JsonNode objectInfo() throws FailureException, InterruptedException {
    return introspection.objectInfo();
  }

  /** One node class; empty when the server does not have it. */
  public Optional<JsonNode> objectInfo(String className)
      throws FailureException, InterruptedException {
    return introspection.objectInfo(className);
  }

  /** Where the server reads and writes on its own machine, as far as it tells. */
  public Folders folders() throws FailureException, InterruptedException {
    return introspection.folders();
  }

  /**
   * Where it looks for models, by their kind ({@code loras}, {@code vae} …), as paths of its own
   * machine; from a route that it calls internal.
   */
  public Map<String, List<Path>> modelFolders() throws FailureException, InterruptedException {
    return introspection.modelFolders();
  }

  /** Those of its folders that are proven to be the same files here. */
  public Folders sharedFolders() throws FailureException, InterruptedException {
    return new DiskProbe(http).shared(folders());
  }

  /** Whether files can be linked into its input folder and out of its output folder. */
  public boolean sharesDisk() throws FailureException, InterruptedException {
    Folders shared = sharedFolders();
    return shared.input().isPresent() && shared.output().isPresent();
  }

  public QueueState queue() throws FailureException, InterruptedException {
    return ledger.queue();
  }

  /** Where a job is; before it says Unknown it looks twice, some seconds apart. */
  public Place whereIs(String promptId) throws FailureException, InterruptedException {
    return ledger.lookTwice(promptId);
  }

  /**
   * Sends a workflow once. After a failure the server may still have it when it comes to itself:
   * ask {@link #whereIs} before sending it again, and use the same id.
   *
   * @param graph in API format
   * @param promptId a lower-case UUID, stored by the caller before this call
   * @param targets the output nodes to run; empty for all
   * @throws FailureException ServerLost when nothing answers, Transient when the answer was lost
   *     and the job is proven to be unknown, Rejected when it is no ComfyUI
   */
  public Submission submit(ObjectNode graph, String promptId, List<String> targets)
      throws FailureException, InterruptedException {
    socket.awaitFirstTry();
    channels.open(promptId);
    boolean accepted = false;
    try {
      Submission submission = submitter.submit(graph, promptId, targets);
      accepted = !(submission instanceof Submission.Refused);
      return submission;
    } finally {
      if (!accepted) {
        channels.close(promptId);
      }
    }
  }

  /**
   * Waits until the job has ended, however it was sent: by this process or an earlier one. One
   * thread for each job.
   *
   * @throws FailureException OutOfMemory, Rejected or NodeFailed for a node that failed, Cancelled
   *     when it was interrupted, ServerLost when nobody knows the job any more, Stalled when it
   *     makes no progress
   */
  public JobResult follow(String promptId, JobListener listener)
      throws FailureException, InterruptedException {
    return follow(promptId, "", listener);
  }

  /**
   * The same for a job of a kind of which there are more: it counts as stalled when it is silent
   * for several times the longest silence of those that ended well, and never before the time that
   * the settings give.
   *
   * @param kind such as {@code HIGH}; jobs of one kind take about as long
   */
  public JobResult follow(String promptId, String kind, JobListener listener)
      throws FailureException, InterruptedException {
    boolean justSent = channels.isOpen(promptId);
    Mailbox mailbox = channels.open(promptId);
    try {
      socket.awaitFirstTry();
      return new Follower(
              promptId,
              mailbox,
              ledger,
              socket.hearing(),
              settings,
              clock,
              sleeper,
              new Follower.Kind(kind, silences),
              justSent)
          .follow(listener);
    } catch (FailureException e) {
      if (JobFailures.poisons(e.failure())) {
        poisoned = Optional.of(e.failure().found());
      }
      throw e;
    } finally {
      channels.close(promptId);
    }
  }

  /**
   * Ends a job whether it waits or runs, and returns when that is certain.
   *
   * @throws FailureException Stalled when it still runs after the grace period
   */
  public CancelOutcome interrupt(String promptId) throws FailureException, InterruptedException {
    return canceller.cancel(promptId);
  }

  /** Frees memory after the current job; {@code caches} also forgets every node's results. */
  public void free(boolean models, boolean caches) throws FailureException, InterruptedException {
    ObjectNode body = Json.object().put("unload_models", models).put("free_memory", caches);
    http.post("freeing the server's memory", body, "free");
  }

  /**
   * Brings a file into the server's input folder.
   *
   * @param subfolder below it; empty for none
   * @param name the name wished for; the one returned counts
   */
  public Uploaded upload(Path file, String subfolder, String name)
      throws FailureException, InterruptedException {
    return new Uploader(http).upload(file, subfolder, name);
  }

  /**
   * Brings a file here whole or not at all.
   *
   * @param target its path here; an existing file is replaced in one step
   * @throws FailureException BadOutput when the server does not have it or its name leads astray
   */
  public Fetched fetch(OutputFile file, Path target) throws FailureException, InterruptedException {
    return new Download(http, file, target, settings.limits().file()).run();
  }

  /** Lets the server forget a job that is done with: its records hold whole workflows. */
  public void deleteHistory(String promptId) throws FailureException, InterruptedException {
    ledger.forget(promptId);
  }

  /** Closes the socket cleanly, so that its client id can be used again; ends no job. */
  @Override
  public void close() {
    socket.close();
    transport.close();
  }
}
