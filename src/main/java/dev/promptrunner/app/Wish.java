package dev.promptrunner.app;

import dev.promptrunner.explore.sample.SeedMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is to be explored, as it was asked for. */
public sealed interface Wish {
  /** The file that problems name. */
  Path file();

  /** How it is gone about; the usual way where the kind has no say. */
  default Manner manner() {
    return Manner.USUAL;
  }

  /**
   * How runs are gone about.
   *
   * @param onlyFailed whether only those are rendered that failed before
   * @param asListed whether the order is as listed, not the one with fewest swaps of models
   * @param stopOnError whether the first run that fails ends it
   * @param callback a command that is run after each run, by the shell
   * @param clean whether a cancelled run is taken off its server, not left to be adopted
   */
  record Manner(
      boolean onlyFailed,
      boolean asListed,
      boolean stopOnError,
      Optional<String> callback,
      boolean clean) {
    /** All, grouped, whatever fails. */
    public static final Manner USUAL = new Manner(false, false, false, Optional.empty(), false);
  }

  /** The points of a sweep file's space. */
  record Sweep(Path file, Manner manner) implements Wish {}

  /** Folders of shots, with a sweep file's samples for each. */
  record Shots(Path file, Manner manner) implements Wish {}

  /**
   * The same workflow several times.
   *
   * @param count ≥ 1
   * @param drawing tells one series of drawn seeds from another
   */
  record Iterate(Path file, int count, SeedMode mode, long drawing, List<String> set, Manner manner)
      implements Wish {
    public Iterate {
      set = List.copyOf(set);
    }
  }

  /**
   * The workflow once.
   *
   * @param set changed parameters, as {@code NAME=VALUE}
   */
  record Once(Path file, List<String> set) implements Wish {
    public Once {
      set = List.copyOf(set);
    }
  }
}
