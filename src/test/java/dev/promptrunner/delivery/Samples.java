package dev.promptrunner.delivery;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.delivery.Manifest.Artifact;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A finished work to deliver. */
final class Samples {
  static final WorkKey KEY = new WorkKey(Digest.of("walk"));
  static final String ZIP = "walk_" + KEY.key8() + ".zip";

  private Samples() {}

  /** A file that does not compress, the same for the same seed. */
  static Path video(Path folder, String name, long bytes, long seed) {
    Path file = folder.resolve(name);
    byte[] block = new byte[1 << 16];
    Random random = new Random(seed);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long at = 0; at < bytes; at += block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(block.length, bytes - at));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Manifest manifest(Path video) {
    return manifest(video, Engine.COMFYUI);
  }

  static Manifest manifest(Path video, Engine engine) {
    return new Manifest(
        "walk",
        KEY,
        engine,
        new Manifest.Prompt("walk.txt", List.of("a man walks", "blurry"), Digest.of("p")),
        Optional.of(new Artifact("walk.mp4", 123, Digest.of("c"))),
        Optional.empty(),
        new Manifest.Recipe("wan22-vace.yaml", Digest.of("r")),
        Map.of("size", "832x480", "frames-per-chunk", "100", "lora", "/models/fast.safetensors"),
        List.of(job("job_002", 2), job("job_001", 1)),
        finalVideo(video),
        Manifest.Spent.of(
            Map.of("LOW", Duration.ofMillis(90_500), "HIGH", Duration.ofMillis(30_250)),
            finalVideo(video),
            0.69),
        new Manifest.Versions("0.1.0", "25.0.1", "8.0.1", Optional.of("0.3.64")));
  }

  static Manifest.FinalVideo finalVideo(Path video) {
    try {
      return new Manifest.FinalVideo(
          500, new FrameSize(832, 480), FrameRate.of(16), Files.size(video), Digest.of(video));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Manifest.Job job(String label, int minute) {
    return new Manifest.Job(
        JobId.of("walk", KEY, label),
        "HIGH",
        Optional.of(new BigInteger("18446744073709551615")),
        Optional.of("0c5f1c1e-0000-4000-8000-00000000000" + minute),
        Instant.parse("2026-11-21T09:0" + minute + ":00Z"),
        Instant.parse("2026-11-21T09:0" + minute + ":30.250Z"),
        Duration.ofMillis(30_250),
        1,
        List.of(
            new Artifact("chunks/z.latent", 9, Digest.of("z")),
            new Artifact("a", 1, Digest.of("a"))),
        List.of(new Artifact("chunks/" + label + ".latent", 10, Digest.of(label))));
  }
}
