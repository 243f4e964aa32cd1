package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.media.FfmpegBuild;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftwareChecksTest {
  @TempDir Path root;

  @Test
  void java_of_25_and_later_is_fine() {
    assertThat(SoftwareChecks.java(Runtime.Version.parse("26+1"), "Temurin"))
        .isEqualTo(Finding.ok(Area.MACHINE, "Java", "26+1 (Temurin)"));
  }

  @Test
  void an_older_java_is_a_problem() {
    assertThat(SoftwareChecks.java(Runtime.Version.parse("21.0.2"), "Debian"))
        .isEqualTo(
            Finding.problem(
                Area.MACHINE,
                "Java",
                "21.0.2 (Debian), which is older than 25",
                "install a JDK 25 and start with scripts/prompt-runner, which finds it"));
  }

  @Test
  void ffmpeg_really_writes_and_reads_a_video() throws Exception {
    Finding finding = SoftwareChecks.ffmpeg();
    assertThat(finding.level()).isNotEqualTo(Level.PROBLEM);
    assertThat(finding.found()).contains("wrote a video of 5 frames that reads back");
  }

  @Test
  void a_build_without_x264_is_a_warning_and_lost_frames_are_a_problem() {
    FfmpegBuild build =
        new FfmpegBuild("8.0.1", "LGPL", "libopenh264", Optional.of("it has no libx264"));
    assertThat(SoftwareChecks.ffmpeg(build, 5))
        .isEqualTo(
            Finding.warning(
                Area.MACHINE,
                "FFmpeg",
                "8.0.1, LGPL; libopenh264 wrote a video of 5 frames that reads back",
                "it has no libx264"));
    assertThat(SoftwareChecks.ffmpeg(build, 4))
        .isEqualTo(
            Finding.problem(
                Area.MACHINE,
                "FFmpeg",
                "8.0.1, LGPL: libopenh264 was given 5 frames and 4 read back",
                "build the program again (./mvnw package), and see that the machine is x86-64"));
  }

  @Test
  void the_system_is_told_with_its_container() throws Exception {
    MachineFixture machine =
        new MachineFixture(root)
            .file("etc/os-release", "NAME=x\nPRETTY_NAME=\"Ubuntu 24.04.1 LTS\"\n")
            .file("proc/sys/kernel/osrelease", "6.8.0-45-generic\n");
    assertThat(SoftwareChecks.system(machine.with(2), "Linux", "amd64").found())
        .isEqualTo("Ubuntu 24.04.1 LTS, kernel 6.8.0-45-generic, amd64, in no container");
    machine.file(".dockerenv", "");
    assertThat(SoftwareChecks.system(machine.with(2), "Linux", "amd64").found())
        .endsWith("in a Docker container");
    machine.file("run/.containerenv", "");
    assertThat(SoftwareChecks.system(machine.with(2), "Linux", "amd64").found())
        .endsWith("in a Podman container");
    machine.variable("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    assertThat(SoftwareChecks.system(machine.with(2), "Linux", "amd64").found())
        .endsWith("in a Kubernetes pod");
  }

  @Test
  void another_system_is_a_problem() {
    assertThat(SoftwareChecks.system(new MachineFixture(root).with(2), "Mac OS X", "aarch64"))
        .isEqualTo(
            Finding.problem(
                Area.MACHINE,
                "system",
                "Mac OS X, kernel unknown, aarch64, in no container",
                "use Linux on x86-64: the FFmpeg inside this program is built for it alone"));
  }
}
