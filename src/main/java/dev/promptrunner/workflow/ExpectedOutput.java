package dev.promptrunner.workflow;

import java.util.List;

/** A file that a job must leave. */
public sealed interface ExpectedOutput {
  /** What the file is for. */
  enum Kind {
    LATENT,
    VIDEO,
    IMAGE
  }

  Kind kind();

  /** The node that makes it. */
  String node();

  /** The server's answer names the file, under the node's outputs. */
  record Reported(Kind kind, String node) implements ExpectedOutput {}

  /**
   * The node writes where it is told and reports nothing.
   *
   * @param folder on the server's machine
   * @param files patterns of the name, {@code *} for any text; the first that matches counts
   */
  record Written(Kind kind, String node, String folder, List<String> files)
      implements ExpectedOutput {
    public Written {
      files = List.copyOf(files);
    }

    /** Whether a file of that name, in that folder, is the output. */
    public boolean matches(String fileName) {
      return files.stream().anyMatch(pattern -> matches(pattern, fileName));
    }

    /** Only {@code *} is special: names of videos may hold brackets and dots. */
    private static boolean matches(String pattern, String fileName) {
      int star = pattern.indexOf('*');
      if (star < 0) {
        return pattern.equals(fileName);
      }
      String start = pattern.substring(0, star);
      String rest = pattern.substring(star + 1);
      if (!fileName.startsWith(start)) {
        return false;
      }
      for (int end = start.length(); end <= fileName.length(); end++) {
        if (matches(rest, fileName.substring(end))) {
          return true;
        }
      }
      return false;
    }
  }
}
