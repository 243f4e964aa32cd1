package dev.promptrunner.plan;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.workflow.Edit;
import dev.promptrunner.workflow.Pass;
import dev.promptrunner.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job does, without the files: those are its {@link Need needs} and {@link Product
 * products}.
 */
public sealed interface Task {
  /** What a server does. */
  sealed interface OnServer extends Task permits Render, Generate {}

  /**
   * Sends a pass of the recipe to a server.
   *
   * @param values the recipe's variables that are known when planning: Integer, BigInteger, Double
   *     or String by name
   */
  record Render(Pass pass, boolean withReference, Map<String, Object> values) implements OnServer {
    public Render {
      values = Map.copyOf(values);
    }
  }

  /**
   * Sends a workflow as it is, but for some of its values.
   *
   * @param workflow shared by all runs of it
   * @param edits set the values of this run
   * @param targets the output nodes to run, at least one
   * @param files inputs that name a file of this machine
   */
  record Generate(Workflow workflow, List<Edit> edits, List<String> targets, List<FileInput> files)
      implements OnServer {
    public Generate {
      edits = List.copyOf(edits);
      targets = List.copyOf(targets);
      files = List.copyOf(files);
    }

    /**
     * What is sent, but for the names of files.
     *
     * @throws IllegalStateException when the edits do not fit the workflow
     */
    public Workflow graph() {
      return workflow.apply(edits).orThrow().closure(targets);
    }
  }

  /**
   * An input of a node that names a file.
   *
   * @param variable the need that is the file
   * @param byPath whether the node takes a path of the server's machine, not a name in its input
   *     folder
   */
  record FileInput(String node, String input, String variable, boolean byPath) {}

  /**
   * Cuts one frame as PNG: frame {@code LENGTH − fromEnd}, or frame 0 of a video not longer than
   * that.
   *
   * @param fromEnd counted from the measured length of the segment
   */
  record CutReference(int fromEnd) implements Task {
    /** The frame's number, from 0, in a segment of this measured length. */
    public int index(int length) {
      return length <= fromEnd ? 0 : length - fromEnd;
    }
  }

  /**
   * Joins the videos of the job's needs, in their order, into one.
   *
   * @param keepOfLast the frames taken of the last need; empty for all of it. The others are whole
   */
  record Join(Optional<FrameRange> keepOfLast) implements Task {}

  /** Zips the final video with its manifest and proves that it arrived. */
  record Deliver() implements Task {}
}
