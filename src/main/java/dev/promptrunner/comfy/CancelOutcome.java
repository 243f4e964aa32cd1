package dev.promptrunner.comfy;

/** What became of a job that was to be cancelled. */
public enum CancelOutcome {
  /** It waited, or nobody knew it; it will not run. */
  REMOVED,
  /** It ran and was stopped. */
  INTERRUPTED,
  /** It ended by itself before the interrupt took effect: its history tells how. */
  FINISHED;

  static CancelOutcome of(HistoryRecord record) {
    return switch (record.outcome()) {
      case HistoryRecord.Outcome.Interrupted _ -> INTERRUPTED;
      case HistoryRecord.Outcome.Succeeded _ -> FINISHED;
      case HistoryRecord.Outcome.Failed _ -> FINISHED;
    };
  }
}
