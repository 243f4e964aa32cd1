package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a server is asked to give its memory back without having lacked any. */
@Timeout(120)
class FreeBetweenIT {
  private static final Set<String> ON_SERVER = Set.of("HIGH", "LOW", "COMBINE", "ENHANCE");

  @TempDir Path folder;

  @Test
  void memory_is_freed_whenever_the_prompt_file_changes() throws Exception {
    List<String> works = works(true, "hill", "lake", "walk");

    long changes = 0;
    for (int i = 1; i < works.size(); i++) {
      changes += works.get(i).equals(works.get(i - 1)) ? 0 : 1;
    }
    assertThat(changes).isBetween(2L, works.size() - 2L);
    assertThat(freed).isEqualTo(changes);
  }

  @Test
  void one_prompt_file_keeps_its_models_in_memory() throws Exception {
    assertThat(works(true, "walk")).hasSizeGreaterThan(3);
    assertThat(freed).isZero();
  }

  @Test
  void nothing_is_freed_where_nobody_wished_it() throws Exception {
    assertThat(Set.copyOf(works(false, "hill", "walk"))).hasSize(2);
    assertThat(freed).isZero();
  }

  private long freed;

  /** The prompt files whose jobs the server got, in order. */
  private List<String> works(boolean free, String... names) throws Exception {
    try (Simulator server = Simulator.start(SimulatorSettings.under(folder.resolve("server")));
        Tap tap = Tap.before(server.port())) {
      Studio studio = new Studio(folder).set("comfyui.url", tap.url());
      studio.set("comfyui.free-between", free).set("frames-per-chunk", 8);
      for (String name : names) {
        studio.prompt(name, 16, 20);
      }
      Studio.Run run = studio.run();
      assertThat(run.exit()).isZero();
      freed = tap.requests("POST /free");
      return run.of(RunEvent.JobStarted.class).stream()
          .filter(started -> ON_SERVER.contains(started.kind()))
          .map(started -> started.job().work())
          .toList();
    }
  }
}
