package dev.promptrunner.app;

import static dev.promptrunner.app.Explorations.NOW;
import static dev.promptrunner.app.Explorations.exploration;
import static dev.promptrunner.app.Explorations.run;
import static dev.promptrunner.app.Explorations.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in an exploration's folder after each run that ends. */
class ResultBookTest {
  @TempDir Path dir;
  private Path root;
  private Path folder;
  private Path file;
  private Store store;
  private final List<Result> told = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    root = dir.resolve("out");
    folder = root.resolve("sweeps/colours");
    file = Files.writeString(dir.resolve("colours.yaml"), "workflow: picture.json\n");
    store = Explorations.open(root);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @Test
  void before_anything_is_rendered_the_table_lists_all_runs() throws Exception {
    Exploration exploration = sweep(file, 10, 20);
    book(exploration, runs(exploration)).begin();

    assertThat(folder.resolve("sweep.yaml")).hasContent("workflow: picture.json");
    assertThat(folder.resolve("workflow.json")).content().isEqualTo(exploration.workflow().text());
    assertThat(Files.readString(folder.resolve("exploration.json")))
        .contains("\"kind\" : \"sweeps\"", "\"name\" : \"colours\"", "\"simulated\" : false")
        .contains("\"workflow\" : \"picture.json\"", "\"runs\" : 2");
    assertThat(ResultFolder.read(folder).results())
        .map(Result::state)
        .containsExactly(Result.State.OPEN, Result.State.OPEN);
    assertThat(csv()).hasSize(3);
    assertThat(csv().getFirst())
        .isEqualTo(
            "run,index,sample,shot,state,seconds,%s,files,failure,found,made"
                .formatted(Explorations.COLOR));
  }

  @Test
  void each_run_that_ends_is_written_at_once() throws Exception {
    Exploration exploration = sweep(file, 10, 20);
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();

    done(book, runs.get(1).work());

    assertThat(told).map(Result::run).containsExactly("002");
    Result result = told.getFirst();
    assertThat(result.state()).isEqualTo(Result.State.DONE);
    assertThat(result.files()).containsExactly("002/002.png");
    assertThat(result.took()).contains(Duration.ofSeconds(3));
    assertThat(result.made()).isEqualTo(runs.get(1).work().key().toString());
    assertThat(folder.resolve("002/002.png")).exists();
    assertThat(ResultFolder.read(folder).results())
        .map(Result::state)
        .containsExactly(Result.State.OPEN, Result.State.DONE);
    assertThat(csv().getLast())
        .isEqualTo(
            "002,2,2,,done,3.000,20,002/002.png,,,\"%s\"".formatted(runs.get(1).work().key()));
    assertThat(Files.readString(folder.resolve("002/params.json")))
        .contains(
            "\"run\" : \"002\"",
            "\"made\" : \"" + runs.get(1).work().key() + "\"",
            "\"set\" : {\n    \"%s\" : 20\n  }".formatted(Explorations.COLOR),
            "\"%s\" : \"first.png\"".formatted(Explorations.IMAGE));
    assertThat(Files.readString(folder.resolve("002/workflow.json")))
        .isEqualTo(exploration.task(runs.get(1).run()).graph().text())
        .contains("20");
    assertThat(folder.resolve("001")).doesNotExist();
  }

  @Test
  void a_failed_run_is_recorded_with_its_class_and_the_others_go_on() throws Exception {
    Exploration exploration = sweep(file, 10, 20);
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();

    failed(book, runs.get(0).work());
    done(book, runs.get(1).work());
    book.write();

    assertThat(told).map(Result::state).containsExactly(Result.State.FAILED, Result.State.DONE);
    assertThat(told.getFirst().failure())
        .contains(new Result.Why("OutOfMemory", "no memory", "render fewer frames"));
    assertThat(csv().get(1)).contains(",failed,", ",OutOfMemory,\"no memory\",");
    assertThat(folder.resolve("001/params.json")).exists();
    assertThat(ResultFolder.read(folder).results())
        .map(Result::state)
        .containsExactly(Result.State.FAILED, Result.State.DONE);
  }

  /** The first of several iterations is the workflow as it is, and has a seed all the same. */
  @Test
  void a_run_that_leaves_a_value_as_it_is_has_the_workflows_own_in_the_table() throws Exception {
    Run own = new Run("iter_001", 1, 1, 1, "", Map.of(), Map.of());
    Exploration exploration =
        exploration(
            Exploration.Kind.ITERATIONS,
            Path.of("picture.json"),
            List.of(own, run(2, "", "iter_002", 7)),
            false);
    folder = root.resolve("iterations/picture");
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();

    done(book, runs.getFirst().work());

    assertThat(csv().getLast()).startsWith("iter_001,1,1,,done,3.000,0,iter_001/iter_001.png,");
    assertThat(Files.readString(folder.resolve("iter_001/params.json")))
        .contains("\"set\" : {\n    \"%s\" : 0\n  }".formatted(Explorations.COLOR));
  }

  @Test
  void a_try_that_is_followed_by_another_is_no_failure() throws Exception {
    Exploration exploration = sweep(file, 10);
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.on(jobFailed(runs.getFirst().work(), true));
    done(book, runs.getFirst().work());
    assertThat(told).singleElement().extracting(Result::failure).isEqualTo(Optional.empty());
  }

  @Test
  void the_class_of_a_failure_is_still_told_after_a_restart() throws Exception {
    Exploration exploration = sweep(file, 10);
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();
    failed(book, runs.getFirst().work());
    book.write();

    ResultBook again = book(exploration, runs);
    again.begin();

    assertThat(again.results())
        .singleElement()
        .extracting(Result::failure)
        .isEqualTo(Optional.of(new Result.Why("OutOfMemory", "no memory", "render fewer frames")));
    Files.delete(folder.resolve("metadata.jsonl"));
    assertThat(book(exploration, runs).results())
        .singleElement()
        .extracting(Result::failure)
        .isEqualTo(Optional.of(new Result.Why("", "no memory was left", "")));
  }

  @Test
  void what_is_done_already_stands_in_the_table_from_the_beginning() throws Exception {
    Exploration exploration = sweep(file, 10, 20);
    List<NamedRun> runs = runs(exploration);
    Explorations.done(root, store, runs.getFirst().work(), Duration.ofSeconds(7));
    ResultBook book = book(exploration, runs);
    book.begin();
    assertThat(csv().get(1)).startsWith("001,1,1,,done,7.000,10,001/001.png,");
    assertThat(book.results())
        .map(Result::state)
        .containsExactly(Result.State.DONE, Result.State.OPEN);
    assertThat(told).isEmpty();
  }

  @Test
  void what_another_sweep_has_rendered_is_linked_into_this_one() throws Exception {
    List<NamedRun> others =
        runs(
            exploration(
                Exploration.Kind.SWEEP,
                Path.of("other.yaml"),
                List.of(run(1, "", "x", 10)),
                false));
    Explorations.done(root, store, others.getFirst().work(), Duration.ofSeconds(7));
    Exploration exploration = sweep(file, 10, 10);
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();

    book.on(new RunEvent.WorkDone(NOW, runs.getFirst().work().id(), "", Duration.ZERO));

    assertThat(told).map(Result::run).containsExactly("001", "002");
    assertThat(told.getFirst().files()).containsExactly("001/001.png");
    for (String run : List.of("001", "002")) {
      assertThat(folder.resolve(run + "/" + run + ".png")).hasContent("image of sweeps~other~x");
      assertThat(folder.resolve(run + "/params.json")).exists();
    }
    assertThat(root.resolve("sweeps/other/x/x.png")).exists();
  }

  @Test
  void runs_of_the_same_work_keep_lines_of_their_own_after_a_restart() throws Exception {
    Exploration exploration = sweep(file, 10, 20, 10);
    List<NamedRun> runs = runs(exploration);
    Explorations.done(root, store, runs.getFirst().work(), Duration.ofSeconds(7));
    ResultBook again = book(exploration, runs(exploration));
    again.begin();
    assertThat(again.results()).map(Result::run).containsExactly("001", "002", "003");
    assertThat(csv()).hasSize(4);
  }

  @Test
  void each_shot_has_a_table_of_its_own_beside_that_of_all() throws Exception {
    Exploration exploration =
        exploration(
            Exploration.Kind.SHOTS,
            file,
            List.of(run(1, "a", "001", 10), run(2, "a", "002", 20), run(3, "b", "001", 30)),
            false);
    folder = root.resolve("shots/colours");
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();
    done(book, runs.get(1).work());
    book.write();

    assertThat(ResultFolder.read(folder).results())
        .map(Result::run)
        .containsExactly("a/001", "a/002", "b/001");
    List<Result> ofA = ResultFolder.read(folder.resolve("a")).results();
    assertThat(ofA).map(Result::run).containsExactly("001", "002");
    assertThat(ofA.get(1).files()).containsExactly("002/002.png");
    assertThat(folder.resolve("a/002/002.png")).exists();
    assertThat(ResultFolder.read(folder.resolve("b")).results())
        .map(Result::run)
        .containsExactly("001");
  }

  @Test
  void a_shot_that_was_renamed_is_written_under_its_new_name() throws Exception {
    folder = root.resolve("shots/colours");
    List<NamedRun> before =
        runs(
            exploration(
                Exploration.Kind.SHOTS, file, List.of(run(1, "alphabet", "001", 10)), false));
    Explorations.done(root, store, before.getFirst().work(), Duration.ofSeconds(7));
    for (String name : List.of("b", "a_name_that_is_longer_than_before")) {
      Exploration exploration =
          exploration(Exploration.Kind.SHOTS, file, List.of(run(1, name, "001", 10)), false);
      List<NamedRun> runs = runs(exploration);
      ResultBook book = book(exploration, runs);
      book.begin();
      book.on(new RunEvent.WorkDone(NOW, runs.getFirst().work().id(), "", Duration.ZERO));
      assertThat(folder.resolve(name + "/001/001.png")).exists();
      assertThat(ResultFolder.read(folder.resolve(name)).results())
          .singleElement()
          .satisfies(
              result -> {
                assertThat(result.run()).isEqualTo("001");
                assertThat(result.files()).containsExactly("001/001.png");
              });
    }
  }

  @Test
  void a_line_that_a_crash_left_half_written_is_mended_by_the_next_beginning() throws Exception {
    Exploration exploration = sweep(file, 10, 20);
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();
    done(book, runs.getFirst().work());
    Files.writeString(
        folder.resolve("metadata.jsonl"), "{\"run\": \"00", StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("metadata.csv"), "002,2,", StandardOpenOption.APPEND);
    Files.writeString(folder.resolve(".metadata.csv.part"), "half");
    Files.writeString(folder.resolve(".sweep.yaml.part"), "half");
    assertThat(ResultFolder.read(folder).problems()).hasSize(1);

    book(exploration, runs).begin();

    assertThat(ResultFolder.read(folder).problems()).isEmpty();
    assertThat(ResultFolder.read(folder).results()).hasSize(2);
    assertThat(csv()).hasSize(3);
    try (var files = Files.list(folder)) {
      assertThat(files.filter(path -> path.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void what_cannot_be_written_to_the_last_is_told_and_hides_nothing() throws Exception {
    Exploration exploration = sweep(file, 10);
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();
    Files.createDirectories(folder.resolve("001/params.json/in the way"));

    done(book, runs.getFirst().work());
    book.finish();

    assertThat(book.owes()).isTrue();
    assertThat(book.results())
        .singleElement()
        .extracting(Result::state)
        .isEqualTo(Result.State.DONE);
  }

  /** It is the writing thread's: nobody would hear of what it throws. */
  @Test
  void a_store_that_fails_is_told_and_leaves_no_run_unheard_of() throws Exception {
    Exploration exploration = sweep(file, 10);
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();
    store.close();

    book.on(new RunEvent.WorkDone(NOW, runs.getFirst().work().id(), "", Duration.ZERO));
    book.finish();

    assertThat(told).map(Result::run).containsExactly("001");
    assertThat(book.owes()).isTrue();
  }

  /** The disk may be full while a run ends, and have room when all have ended. */
  @Test
  void a_folder_that_cannot_be_written_ends_nothing_and_is_made_good_at_the_end() throws Exception {
    Exploration exploration = sweep(file, 10, 20);
    List<NamedRun> runs = runs(exploration);
    ResultBook book = book(exploration, runs);
    book.begin();
    Explorations.done(root, store, runs.getFirst().work(), Duration.ofSeconds(3));
    Path params = folder.resolve("001/params.json");
    Files.createDirectories(params.resolve("in the way"));

    book.on(new RunEvent.WorkDone(NOW, runs.getFirst().work().id(), "", Duration.ZERO));

    assertThat(told).map(Result::run).containsExactly("001");
    Files.delete(params.resolve("in the way"));
    Files.delete(params);
    book.finish();
    assertThat(book.owes()).isFalse();
    assertThat(params).isRegularFile();
    assertThat(folder.resolve("001/workflow.json")).isRegularFile();
    assertThat(ResultFolder.read(folder).results().getFirst().state()).isEqualTo(Result.State.DONE);
  }

  @Test
  void an_event_of_another_work_changes_nothing() throws Exception {
    Exploration exploration = sweep(file, 10);
    ResultBook book = book(exploration, runs(exploration));
    book.on(new RunEvent.WorkDone(NOW, "walk_12345678", "walk.mp4", Duration.ZERO));
    book.on(new RunEvent.Warning(NOW, "disk", "little room"));
    assertThat(told).isEmpty();
    assertThat(folder).doesNotExist();
  }

  private ResultBook book(Exploration exploration, List<NamedRun> runs) {
    return new ResultBook(root, exploration, runs, store, (result, _) -> told.add(result));
  }

  private List<NamedRun> runs(Exploration exploration) throws Stop {
    return new RunBook(exploration, store.names()).runs();
  }

  private void done(ResultBook book, Generation work) throws Exception {
    Explorations.done(root, store, work, Duration.ofSeconds(3));
    book.on(new RunEvent.WorkDone(NOW, work.id(), work.folder(), Duration.ofSeconds(4)));
  }

  private void failed(ResultBook book, Generation work) {
    Explorations.failed(store, work);
    book.on(jobFailed(work, false));
    book.on(new RunEvent.WorkFailed(NOW, work.id(), "rendering: no memory", "wait"));
  }

  private static RunEvent jobFailed(Generation work, boolean willRetry) {
    return new RunEvent.JobFailed(
        NOW, work.job().id(), "OutOfMemory", "no memory", "render fewer frames", willRetry);
  }

  private List<String> csv() throws Exception {
    return Files.readAllLines(folder.resolve("metadata.csv"));
  }
}
