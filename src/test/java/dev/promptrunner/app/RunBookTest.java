package dev.promptrunner.app;

import static dev.promptrunner.app.Explorations.exploration;
import static dev.promptrunner.app.Explorations.names;
import static dev.promptrunner.app.Explorations.run;
import static dev.promptrunner.app.Explorations.sweep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.promptrunner.base.Problem;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Iterations;
import dev.promptrunner.explore.sweep.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunBookTest {
  @TempDir Path root;

  @Test
  void a_first_run_has_the_folders_of_its_names() throws Exception {
    List<NamedRun> runs = book(sweep(10, 20), Map.of());
    assertThat(runs).map(NamedRun::folder).containsExactly("001", "002");
    assertThat(runs)
        .map(run -> run.work().name())
        .containsExactly("sweeps~colours~001", "sweeps~colours~002");
    assertThat(runs)
        .map(run -> run.work().promptFile())
        .containsExactly("colours.yaml#001", "colours.yaml#002");
    assertThat(runs).noneMatch(run -> run.isElsewhere("sweeps/colours"));
  }

  @Test
  void the_same_exploration_again_has_the_same_works_and_folders() throws Exception {
    List<NamedRun> first = book(sweep(10, 20, 10), Map.of());
    assertThat(book(sweep(10, 20, 10), names(first))).isEqualTo(first);
  }

  @Test
  void what_was_rendered_keeps_its_folder_and_nothing_new_gets_one_that_is_taken()
      throws Exception {
    Map<WorkKey, String> known = names(book(sweep(10, 20), Map.of()));

    List<NamedRun> runs = book(sweep(5, 10, 15, 20), known);

    assertThat(runs).map(NamedRun::folder).containsExactly("001-2", "001", "003", "002");
    assertThat(runs).map(run -> run.run().name()).containsExactly("001", "002", "003", "004");
    assertThat(runs).noneMatch(run -> run.isElsewhere("sweeps/colours"));
  }

  @Test
  void the_same_work_of_another_sweep_is_linked_and_not_rendered_again() throws Exception {
    Exploration other =
        exploration(
            Exploration.Kind.SWEEP,
            Path.of("other.yaml"),
            List.of(run(1, "", "001", 20), run(2, "", "002", 10)),
            false);
    Map<WorkKey, String> known = names(book(other, Map.of()));

    List<NamedRun> runs = book(sweep(10, 30), known);

    assertThat(runs).map(NamedRun::folder).containsExactly("001", "002");
    assertThat(runs.getFirst().work().name()).isEqualTo("sweeps~other~002");
    assertThat(runs.getFirst().isElsewhere("sweeps/colours")).isTrue();
    assertThat(runs.getLast().work().name()).isEqualTo("sweeps~colours~002");
    assertThat(book(sweep(10, 30), merged(known, names(runs)))).isEqualTo(runs);
  }

  @Test
  void what_the_simulator_made_is_never_taken_for_what_a_model_rendered() throws Exception {
    List<NamedRun> simulated = book(sweep(10, 20).asSimulated(), Map.of());

    List<NamedRun> real = book(sweep(10, 20), names(simulated));

    assertThat(simulated)
        .map(run -> run.work().name())
        .containsExactly("sweeps~colours-simulated~001", "sweeps~colours-simulated~002");
    assertThat(real).isEqualTo(book(sweep(10, 20), Map.of()));
    assertThat(real)
        .map(run -> run.work().key())
        .doesNotContainAnyElementsOf(simulated.stream().map(run -> run.work().key()).toList());
  }

  @Test
  void runs_that_are_the_same_work_share_it_and_have_folders_of_their_own() throws Exception {
    List<NamedRun> runs = book(sweep(10, 20, 10), Map.of());
    assertThat(runs).map(NamedRun::folder).containsExactly("001", "002", "003");
    assertThat(runs.get(2).work()).isSameAs(runs.get(0).work());
    assertThat(runs.get(2).isElsewhere("sweeps/colours")).isTrue();
  }

  /** Whatever a sweep becomes, no two runs share a folder and no work loses its own. */
  @Test
  void folders_stay_apart_over_any_changes_of_a_sweep() throws Exception {
    Random random = new Random(3);
    for (int story = 0; story < 100; story++) {
      Map<WorkKey, String> known = new HashMap<>();
      for (int version = 0; version < 5; version++) {
        int[] colours = random.ints(random.nextInt(1, 8), 0, 6).toArray();
        List<NamedRun> runs = book(sweep(colours), known);

        assertThat(runs).map(NamedRun::folder).doesNotHaveDuplicates();
        Set<String> works = new HashSet<>();
        for (NamedRun run : runs) {
          String before = known.get(run.work().key());
          works.add(run.work().name());
          assertThat(before == null || before.equals(run.work().name())).isTrue();
        }
        assertThat(works).hasSize((int) IntStream.of(colours).distinct().count());
        known = merged(known, names(runs));
      }
    }
  }

  @Test
  void a_shot_has_folders_within_its_own() throws Exception {
    List<NamedRun> runs = book(shots("a", "b"), Map.of());
    assertThat(runs).map(NamedRun::folder).containsExactly("a/001", "b/001");
    assertThat(runs.getFirst().work().name()).isEqualTo("shots~shots~a~001");
    assertThat(runs.getFirst().work().folder()).isEqualTo("shots/shots/a/001");
    // Both shots ask for the same.
    assertThat(runs.getLast().work()).isSameAs(runs.getFirst().work());
    assertThat(book(shots("a", "b"), names(runs))).isEqualTo(runs);
  }

  @Test
  void a_shot_that_was_renamed_is_linked_into_its_new_folder() throws Exception {
    Map<WorkKey, String> known = names(book(shots("alphabet"), Map.of()));
    List<NamedRun> runs = book(shots("b"), known);
    assertThat(runs.getFirst().folder()).isEqualTo("b/001");
    assertThat(runs.getFirst().work().name()).isEqualTo("shots~shots~alphabet~001");
    assertThat(runs.getFirst().isElsewhere("shots/shots")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(SeedMode.class)
  void one_iteration_is_a_plain_run(SeedMode mode) throws Exception {
    Iterations iterations = new Iterations(Explorations.PARAMETERS, mode, 1);
    List<Run> listed = iterations.runs(3, Map.of());
    Path file = Path.of("picture.json");
    List<NamedRun> runs =
        book(
            exploration(Exploration.Kind.ITERATIONS, file, listed, iterations.allAlike()),
            Map.of());
    List<NamedRun> once =
        book(
            exploration(Exploration.Kind.GENERATION, file, List.of(Run.once(Map.of())), false),
            Map.of());

    assertThat(runs.getFirst().work().key()).isEqualTo(once.getFirst().work().key());
    // They are meant to be rendered although nothing tells them apart.
    assertThat(runs).map(run -> run.work().key()).doesNotHaveDuplicates();
    assertThat(runs).map(NamedRun::folder).containsExactly("iter_001", "iter_002", "iter_003");
  }

  @Test
  void plain_runs_of_other_values_are_counted() throws Exception {
    Path file = Path.of("picture.json");
    Map<WorkKey, String> known = new HashMap<>();
    List<String> folders = new ArrayList<>();
    for (int colour : new int[] {1, 2, 1, 3}) {
      Run run = Run.once(run(1, "", "001", colour).values());
      List<NamedRun> runs =
          book(exploration(Exploration.Kind.GENERATION, file, List.of(run), false), known);
      folders.add(runs.getFirst().folder());
      known = merged(known, names(runs));
    }
    assertThat(folders).containsExactly("001", "002", "001", "003");
  }

  @Test
  void another_content_of_an_image_is_another_work_whatever_its_name() throws Exception {
    Path image = Files.writeString(root.resolve("first.png"), "one");
    Path copy = Files.writeString(root.resolve("copy.png"), "one");
    WorkKey one = key(image);
    assertThat(key(copy)).isEqualTo(one);
    Files.writeString(image, "two");
    assertThat(key(image)).isNotEqualTo(one);
  }

  @Test
  void an_image_that_cannot_be_read_is_told_with_its_run() {
    Path image = root.resolve("none.png");
    Stop stop = catchThrowableOfType(Stop.class, () -> key(image));
    assertThat(stop.kind()).isEqualTo(Stop.Kind.INPUT);
    assertThat(stop.problems())
        .map(Problem::toString)
        .containsExactly(
            "shots.yaml: a file of run a/001 cannot be read, found '%s': make it readable"
                .formatted("there is no such file or folder"));
  }

  private static WorkKey key(Path image) throws Stop {
    Run run = new Run("a/001", 1, 1, 1, "a", Map.of(), Map.of(Explorations.IMAGE, image));
    return book(
            exploration(Exploration.Kind.SHOTS, Path.of("shots.yaml"), List.of(run), false),
            Map.of())
        .getFirst()
        .work()
        .key();
  }

  private static Exploration shots(String... names) {
    List<Run> runs = new ArrayList<>();
    for (String name : names) {
      runs.add(run(runs.size() + 1, name, "001", 10));
    }
    return exploration(Exploration.Kind.SHOTS, Path.of("shots.yaml"), runs, false);
  }

  private static List<NamedRun> book(Exploration exploration, Map<WorkKey, String> known)
      throws Stop {
    return new RunBook(exploration, known).runs();
  }

  private static Map<WorkKey, String> merged(
      Map<WorkKey, String> before, Map<WorkKey, String> now) {
    Map<WorkKey, String> merged = new HashMap<>(now);
    merged.putAll(before);
    return merged;
  }
}
