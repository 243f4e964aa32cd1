package dev.promptrunner.app;

import dev.promptrunner.base.WorkKey;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.store.WorkState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what an exploration will do, from what is stored; whether stored results are still whole is
 * found out when it runs.
 *
 * @param states of works that were ever taken up
 */
record Foresee(
    Exploration exploration,
    List<NamedRun> runs,
    Wish.Manner manner,
    PastTimes times,
    Map<WorkKey, WorkState> states) {

  /**
   * The whole.
   *
   * @param dollarsPerHour of the pod; empty when nobody says
   * @param notes worth knowing
   */
  Foreseen with(int servers, Optional<BigDecimal> dollarsPerHour, List<String> notes) {
    List<Foreseen.Line> lines = new ArrayList<>();
    Set<WorkKey> seen = new HashSet<>();
    int renders = 0;
    for (NamedRun run : runs) {
      Foreseen.State state = state(run.work().key(), seen);
      boolean renderedNow = state == Foreseen.State.TO_RENDER || state == Foreseen.State.FAILED;
      renders += renderedNow ? 1 : 0;
      lines.add(new Foreseen.Line(run.run(), run.folder(), state));
    }
    return new Foreseen(
        exploration, lines, renders, servers, times.of(exploration), dollarsPerHour, notes);
  }

  private Foreseen.State state(WorkKey key, Set<WorkKey> seen) {
    WorkState stored = states.getOrDefault(key, WorkState.OPEN);
    if (manner.onlyFailed() && stored != WorkState.FAILED) {
      return Foreseen.State.LEFT_OUT;
    }
    if (!seen.add(key)) {
      return Foreseen.State.SAME;
    }
    return switch (stored) {
      case OPEN -> Foreseen.State.TO_RENDER;
      case DONE -> Foreseen.State.DONE;
      case FAILED -> Foreseen.State.FAILED;
    };
  }
}
