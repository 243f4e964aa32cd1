package dev.promptrunner.plan;

/** How segments become one video. Every mode leaves a playable video after each step. */
public enum CombineMode {
  /** The recipe's combine workflow on the server, each step upon the previous combined video. */
  WORKFLOW,
  /** The server enhances each segment alone; the results are joined here by stream copy. */
  APPEND,
  /** Segments are joined here by stream copy as they are; the server takes no part. */
  COPY
}
