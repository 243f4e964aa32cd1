package dev.promptrunner.execution;

import dev.promptrunner.base.IoReason;
import dev.promptrunner.plan.Job;
import java.io.IOException;

/** Makes room on a disk that is short of it. Used by the run's owner alone. */
final class Sweeper {
  private final boolean keep;
  private final Cleaner cleaner;
  private final Tracks tracks;
  private final Evidence evidence;
  private final Ledger ledger;

  /**
   * @param keep whether the user wants everything kept: then nothing is removed
   */
  Sweeper(boolean keep, Cleaner cleaner, Tracks tracks, Evidence evidence, Ledger ledger) {
    this.keep = keep;
    this.cleaner = cleaner;
    this.tracks = tracks;
    this.evidence = evidence;
    this.ledger = ledger;
  }

  /** Removes what a job that just finished made superfluous. */
  void after(WorkTrack track, Job finished) {
    if (keep) {
      return;
    }
    try {
      cleaner.after(track.work(), finished, track.missing());
    } catch (IOException e) {
      ledger.warn("disk", "cleaning up after " + finished.id() + ": " + IoReason.of(e));
    }
  }

  /** Removes what later files contain, of this run's works and of earlier ones. */
  void sweep() {
    if (keep) {
      return;
    }
    try {
      for (WorkTrack track : tracks.all()) {
        cleaner.sweep(track.work(), track.missing());
      }
      cleaner.sweepOthers(tracks.ids(), evidence);
    } catch (IOException e) {
      ledger.warn("disk", "cleaning up to make room: " + IoReason.of(e));
    }
  }
}
