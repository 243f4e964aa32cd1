package dev.promptrunner.bench;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.delivery.Delivered;
import dev.promptrunner.delivery.Delivery;
import dev.promptrunner.delivery.DeliverySettings;
import dev.promptrunner.delivery.Engine;
import dev.promptrunner.delivery.Manifest;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.delivery.ObjectStores;
import dev.promptrunner.delivery.ProgressListener;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Delivering a video of 500 MB (or as many as the first argument says) to a folder: STORED and
 * streamed, checked and read back as the product does it, against DEFLATE into a temporary file
 * which is then copied, with no check at all. Both in turn, three times; the medians count. Fails
 * when a mark is missed.
 */
public final class ArchiveBench {
  private static final int ROUNDS = 3;
  private static final double LEAST_RATIO = 4;
  private static final long MOST_HEAP = 64_000_000;

  private final Path work;
  private final Path video;
  private final Path target;
  private final Manifest manifest;
  private final Set<Path> foreignFiles = new HashSet<>();
  private long heap;

  private ArchiveBench(Path work, long bytes) throws IOException {
    this.work = work;
    target = Files.createDirectory(work.resolve("shelf"));
    video = work.resolve("final.mp4");
    writeVideo(bytes);
    manifest = manifest();
  }

  public static void main(String[] args) throws Exception {
    long megabytes = args.length > 0 ? Long.parseLong(args[0]) : 500;
    Marks marks = new Marks();
    try (BenchFolder folder = BenchFolder.open("archive")) {
      Path work = folder.path();
      System.setProperty("java.io.tmpdir", Files.createDirectory(work.resolve("tmp")).toString());
      new ArchiveBench(work, megabytes * 1_000_000).run(marks);
    }
    marks.exit();
  }

  private void run(Marks marks) throws Exception {
    List<Double> stored = new ArrayList<>();
    List<Double> deflated = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      stored.add(seconds(this::storedStream));
      deflated.add(seconds(this::deflatedCopy));
      marks.say("round %d: stored %.2f s, deflate %.2f s", round, last(stored), last(deflated));
    }
    double ratio = Marks.median(deflated) / Marks.median(stored);
    marks.say(
        "archive: %.2f s stored, %.2f s deflate and copy",
        Marks.median(stored), Marks.median(deflated));
    marks.say("  temporary files: %s", foreignFiles.isEmpty() ? "none" : foreignFiles);
    marks.atLeast("archive: deflate and copy / stored", ratio, LEAST_RATIO, "x");
    marks.atMost("archive: heap above what was used before", heap / 1e6, MOST_HEAP / 1e6, "MB");
    marks.atMost("archive: temporary files", foreignFiles.size(), 0, "");
  }

  private void storedStream() throws IOException, FailureException {
    Set<Path> before = files();
    long used = usedAfterCollection();
    resetPeaks();
    ProgressListener watch =
        (sent, total) -> {
          if (sent > total / 2 && sent <= total / 2 + (1 << 20)) {
            foreignFiles.addAll(newFiles(before));
          }
        };
    DeliverySettings settings = DeliverySettings.of(target.toUri().toString());
    try (ObjectStore store = ObjectStores.open(settings, InstantSource.system(), Sleeper.SYSTEM)) {
      Delivered delivered = new Delivery(store).deliver(manifest, video, watch);
      heap = Math.max(heap, peak() - used);
      foreignFiles.addAll(newFiles(before));
      require(!delivered.already() && delivered.bytes() > Files.size(video));
    }
    Files.delete(target.resolve(manifest.archiveName()));
  }

  private void deflatedCopy() throws IOException {
    Path temporary = Files.createTempFile(work, "archive", ".zip");
    try (OutputStream file = Files.newOutputStream(temporary);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("manifest.json"));
      zip.write(manifest.json());
      zip.putNextEntry(new ZipEntry("walk_final.mp4"));
      Files.copy(video, zip);
    }
    Path copy = target.resolve("deflated.zip");
    Files.copy(temporary, copy);
    Files.delete(temporary);
    Files.delete(copy);
  }

  /** What grew elsewhere than in the target folder. */
  private Set<Path> newFiles(Set<Path> before) {
    Set<Path> now = files();
    now.removeAll(before);
    return now;
  }

  private Set<Path> files() {
    Set<Path> files = new HashSet<>();
    for (Path folder : List.of(work, Path.of(System.getProperty("java.io.tmpdir")))) {
      try (Stream<Path> list = Files.list(folder)) {
        list.forEach(files::add);
      } catch (IOException e) {
        throw new IllegalStateException("cannot list " + folder, e);
      }
    }
    return files;
  }

  private void writeVideo(long bytes) throws IOException {
    Random random = new Random(1);
    byte[] block = new byte[1_000_000];
    try (OutputStream out = Files.newOutputStream(video)) {
      for (long at = 0; at < bytes; at += block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    try (FileChannel channel = FileChannel.open(video, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private Manifest manifest() throws IOException {
    Digest some = Digest.of("bench");
    Manifest.FinalVideo finalVideo =
        new Manifest.FinalVideo(
            500, new FrameSize(832, 480), FrameRate.of(16), Files.size(video), Digest.of(video));
    return new Manifest(
        "walk",
        new WorkKey(some),
        Engine.SIMULATOR,
        new Manifest.Prompt("walk.txt", List.of("a man walks"), some),
        Optional.empty(),
        Optional.empty(),
        new Manifest.Recipe("bench.yaml", some),
        Map.of(),
        List.of(),
        finalVideo,
        Manifest.Spent.of(Map.of(), finalVideo, 0),
        new Manifest.Versions(
            "bench", System.getProperty("java.version"), "none", Optional.empty()));
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private static double seconds(Step step) throws Exception {
    long start = System.nanoTime();
    step.run();
    return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static void resetPeaks() {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peak() {
    return heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static double last(List<Double> seconds) {
    return seconds.getLast();
  }

  private static void require(boolean held) {
    if (!held) {
      throw new IllegalStateException("the archive was not delivered whole");
    }
  }
}
