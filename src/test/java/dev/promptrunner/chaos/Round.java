package dev.promptrunner.chaos;

import dev.promptrunner.e2e.Child;
import dev.promptrunner.e2e.Renders;
import dev.promptrunner.e2e.Studio;
import dev.promptrunner.media.MediaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Some videos on an output root of their own, from the first start of the program until they are
 * delivered, with mischief in between. One use, one thread.
 */
final class Round {
  static final String RUNNER_DIED = "runner killed";
  static final String SERVER_DIED = "server killed";
  static final int CHUNKS = 4;
  static final int FRAMES = 8 * CHUNKS;
  static final List<String> NAMES = List.of("walk", "turn", "fall");

  /** A run may end by itself so while something is wrong: see {@code cli.ExitCode}. */
  private static final Set<Integer> USUAL_ENDS = Set.of(0, 1, 4, 5, 130);

  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration STUCK = Duration.ofSeconds(25);
  private static final Duration LAST_RUN = Duration.ofMinutes(3);
  private static final int MOMENT = 2_500;
  private static final int BRIEF = 400;

  /** Milliseconds after which no job is waited for any more, and between two looks. */
  private static final int NEXT_JOB = 8_000;

  private static final int LOOK = 10;
  private static final int OUTAGE = 3_000;

  private final int number;
  private final Path folder;
  private final RandomGenerator random;
  private final Diary diary;
  private final UnreliableStore store;
  private final SmallDisk disk;
  private final Studio studio;
  private final Cast cast;
  private final List<String> problems = new ArrayList<>();
  private int serverDeaths;
  private long journalSize;
  private long journalGrew = System.nanoTime();

  Round(int number, Path folder, RandomGenerator random, Diary diary, UnreliableStore store)
      throws IOException, InterruptedException, MediaException {
    this.number = number;
    this.folder = folder;
    this.random = random;
    this.diary = diary;
    this.store = store;
    this.disk = new SmallDisk(Files.createDirectories(folder.resolve("disk")));
    this.studio = studio();
    this.cast = new Cast(folder, folder.resolve("disk/server"), studio, random, diary);
  }

  private Studio studio() throws IOException, MediaException {
    Studio made = new Studio(folder.resolve("disk/work"));
    made.set("frames-per-chunk", FRAMES / CHUNKS).set("retries", 100);
    made.set("comfyui.wait", "60s").set("comfyui.stall-after", "10s");
    made.set("deliver", "gs://" + UnreliableStore.BUCKET + "/" + prefix());
    made.set("delivery.host", store.gcs().host());
    for (String name : NAMES) {
      made.prompt(name, FRAMES, FRAMES + 4);
    }
    return made;
  }

  private String prefix() {
    return "round" + number;
  }

  /**
   * Plays it to its end.
   *
   * @param enough whether no further mischief is wanted
   * @return what was wrong in the end
   */
  List<String> play(BooleanSupplier enough) throws Exception {
    try (disk;
        cast) {
      long start = System.nanoTime();
      while (!enough.getAsBoolean() && System.nanoTime() - start < LONGEST.toNanos()) {
        if (isOverBeforeTheMoment()) {
          break;
        }
        reviveServer();
        act(Mischief.pick(random));
      }
      finish();
      problems.addAll(
          new Proof(studio, store.gcs(), prefix(), cast.journal(), serverDeaths).problems());
      Renders renders = Renders.of(cast.journal());
      diary.add("renders begun", renders.count("started"));
      diary.add("renders finished", renders.count("success"));
      if (!problems.isEmpty()) {
        disk.copyTo(folder.resolve("kept"));
      }
      return problems;
    }
  }

  /** Half of all moments come soon after a job began or ended, the others at any time. */
  private boolean isOverBeforeTheMoment() throws Exception {
    if (random.nextBoolean()) {
      return isOverWithin(Duration.ofMillis(20 + random.nextInt(MOMENT)));
    }
    long before = journalLength();
    for (int waited = 0; waited < NEXT_JOB && journalLength() == before; waited += LOOK) {
      if (isOverWithin(Duration.ofMillis(LOOK))) {
        return true;
      }
    }
    return isOverWithin(Duration.ofMillis(1 + random.nextInt(BRIEF)));
  }

  private long journalLength() throws IOException {
    return Files.exists(cast.journal()) ? Files.size(cast.journal()) : 0;
  }

  /** Waits for the next moment; true when all is delivered before. */
  private boolean isOverWithin(Duration time) throws Exception {
    if (!cast.runner().endsWithin(time)) {
      return false;
    }
    int code = cast.runner().exit();
    judge(code);
    if (code == 0) {
      return true;
    }
    diary.did("run ended with " + code, "");
    cast.startRunner(false);
    return false;
  }

  private void judge(int code) throws IOException {
    String told = cast.runner().err() + cast.runner().out();
    if (!USUAL_ENDS.contains(code) && !refusedAFullDisk(code, told)) {
      problems.add("a run ended with " + code + ": " + cast.runner().err());
    }
    if (told.contains("defect of this program") || told.contains("Exception in thread")) {
      problems.add("a run met a defect: " + cast.runner().err());
    }
  }

  /** A run that begins while the disk is full says so and begins nothing. */
  private static boolean refusedAFullDisk(int code, String told) {
    return code == 2 && told.contains("the output folder cannot be used");
  }

  /** A server that crashed by its script is started again, and one that hangs is killed first. */
  private void reviveServer() throws Exception {
    long size = journalLength();
    if (size != journalSize) {
      journalSize = size;
      journalGrew = System.nanoTime();
    }
    if (!cast.server().isAlive()) {
      diary.did("server crashed", "it ended with " + cast.server().exit());
      newServer(FaultScript.pick(random));
    } else if (System.nanoTime() - journalGrew > STUCK.toNanos()) {
      diary.did("server killed for standing still", "");
      killServer();
    }
  }

  private void act(Mischief mischief) throws Exception {
    switch (mischief) {
      case KILL_RUNNER -> killRunner();
      case KILL_SERVER -> {
        diary.did(SERVER_DIED, "");
        killServer();
      }
      case KILL_BOTH -> {
        diary.did(SERVER_DIED, "and");
        cast.server().kill();
        killRunner();
        newServer(FaultScript.pick(random));
      }
      case TERMINATE_RUNNER -> terminate();
      case FREEZE_RUNNER -> freeze(mischief, cast.runner());
      case FREEZE_SERVER -> freeze(mischief, cast.server());
      case STORE_OUTAGE -> outage();
      case FULL_DISK -> fullDisk();
    }
  }

  private void killRunner() throws Exception {
    diary.did(RUNNER_DIED, "");
    cast.runner().kill();
    cast.startRunner(false);
  }

  private void killServer() throws Exception {
    cast.server().kill();
    newServer(FaultScript.pick(random));
  }

  private void newServer(String faults) throws IOException {
    serverDeaths++;
    journalGrew = System.nanoTime();
    cast.startServer(faults);
  }

  private void terminate() throws Exception {
    diary.did(Mischief.TERMINATE_RUNNER.words(), "");
    cast.runner().terminate();
    int code = cast.runner().exit();
    // Before the program's own code is there, the JVM ends as the signal says.
    if (code != 143) {
      judge(code);
    }
    cast.startRunner(false);
  }

  private void freeze(Mischief mischief, Child one) throws Exception {
    int millis = random.nextInt(MOMENT);
    diary.did(mischief.words(), millis + " ms");
    one.freeze();
    Thread.sleep(millis);
    one.thaw();
  }

  private void outage() throws InterruptedException {
    UnreliableStore.Outage outage = UnreliableStore.Outage.pick(random);
    int millis = random.nextInt(OUTAGE);
    diary.did(Mischief.STORE_OUTAGE.words(), outage + " for " + millis + " ms");
    store.become(outage);
    Thread.sleep(millis);
    store.become(UnreliableStore.Outage.NONE);
  }

  private void fullDisk() throws Exception {
    if (!disk.canBeFilled()) {
      diary.did("disk not filled", "no tmpfs may be mounted here");
      return;
    }
    int millis = random.nextInt(MOMENT);
    diary.did(Mischief.FULL_DISK.words(), millis + " ms");
    disk.fill();
    Thread.sleep(millis);
    disk.free();
  }

  /** No more mischief: one last run brings everything to its end. */
  private void finish() throws Exception {
    if (cast.runner().isAlive()) {
      diary.say("calm: a server without faults, and the run goes on");
      cast.server().kill();
      newServer("");
      if (cast.runner().endsWithin(LAST_RUN) && cast.runner().exit() == 0) {
        return;
      }
    } else if (cast.runner().exit() == 0) {
      return;
    }
    cast.runner().close();
    cast.startRunner(true);
    if (!cast.runner().endsWithin(LAST_RUN)) {
      problems.add("the last run did not end within " + LAST_RUN + ": " + cast.runner().err());
    } else if (cast.runner().exit() != 0) {
      problems.add("the last run ended with " + cast.runner().exit() + cast.runner().err());
    }
  }
}
