package dev.promptrunner.explore.result;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One run of an exploration: what it was made with and what came of it.
 *
 * @param run its name, which is also its folder below the exploration's; unique there
 * @param index its place in the order of the exploration, from 1
 * @param sample which point of the explored space it is, from 1; runs of one sample differ in their
 *     seeds alone
 * @param shot the shot that it belongs to; empty when there are no shots
 * @param parameters what was set, by readable name, in the order of the sweep file
 * @param files what came of it, relative to the exploration's folder, with {@code /}; the first is
 *     the one to look at
 * @param borders the frames at which a chunk begins, without frame 0; empty when there are none or
 *     nobody knows
 * @param took the time on the server; empty when the run has not ended well
 * @param failure why it failed; only when FAILED
 * @param made the digest of all that makes it, 64 hexadecimal digits: the same digest is the same
 *     work
 */
public record Result(
    String run,
    int index,
    int sample,
    String shot,
    State state,
    Map<String, JsonNode> parameters,
    List<String> files,
    List<Integer> borders,
    Optional<Duration> took,
    Optional<Why> failure,
    String made) {
  public Result {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    files = List.copyOf(files);
    borders = List.copyOf(borders);
  }

  /** The same, with the frames at which a chunk begins. */
  public Result withBorders(List<Integer> known) {
    return new Result(
        run, index, sample, shot, state, parameters, files, known, took, failure, made);
  }

  /** How far a run has come. */
  public enum State {
    /** Not rendered yet. */
    OPEN,
    DONE,
    FAILED
  }

  /**
   * Why a run failed.
   *
   * @param kind the class of the failure, such as {@code OutOfMemory}
   * @param found what was seen
   * @param remedy what to do about it
   */
  public record Why(String kind, String found, String remedy) {}
}
