package dev.promptrunner.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptFolderTest {
  @TempDir Path dir;

  @Test
  void takes_visible_text_files_of_a_folder_in_natural_order() throws IOException {
    for (String name :
        List.of("shot10.txt", "shot2.txt", "Shot1.TXT", ".hidden.txt", "._shot2.txt", "notes.md")) {
      prompt(name, "v");
    }
    Files.createDirectories(dir.resolve("sub.txt"));
    Files.writeString(Files.createDirectory(dir.resolve("sub")).resolve("deep.txt"), "x");

    PromptFiles files = PromptFolder.read(List.of(dir));

    assertThat(files.problems()).isEmpty();
    assertThat(files.good())
        .extracting(file -> dir.relativize(file.file()).toString())
        .containsExactly("Shot1.TXT", "shot2.txt", "shot10.txt");
    assertThat(files.good()).extracting(PromptFile::stem).contains("Shot1", "shot2", "shot10");
  }

  @Test
  void a_name_comes_before_its_longer_variants() throws IOException {
    for (String name : List.of("walk-in-the-rain.txt", "walk 2.txt", "walk.txt", "walk.TXT")) {
      prompt(name, "walk");
    }
    assertThat(PromptFolder.read(List.of(dir)).good())
        .extracting(file -> dir.relativize(file.file()).toString())
        .containsExactly("walk.TXT", "walk.txt", "walk 2.txt", "walk-in-the-rain.txt");
  }

  @Test
  void the_shipped_samples_are_good() {
    PromptFiles samples = PromptFolder.read(List.of(Path.of("prompt_files")));
    assertThat(samples.problems()).isEmpty();
    assertThat(samples.good())
        .extracting(PromptFile::stem)
        .containsExactly("walk", "walk-in-the-rain");
    assertThat(samples.good()).extracting(PromptFile::videoName).containsOnly("walk");
    assertThat(samples.good()).extracting(PromptFile::frames).containsExactly(60, 230);
    assertThat(samples.good().getLast().positive()).contains("\n\n");
    assertThat(samples.good()).allMatch(file -> file.negative().contains("倒退行走"));
  }

  @Test
  void takes_a_file_named_twice_once() throws IOException {
    Path file = prompt("walk.txt", "walk");
    Path detour = dir.resolve("..").resolve(dir.getFileName()).resolve("walk.txt");
    assertThat(PromptFolder.read(List.of(file, dir, detour)).good()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "walk.mp4, walk.mp4",
    "WALK.MP4, WALK.MP4",
    "walk.mov|walk.mp4|dance.mp4, walk.mp4",
    "walk.mkv|walk.webm, walk.webm",
    "dance.mp4|dance.mov, dance.mp4",
    "walk.mkv|dance.mp4, walk.mkv",
    "WALK.mp4|walk.mp4, walk.mp4",
    "Walk.mp4|WALK.mp4, WALK.mp4",
  })
  void finds_the_control_video_by_stem_then_by_video_name(String present, String found)
      throws IOException {
    Path file = prompt("walk.txt", "dance");
    for (String name : present.split("\\|")) {
      Files.writeString(dir.resolve(name), "video");
    }
    assertThat(PromptFolder.read(List.of(file)).good().getFirst().controlVideo())
        .contains(dir.resolve(found));
  }

  @Test
  void leaves_the_video_to_the_server_when_there_is_none_beside_the_file() throws IOException {
    Path file = prompt("walk.txt", "dance");
    Files.createDirectory(dir.resolve("walk.mp4"));
    Files.writeString(dir.resolve("dance.png"), "picture of another file");
    PromptFile read = PromptFolder.read(List.of(file)).good().getFirst();
    assertThat(read.controlVideo()).isEmpty();
    assertThat(read.referenceImage()).isEmpty();
  }

  @Test
  void finds_the_reference_picture_by_stem_and_accents_in_either_composition() throws IOException {
    Path file = prompt("caf\u00e9.txt", "dance");
    Files.writeString(dir.resolve("cafe\u0301.PNG"), "picture");
    assertThat(PromptFolder.read(List.of(file)).good().getFirst().referenceImage())
        .contains(dir.resolve("cafe\u0301.PNG"));
  }

  @Test
  void reports_all_problems_of_all_paths_and_reads_the_good_ones() throws IOException {
    Path good = prompt("good.txt", "walk");
    Path bad = Files.writeString(dir.resolve("bad.txt"), "../x\n\n0\n\np\n\nn");
    Path missing = dir.resolve("missing.txt");
    Path empty = Files.createDirectory(dir.resolve("empty"));
    Path huge = dir.resolve("huge.txt");
    Files.write(huge, new byte[1_000_001]);

    PromptFiles files = PromptFolder.read(List.of(missing, bad, empty, huge, good));

    assertThat(files.good()).extracting(PromptFile::file).containsExactly(good);
    assertThat(files.bad()).containsExactly(missing, bad, empty, huge);
    assertThat(files.problems())
        .extracting(Problem::toString)
        .containsExactly(
            missing
                + ": there is no such file or folder: check the path, or give the folder that holds"
                + " the prompt files",
            bad
                + ":1: the video name is a path, found '../x': write x and put the video beside the"
                + " prompt file",
            bad
                + ":3: the number of frames must be a whole number from 1 to 1000000, found '0':"
                + " write plain digits, such as 500",
            empty
                + ": the folder holds no prompt file: put a .txt file into it, with four parts"
                + " separated by empty lines: video name, number of frames, positive prompt,"
                + " negative prompt",
            huge
                + ": a prompt file is at most 1.0 MB, found '1000001 bytes': give the text file"
                + " with the prompt, not the video");
  }

  @Test
  void a_file_that_cannot_be_read_is_reported_and_a_lost_link_is_missing() throws IOException {
    Path circle = Files.createSymbolicLink(dir.resolve("circle.txt"), Path.of("circle.txt"));
    Path lost = Files.createSymbolicLink(dir.resolve("lost.txt"), Path.of("gone.txt"));
    assertThat(PromptFolder.read(List.of(dir)).problems())
        .extracting(Problem::toString)
        .containsExactly(
            circle
                + ": it cannot be read, found 'too many levels of symbolic links or unable to"
                + " access attributes of symbolic link': make it readable for this user",
            lost
                + ": there is no such file or folder: check the path, or give the folder that holds"
                + " the prompt files");
  }

  @Test
  void refuses_what_is_neither_file_nor_folder() {
    assertThat(PromptFolder.read(List.of(Path.of("/dev/null"))).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "/dev/null: this is neither a file nor a folder: give a prompt file or a folder of"
                + " prompt files");
  }

  @Test
  void reads_ten_thousand_files_fast_enough_for_a_plan_in_a_second() throws IOException {
    IntStream.range(0, 10_000).forEach(i -> prompt("shot" + i + ".txt", "walk"));
    Files.writeString(dir.resolve("walk.mp4"), "video");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    PromptFiles files = PromptFolder.read(List.of(dir));
    Duration cpu = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    assertThat(files.good()).hasSize(10_000).allMatch(file -> file.controlVideo().isPresent());
    // A third of a second on a cold JVM; the bound only finds work that grows with the square.
    assertThat(cpu).isLessThan(Duration.ofSeconds(3));
  }

  private Path prompt(String name, String video) {
    try {
      return Files.writeString(dir.resolve(name), video + "\n\n100\n\nA man walks.\n\nblurry\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
