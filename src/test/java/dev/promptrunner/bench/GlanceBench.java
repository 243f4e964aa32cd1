package dev.promptrunner.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Encoding;
import dev.promptrunner.media.FrameWriter;
import dev.promptrunner.media.Glance;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.TestPattern;
import dev.promptrunner.media.Verification;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Posters and all measures (without a reference) of 200 videos of 81 frames at 832x480 on two
 * threads, against decoding the same files one after the other and doing nothing with the frames.
 * The 200 are links to a few videos with grain; each is decoded. Ends with 1 when it takes more
 * than a minute.
 */
public final class GlanceBench {
  private static final int VIDEOS = 200;
  private static final int DISTINCT = 4;
  private static final int FRAMES = 81;
  private static final int THREADS = 2;
  private static final double MOST_SECONDS = 60;
  private static final FrameSize SIZE = new FrameSize(832, 480);
  private static final FrameRate RATE = FrameRate.of(16);

  private GlanceBench() {}

  /** By the clock, and of all processors in sum. */
  private record Spent(double seconds, double processors) {}

  public static void main(String[] args) throws Exception {
    Marks marks = new Marks();
    try (BenchFolder folder = BenchFolder.open("glance")) {
      run(videos(folder.path()), marks);
    }
    marks.exit();
  }

  private static void run(List<Path> videos, Marks marks) throws Exception {
    Glance.of(videos.getFirst(), Glance.Asked.usual());
    Spent glances = spent(() -> glances(videos));
    Spent decoding = spent(() -> decoding(videos));
    marks.say("%-34s %8s %10s %14s", "way", "s", "videos/s", "processors' s");
    print(marks, "posters and measures, 2 threads", glances);
    print(marks, "decoding alone, one by one", decoding);
    marks.say(
        "posters and measures / decoding alone: %.2f, of the processors' time %.2f",
        glances.seconds() / decoding.seconds(), glances.processors() / decoding.processors());
    double seconds = glances.seconds();
    marks.atMost("glance: 200 videos of 81 frames at 832x480", seconds, MOST_SECONDS, "s");
  }

  private static void print(Marks marks, String way, Spent spent) {
    marks.say(
        "%-34s %8.1f %10.1f %14.1f",
        way, spent.seconds(), VIDEOS / spent.seconds(), spent.processors());
  }

  private static Spent spent(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    double before = processorSeconds();
    work.call();
    return new Spent((System.nanoTime() - start) / 1e9, processorSeconds() - before);
  }

  /** Other programs' load makes the clock's time longer, but hardly this. */
  private static double processorSeconds() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime() / 1e9;
  }

  private static int glances(List<Path> videos) throws Exception {
    List<Callable<Glance>> looks = new ArrayList<>();
    videos.forEach(video -> looks.add(() -> Glance.of(video, Glance.Asked.usual())));
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Glance> done : threads.invokeAll(looks)) {
        requireWhole(done.get());
      }
    }
    return videos.size();
  }

  private static void requireWhole(Glance glance) {
    if (glance.frames() != FRAMES || glance.posters().size() != 3) {
      throw new IllegalStateException("not a whole glance: " + glance);
    }
  }

  private static int decoding(List<Path> videos) throws MediaException {
    for (Path video : videos) {
      Verification.verify(video, FRAMES);
    }
    return videos.size();
  }

  private static List<Path> videos(Path folder) throws Exception {
    List<Path> videos = new ArrayList<>();
    for (int number = 0; number < VIDEOS; number++) {
      Path video = folder.resolve("video_" + number + ".mp4");
      if (number < DISTINCT) {
        write(video, number);
      } else {
        Files.createLink(video, videos.get(number % DISTINCT));
      }
      videos.add(video);
    }
    return videos;
  }

  private static void write(Path video, int which) throws MediaException {
    try (FrameWriter writer = FrameWriter.create(video, SIZE, RATE, Encoding.standard())) {
      for (int i = 0; i < FRAMES; i++) {
        int number = which * FRAMES + i;
        writer.write(grainy(TestPattern.picture(SIZE, number), number));
      }
      writer.finish();
    }
  }

  /** Rendered video has grain; without it there would be little to decode. */
  private static Picture grainy(Picture picture, int seed) {
    Random random = new Random(seed);
    byte[] rgb = picture.rgb().clone();
    for (int i = 0; i + 2 < rgb.length; i += 3) {
      int grain = random.nextInt(7) - 3;
      for (int c = i; c < i + 3; c++) {
        rgb[c] = (byte) Math.clamp((rgb[c] & 0xff) + grain, 0, 255);
      }
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }
}
