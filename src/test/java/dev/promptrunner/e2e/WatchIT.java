package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Sleeper;
import dev.promptrunner.event.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on waiting for prompt files, and ends by itself when none comes. */
@Timeout(120)
class WatchIT {
  private static final int FRAMES = 16;

  private static final Charset LATIN = StandardCharsets.ISO_8859_1;

  @TempDir Path folder;

  @Test
  void a_file_that_is_written_slowly_is_taken_up_once_it_is_whole() throws Exception {
    Studio studio = studio();
    studio.prompt("turn", FRAMES, 20);
    Path late = studio.prompts().resolve("turn.txt");
    String text = Files.readString(late);
    Files.delete(late);
    Looks looks =
        new Looks(
            List.of(
                () -> append(late, text.substring(0, 9)),
                () -> append(late, text.substring(9, 20)),
                () -> append(late, text.substring(20))));

    assertBothAreMade(studio, studio.run(looks));
  }

  @Test
  void a_prompt_file_that_comes_before_its_control_video_waits_for_it() throws Exception {
    Studio studio = studio();
    studio.prompt("turn", FRAMES, 20);
    Path video = studio.prompts().resolve("turn.mp4");
    byte[] bytes = Files.readAllBytes(video);
    int half = bytes.length / 2;
    Files.delete(video);
    Looks looks =
        new Looks(
            List.of(
                () -> {},
                () -> {},
                () -> append(video, new String(bytes, 0, half, LATIN)),
                () -> {},
                () -> {},
                () -> append(video, new String(bytes, half, bytes.length - half, LATIN))));

    assertBothAreMade(studio, studio.run(looks));
  }

  @Test
  void a_folder_may_be_empty_at_the_start() throws Exception {
    Studio studio = empty();
    Looks looks = new Looks(List.of(() -> {}, () -> paint(studio, "walk"), () -> {}));

    Studio.Run run = studio.run(looks);

    assertThat(run.exit()).isZero();
    assertThat(run.of(RunEvent.WorkDone.class)).hasSize(1);
  }

  @Test
  void a_file_that_stays_bad_is_left_out_and_the_exit_code_tells() throws Exception {
    Studio studio = studio();
    Path bad = studio.prompts().resolve("turn.txt");
    Looks looks = new Looks(List.of(() -> append(bad, "turn\n\nmany\n")));

    Studio.Run run = studio.run(looks);

    assertThat(run.exit()).isOne();
    assertThat(run.of(RunEvent.WorkDone.class)).hasSize(1);
  }

  @Test
  void a_late_prompt_file_for_the_same_video_gets_a_name_of_its_own() throws Exception {
    Studio studio = studio();
    Path late = studio.prompts().resolve("again.txt");
    String text = Files.readString(studio.prompts().resolve("walk.txt"));
    Looks looks = new Looks(List.of(() -> {}, () -> append(late, text + " at night\n"), () -> {}));

    Studio.Run run = studio.run(looks);

    assertThat(run.exit()).isZero();
    assertThat(studio.finalVideo("walk")).exists();
    assertThat(studio.finalVideo("walk-again")).exists();
  }

  private Studio studio() throws Exception {
    return empty().prompt("walk", FRAMES, 20);
  }

  private Studio empty() throws Exception {
    Studio studio = new Studio(folder).set("engine", "simulator").set("frames-per-chunk", 8);
    return studio.set("watch", true).set("idle-exit", "2s");
  }

  private static void paint(Studio studio, String name) {
    try {
      studio.prompt(name, FRAMES, 20);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertBothAreMade(Studio studio, Studio.Run run) throws Exception {
    assertThat(run.exit()).isZero();
    assertThat(run.of(RunEvent.WorkStarted.class)).hasSize(2);
    assertThat(run.of(RunEvent.WorkDone.class)).hasSize(2);
    for (String name : List.of("walk", "turn")) {
      assertThat(Studio.numbers(studio.finalVideo(name))).isEqualTo(Studio.counted(FRAMES, 2));
    }
  }

  /** Shorter pauses between two looks for new files, with something done in each of the first. */
  private static final class Looks implements Sleeper {
    private final List<Runnable> steps;

    Looks(List<Runnable> steps) {
      this.steps = new ArrayList<>(steps);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      boolean look = Thread.currentThread().getName().equals("watch");
      if (look && !steps.isEmpty()) {
        steps.removeFirst().run();
      }
      Sleeper.SYSTEM.sleep(look ? duration.dividedBy(5) : duration);
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.write(file, text.getBytes(LATIN), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
