package dev.promptrunner.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookingTest {
  @TempDir Path folder;
  private Folders folders;

  @BeforeEach
  void empty() {
    folders = new Folders(folder);
  }

  private List<Entry> look(ResultFolder results) throws Exception {
    return look(results, Optional.empty());
  }

  private List<Entry> look(ResultFolder results, Optional<Path> reference) throws Exception {
    return new Looking(folders::look, 2).at(results, reference, (_, _) -> {});
  }

  private static Result bordered(int... borders) {
    List<Integer> frames = java.util.Arrays.stream(borders).boxed().toList();
    return Folders.result("a", Result.State.DONE, Map.of(), List.of("a/video.mp4"), frames);
  }

  @Test
  void what_was_seen_comes_in_the_order_of_the_results() throws Exception {
    ResultFolder results = folders.of(Folders.done("b", Map.of()), Folders.done("a", Map.of()));
    List<Entry> entries = look(results);
    assertThat(entries).extracting(entry -> entry.result().run()).containsExactly("b", "a");
    Preview preview = entries.getFirst().preview().orElseThrow();
    assertThat(preview.frames()).isEqualTo(33);
    assertThat(preview.posters()).hasSize(3).allMatch(p -> Files.exists(folder.resolve(p)));
    assertThat(preview.measures()).containsOnlyKeys("sharpness", "seam");
  }

  @Test
  void a_second_call_looks_at_nothing_and_finds_the_same() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()), Folders.done("b", Map.of()));
    List<Entry> first = look(results);
    folders.looked.clear();
    assertThat(look(results)).isEqualTo(first);
    assertThat(folders.looked).isEmpty();
  }

  @Test
  void a_file_written_anew_is_looked_at_again_and_its_old_posters_go() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()), Folders.done("b", Map.of()));
    look(results);
    List<String> before = folders.posters();
    folders.looked.clear();
    folders.video("a", "another");
    look(results);
    assertThat(folders.looked).containsExactly("a/video.mp4");
    assertThat(folders.posters()).hasSize(6).isNotEqualTo(before);
  }

  @Test
  void other_borders_are_another_look() throws Exception {
    look(folders.of(bordered(16)));
    look(folders.of(bordered(16)));
    look(folders.of(bordered(16, 32)));
    assertThat(folders.looked).hasSize(2);
  }

  @Test
  void another_reference_is_another_look() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()));
    Path reference = Files.writeString(folder.resolve("reference.mp4"), "first");
    look(results);
    look(results, Optional.of(reference));
    look(results, Optional.of(reference));
    Files.writeString(reference, "the second");
    look(results, Optional.of(reference));
    assertThat(folders.looked).hasSize(3);
  }

  @Test
  void a_reference_that_is_not_there_is_refused() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()));
    assertThatThrownBy(() -> look(results, Optional.of(folder.resolve("none.mp4"))))
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "Configuration: comparing with the reference %s: there is no such file or folder —"
                    .formatted(folder.resolve("none.mp4"))
                + " give the path of a video that exists");
  }

  @Test
  void a_poster_that_was_lost_is_made_again() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()));
    Path poster = folder.resolve(look(results).getFirst().preview().orElseThrow().posters().get(1));
    Files.delete(poster);
    look(results);
    assertThat(poster).exists();
    assertThat(folders.looked).hasSize(2);
  }

  @Test
  void half_a_line_and_half_a_poster_of_a_crash_do_no_harm() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()), Folders.done("b", Map.of()));
    look(results);
    Path kept = folder.resolve(ContactSheet.FOLDER);
    Path lines = kept.resolve("looks.jsonl");
    String whole = Files.readString(lines);
    Files.writeString(lines, whole.substring(0, whole.length() - 20));
    Files.writeString(kept.resolve("0123456789abcdef-1.jpg.part"), "half");
    folders.looked.clear();
    look(results);
    assertThat(folders.looked).hasSize(1);
    assertThat(lines).hasContent(whole);
    assertThat(kept.resolve("0123456789abcdef-1.jpg.part")).doesNotExist();
  }

  @Test
  void what_was_seen_before_the_end_of_a_run_that_broke_off_is_kept() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()), Folders.done("b", Map.of()));
    Looker dies =
        (file, borders, reference) -> {
          if (file.endsWith("b/video.mp4")) {
            throw new OutOfMemoryError("of the test");
          }
          return folders.look(file, borders, reference);
        };
    assertThatThrownBy(() -> new Looking(dies, 1).at(results, Optional.empty(), (_, _) -> {}))
        .isInstanceOf(OutOfMemoryError.class);
    folders.looked.clear();
    look(results);
    assertThat(folders.looked).containsExactly("b/video.mp4");
  }

  @Test
  void a_file_that_cannot_be_looked_at_has_its_trouble_and_the_others_go_on() throws Exception {
    folders.video("a", "broken");
    folders.video("c", "odd");
    List<Entry> entries =
        look(
            folders.of(
                Folders.done("a", Map.of()),
                Folders.done("b", Map.of()),
                Folders.done("c", Map.of())));
    assertThat(entries.get(0).trouble().map(Failure::sentence))
        .contains("decoding it: it breaks off — render it again");
    assertThat(entries.get(1).preview()).isPresent();
    assertThat(entries.get(2).trouble().map(Failure::sentence))
        .contains(
            "looking at c/video.mp4: java.lang.IllegalStateException: nobody thought of this —"
                + " play the file; report it when it is in order");
  }

  @Test
  void a_file_that_is_gone_has_its_trouble() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()));
    Files.delete(folder.resolve("a/video.mp4"));
    assertThat(look(results).getFirst().trouble().map(Failure::sentence))
        .contains(
            "looking at a/video.mp4: there is no such file or folder — bring the file back, or"
                + " render it again");
  }

  @Test
  void runs_without_a_video_or_image_are_not_looked_at() throws Exception {
    Map<String, Object> none = Map.of();
    List<Entry> entries =
        look(
            folders.of(
                Folders.result("a", Result.State.OPEN, none, List.of(), List.of()),
                Folders.result("b", Result.State.FAILED, none, List.of("b/v.mp4"), List.of()),
                Folders.result("c", Result.State.DONE, none, List.of("c/x.latent"), List.of()),
                Folders.result(
                    "d", Result.State.DONE, none, List.of("d/x.latent", "d/y.png"), List.of())));
    assertThat(folders.looked).containsExactly("d/y.png");
    assertThat(entries).filteredOn(entry -> entry.trouble().isPresent()).isEmpty();
  }

  @Test
  void files_are_looked_at_side_by_side() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Looker waits =
        (file, borders, reference) -> {
          both.countDown();
          try {
            assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return folders.look(file, borders, reference);
        };
    ResultFolder results = folders.of(Folders.done("a", Map.of()), Folders.done("b", Map.of()));
    assertThat(new Looking(waits, 2).at(results, Optional.empty(), (_, _) -> {})).hasSize(2);
  }

  @Test
  void progress_counts_every_file_once_kept_or_not() throws Exception {
    folders.video("a", "broken");
    ResultFolder results =
        folders.of(
            Folders.done("a", Map.of()),
            Folders.done("b", Map.of()),
            Folders.result("c", Result.State.OPEN, Map.of(), List.of(), List.of()));
    look(results);
    List<String> heard = new ArrayList<>();
    new Looking(folders::look, 2)
        .at(results, Optional.empty(), (done, total) -> heard.add(done + " of " + total));
    assertThat(heard).containsExactly("1 of 2", "2 of 2");
  }

  @Test
  void an_interrupt_ends_it() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> look(results)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void files_of_other_people_in_its_folder_stay() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()));
    look(results);
    Path mine = folder.resolve(ContactSheet.FOLDER).resolve("mine.jpg");
    Files.writeString(mine, "x", StandardOpenOption.CREATE);
    look(results);
    assertThat(mine).exists();
  }

  @Test
  void a_folder_that_cannot_be_written_is_told() throws Exception {
    ResultFolder results = folders.of(Folders.done("a", Map.of()));
    Files.writeString(folder.resolve(ContactSheet.FOLDER), "in the way");
    assertThatThrownBy(() -> look(results))
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "Configuration: writing the contact sheet of %s: a file has that name — make the folder"
                    .formatted(folder)
                + " writable, or copy the results to one that is");
  }

  @Test
  void at_least_one_thread_is_needed() {
    assertThatThrownBy(() -> new Looking(folders::look, 0))
        .hasMessage("not a number of threads: 0");
  }
}
