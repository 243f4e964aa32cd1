package dev.promptrunner.delivery;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a delivered video is and how it came to be, from stored data alone: the same stored data
 * give the same bytes. Absolute paths are reduced to their last name; jobs and settings are sorted.
 *
 * @param work the prompt file's name without its ending; can be a file name
 * @param key what makes this work the same work
 * @param settings those that change pixels, each as the user would write it
 * @param jobs every job that led to the video
 */
public record Manifest(
    String work,
    WorkKey key,
    Engine engine,
    Prompt prompt,
    Optional<Artifact> controlVideo,
    Optional<Artifact> referenceImage,
    Recipe recipe,
    Map<String, String> settings,
    List<Job> jobs,
    FinalVideo video,
    Spent spent,
    Versions versions) {
  public Manifest {
    Portable.fileName(work);
    Map<String, String> portable = new TreeMap<>();
    settings.forEach((name, value) -> portable.put(name, Portable.path(value)));
    settings = Collections.unmodifiableMap(portable);
    jobs = jobs.stream().sorted(Comparator.comparing(Job::id)).toList();
  }

  /**
   * The source prompt.
   *
   * @param file its file name
   * @param parts the texts, in the file's order
   * @param sha256 of the file as it was read
   */
  public record Prompt(String file, List<String> parts, Digest sha256) {
    public Prompt {
      file = Portable.path(file);
      parts = List.copyOf(parts);
    }
  }

  /**
   * A file that went in or came out.
   *
   * @param name relative to the output root, or a name alone
   * @param bytes its size
   */
  public record Artifact(String name, long bytes, Digest sha256) {
    public Artifact {
      name = Portable.path(name);
    }
  }

  /**
   * The recipe that was followed.
   *
   * @param name its file name
   */
  public record Recipe(String name, Digest sha256) {
    public Recipe {
      name = Portable.path(name);
    }
  }

  /**
   * One job.
   *
   * @param kind such as {@code HIGH}, {@code LOW}, {@code COMBINE}
   * @param seed unsigned 64 bits; absent where nothing is drawn by lot
   * @param promptId the server's, absent for a job done without a server
   * @param took the job's own time; without the queue, so it may be shorter than start to end
   * @param attempts how many were needed, ≥ 1
   */
  public record Job(
      JobId id,
      String kind,
      Optional<BigInteger> seed,
      Optional<String> promptId,
      Instant start,
      Instant end,
      Duration took,
      int attempts,
      List<Artifact> inputs,
      List<Artifact> outputs) {
    public Job {
      inputs = byName(inputs);
      outputs = byName(outputs);
    }

    private static List<Artifact> byName(List<Artifact> artifacts) {
      return artifacts.stream().sorted(Comparator.comparing(Artifact::name)).toList();
    }
  }

  /**
   * The video in the archive.
   *
   * @param bytes its size
   */
  public record FinalVideo(int frames, FrameSize size, FrameRate rate, long bytes, Digest sha256) {}

  /**
   * What it cost, failed tries too, in all runs that led to it.
   *
   * @param gpuSeconds time in which a server was at work, by kind of job
   * @param gpuSecondsPerVideoSecond all of it for a second of the video
   * @param dollarsPerGpuHour the price when the video was finished, if it was known
   * @param dollars all GPU time at that price
   */
  public record Spent(
      Map<String, Duration> gpuSeconds,
      BigDecimal gpuSecondsPerVideoSecond,
      Optional<BigDecimal> dollarsPerGpuHour,
      Optional<BigDecimal> dollars) {
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    public Spent {
      gpuSeconds = Collections.unmodifiableMap(new TreeMap<>(gpuSeconds));
    }

    /**
     * Works the figures out.
     *
     * @param dollarsPerGpuHour 0 or less when nobody knows
     */
    public static Spent of(Map<String, Duration> gpu, FinalVideo video, double dollarsPerGpuHour) {
      BigDecimal millis =
          BigDecimal.valueOf(gpu.values().stream().mapToLong(Duration::toMillis).sum());
      BigDecimal perSecond =
          millis
              .multiply(BigDecimal.valueOf(video.rate().numerator()))
              .divide(
                  BigDecimal.valueOf(1000L * video.rate().denominator() * video.frames()),
                  3,
                  RoundingMode.HALF_UP);
      Optional<BigDecimal> price =
          Optional.of(dollarsPerGpuHour)
              .filter(known -> known > 0)
              .map(known -> BigDecimal.valueOf(known).setScale(4, RoundingMode.HALF_UP));
      return new Spent(
          gpu,
          perSecond,
          price,
          price.map(
              each -> each.multiply(millis).divide(MILLIS_PER_HOUR, 4, RoundingMode.HALF_UP)));
    }
  }

  /**
   * What it was made with, each as it names itself.
   *
   * @param comfyui absent when no server was there, or it did not say
   */
  public record Versions(String program, String java, String ffmpeg, Optional<String> comfyui) {}

  /** The archive's {@code manifest.json}: UTF-8, indented, ends with a line feed. */
  public byte[] json() {
    return ManifestJson.write(this);
  }

  /** The archive's name in the store: {@code walk_3f2a91c0.zip}. */
  public String archiveName() {
    return work + "_" + key.key8() + ".zip";
  }
}
