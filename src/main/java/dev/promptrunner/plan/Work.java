package dev.promptrunner.plan;

import dev.promptrunner.base.WorkKey;
import java.util.List;

/**
 * What a run takes up as a whole: its jobs stand or fall together, the same key is resumed and
 * never done twice.
 */
public sealed interface Work permits VideoWork, Generation {
  /** What makes it the same work in another run. */
  WorkKey key();

  /** For folders and files; unique in an output root. */
  String name();

  /**
   * Where it was asked for: the prompt file as it was given, or the place in a sweep file. What is
   * asked for there under another key is an older state of the same wish.
   */
  String promptFile();

  /** Of the video that comes of it, before anything multiplies them; 0 when nobody knows. */
  int frames();

  /** Of the final video; 0 when nobody knows. */
  int finalFrames();

  /** The final video's path under the output root, or the folder's in which the results lie. */
  String finalPath();

  /** In the order in which they depend on each other. */
  List<Job> jobs();

  /** {@code walk_3f2a91c0}: what all its job ids begin with. */
  default String id() {
    return name() + "_" + key().key8();
  }
}
