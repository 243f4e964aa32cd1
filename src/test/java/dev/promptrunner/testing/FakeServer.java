package dev.promptrunner.testing;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.JobId;
import dev.promptrunner.execution.Progress;
import dev.promptrunner.execution.RenderOrder;
import dev.promptrunner.execution.Renderer;
import dev.promptrunner.execution.Rendering;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * A server that renders {@link TextVideos} and remembers, as a real one does, what it finished and
 * what was sent to it; it fails as a test tells it to.
 */
public final class FakeServer implements Renderer {
  /** What happens before a job is rendered. */
  @FunctionalInterface
  public interface Script {
    /** Throws to fail this try; {@code tries} counts all tries of the job, from 1. */
    void before(RenderOrder order, int tries) throws FailureException, InterruptedException;
  }

  private final String name;
  private final Set<JobKind> kinds;
  private final Map<JobId, Integer> tries = new HashMap<>();
  private final Map<String, List<String>> finished = new HashMap<>();
  private volatile Script script = (_, _) -> {};
  private volatile int framesLost;
  private volatile boolean comesBack = true;
  private volatile boolean mayRestart;
  private volatile boolean breaks;
  private volatile Optional<String> restartWanted = Optional.empty();

  /** Jobs in the order in which they were rendered, adopted ones not among them. */
  public final List<JobId> rendered = new CopyOnWriteArrayList<>();

  public final List<JobId> adopted = new CopyOnWriteArrayList<>();
  public final List<String> forgotten = new CopyOnWriteArrayList<>();
  public final List<String> cancelled = new CopyOnWriteArrayList<>();
  public final List<String> freed = new CopyOnWriteArrayList<>();
  public final List<String> restarts = new CopyOnWriteArrayList<>();

  public FakeServer(String name) {
    this(name, EnumSet.allOf(JobKind.class));
  }

  public FakeServer(String name, Set<JobKind> kinds) {
    this.name = name;
    this.kinds = kinds;
  }

  public FakeServer script(Script script) {
    this.script = script;
    return this;
  }

  /** Every segment comes back with so many frames fewer than asked for. */
  public FakeServer losingFrames(int frames) {
    framesLost = frames;
    return this;
  }

  public FakeServer neverComingBack() {
    comesBack = false;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean takes(JobKind kind) {
    return kinds.contains(kind);
  }

  @Override
  public String clientId() {
    return "client-" + name;
  }

  @Override
  public Rendering render(RenderOrder order, Progress progress)
      throws FailureException, InterruptedException {
    List<String> known = finished.get(order.promptId());
    if (order.maybeSent() && known != null) {
      adopted.add(order.job());
      return deliver(order, known);
    }
    script.before(order, tries.merge(order.job(), 1, Integer::sum));
    progress.at("step", 1, 1);
    List<String> frames = frames(order);
    rendered.add(order.job());
    finished.put(order.promptId(), frames);
    return deliver(order, frames);
  }

  /** Finishes the job, but keeps the answer to itself: the client was cut off at that moment. */
  public void finishSilently(RenderOrder order) {
    rendered.add(order.job());
    finished.put(order.promptId(), frames(order));
  }

  private static Rendering deliver(RenderOrder order, List<String> frames) {
    Role role = order.products().getFirst().role();
    if (role == Role.RESULT) {
      return Rendering.ofResults(results(order, frames));
    }
    Path file = order.staging().resolve(role.name());
    TextVideos.write(file, frames);
    return new Rendering(Map.of(role, file));
  }

  /** A video and a picture, as many workflows save both. */
  private static List<Path> results(RenderOrder order, List<String> frames) {
    List<Path> files =
        List.of(
            order.staging().resolve("0").resolve("out_00001_.mp4"),
            order.staging().resolve("1").resolve("out_00001_.png"));
    files.forEach(file -> TextVideos.write(file, frames));
    return files;
  }

  /** What an order for a pass of the recipe is to do. */
  public static Task.Render render(RenderOrder order) {
    return (Task.Render) order.task();
  }

  private List<String> frames(RenderOrder order) {
    if (order.task() instanceof Task.Generate) {
      return List.of(order.stem());
    }
    Task.Render task = render(order);
    return switch (task.pass()) {
      case HIGH -> source(task);
      case LOW -> {
        List<String> latent = TextVideos.read(order.inputs().get("latent_dir"));
        yield latent.subList(0, latent.size() - framesLost);
      }
      case COMBINE_FIRST -> enhanced(order);
      case COMBINE_NEXT -> {
        List<String> all = new ArrayList<>(TextVideos.read(order.inputs().get("previous")));
        all.addAll(enhanced(order));
        yield all;
      }
    };
  }

  private static List<String> source(Task.Render task) {
    int start = (int) task.values().get("start_frame");
    int length = (int) task.values().get("frames");
    return IntStream.range(start, start + length).mapToObj(Integer::toString).toList();
  }

  private static List<String> enhanced(RenderOrder order) {
    int skip = (int) FakeServer.render(order).values().get("trim_skip");
    int frames = (int) FakeServer.render(order).values().get("trim_frames");
    return TextVideos.read(order.inputs().get("segment")).subList(skip, skip + frames).stream()
        .flatMap(frame -> List.of(frame, frame).stream())
        .toList();
  }

  @Override
  public void forget(String promptId) {
    forgotten.add(promptId);
  }

  @Override
  public void cancel(String promptId) {
    cancelled.add(promptId);
  }

  @Override
  public void freeMemory() {
    freed.add(name);
  }

  /** Every reason for which it was asked to start anew. */
  @Override
  public boolean restart(String why) {
    restarts.add(why);
    if (mayRestart) {
      comesBack = true;
      restartWanted = Optional.empty();
    }
    return mayRestart;
  }

  /** Wants to be started anew before its next job. */
  public FakeServer wantingRestart(String why) {
    restartWanted = Optional.of(why);
    return this;
  }

  @Override
  public Optional<String> restartWanted() {
    return restartWanted;
  }

  /** This program may start it anew. */
  public FakeServer supervised() {
    mayRestart = true;
    return this;
  }

  /** Waiting for it meets a defect. */
  public FakeServer breakingWhenAwaited() {
    breaks = true;
    return this;
  }

  @Override
  public void awaitReady() throws FailureException {
    if (breaks) {
      throw new IllegalStateException("a field is missing");
    }
    if (!comesBack) {
      throw new FailureException(
          new Failure.ServerLost(
              "waiting for " + name, "no answer within 5 min", "start it and run again"));
    }
  }
}
