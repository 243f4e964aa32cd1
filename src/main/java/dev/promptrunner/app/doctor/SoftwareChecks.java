package dev.promptrunner.app.doctor;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.FfmpegBuild;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.TestPattern;
import dev.promptrunner.media.VideoProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Java, FFmpeg and the system below them. */
final class SoftwareChecks {
  private static final int LEAST_JAVA = 25;
  private static final int FRAMES = 5;

  private SoftwareChecks() {}

  static Finding java(Runtime.Version version, String vendor) {
    String found = version + " (" + vendor + ")";
    return version.feature() >= LEAST_JAVA
        ? Finding.ok(Area.MACHINE, "Java", found)
        : Finding.problem(
            Area.MACHINE,
            "Java",
            found + ", which is older than " + LEAST_JAVA,
            "install a JDK 25 and start with scripts/prompt-runner, which finds it");
  }

  /** Writes a small video and reads it back: a library that is there may still not work. */
  static Finding ffmpeg() throws IOException {
    Path folder = Files.createTempDirectory("prompt-runner-doctor-");
    Path video = folder.resolve("probe.mp4");
    try {
      FfmpegBuild build = FfmpegBuild.current();
      TestPattern.write(video, new FrameSize(64, 64), FrameRate.of(16), FRAMES);
      return ffmpeg(build, VideoProbe.probe(video).frames());
    } catch (MediaException e) {
      return Finding.problem(
          Area.MACHINE,
          "FFmpeg",
          e.asFailure().attempted() + ": " + e.asFailure().found(),
          e.asFailure().remedy());
    } finally {
      Files.deleteIfExists(video);
      Files.delete(folder);
    }
  }

  static Finding ffmpeg(FfmpegBuild build, int frames) {
    String found =
        "%s, %s; %s wrote a video of %d frames that reads back"
            .formatted(build.version(), build.licence(), build.h264Encoder(), frames);
    if (frames != FRAMES) {
      return Finding.problem(
          Area.MACHINE,
          "FFmpeg",
          "%s, %s: %s was given %d frames and %d read back"
              .formatted(build.version(), build.licence(), build.h264Encoder(), FRAMES, frames),
          "build the program again (./mvnw package), and see that the machine is x86-64");
    }
    return build
        .note()
        .map(note -> Finding.warning(Area.MACHINE, "FFmpeg", found, note))
        .orElseGet(() -> Finding.ok(Area.MACHINE, "FFmpeg", found));
  }

  /** The library for other systems is not in the jar. */
  static Finding system(Machine machine, String name, String architecture) {
    String distribution =
        machine.value("etc/os-release", "PRETTY_NAME=").orElse(name).replace("\"", "");
    String kernel = machine.text("proc/sys/kernel/osrelease").orElse("unknown");
    String found =
        "%s, kernel %s, %s, %s".formatted(distribution, kernel, architecture, container(machine));
    boolean known = name.equals("Linux") && List.of("amd64", "x86_64").contains(architecture);
    return known
        ? Finding.ok(Area.MACHINE, "system", found)
        : Finding.problem(
            Area.MACHINE,
            "system",
            found,
            "use Linux on x86-64: the FFmpeg inside this program is built for it alone");
  }

  private static String container(Machine machine) {
    String groups = machine.text("proc/1/cgroup").orElse("");
    if (machine.environment().containsKey("KUBERNETES_SERVICE_HOST")
        || groups.contains("kubepods")) {
      return "in a Kubernetes pod";
    }
    if (machine.has("run/.containerenv") || groups.contains("libpod")) {
      return "in a Podman container";
    }
    if (machine.has(".dockerenv") || groups.contains("docker")) {
      return "in a Docker container";
    }
    return groups.contains("lxc") ? "in an LXC container" : "in no container";
  }
}
