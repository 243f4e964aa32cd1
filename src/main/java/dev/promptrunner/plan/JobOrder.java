package dev.promptrunner.plan;

/** Which of the jobs that could run goes first (domain: experts are costly to swap). */
public enum JobOrder {
  /**
   * HIGH and LOW of a pair side by side: reuses the pair's text and VACE encodings on the server.
   */
  ADJACENT,
  /** All HIGHs of a chunk number, then all LOWs: 2C−1 swaps of the expert instead of 2VC−1. */
  WAVE
}
