package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.OutputFile;
import dev.promptrunner.plan.Role;
import dev.promptrunner.workflow.ExpectedOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How files get to a server and back. Every order has a folder of its own there, named by its
 * prompt id, so that what comes back is never an older file (comfyui-api.md §5).
 */
interface ServerFiles {
  /** The folder of all orders, below the server's output folder. */
  String WORK = "prompt-runner-work";

  /**
   * Brings a file, such as a control video or an image, into the server's input folder under a name
   * by its content, so that it is brought there once.
   *
   * @return what the loader node takes
   */
  String inputFile(Path file) throws FailureException, InterruptedException;

  /**
   * Brings an input of one order to the server.
   *
   * @return its absolute path there
   */
  String input(String promptId, Path file) throws FailureException, InterruptedException;

  /**
   * Brings a latent into a folder that holds no other: the loader takes the newest of its folder.
   *
   * @return the folder's absolute path there
   */
  String latentInput(String promptId, Path latent) throws FailureException, InterruptedException;

  /** The absolute path there of the folder into which the order saves its latent. */
  String latentOutput(String promptId) throws FailureException;

  /** The {@code filename_prefix} of the order's output nodes. */
  default String outputPrefix(String promptId, String stem) {
    return WORK + "/" + promptId + "/" + stem;
  }

  /** Brings a file that the server reported here, into the folder. */
  Path take(OutputFile file, Path folder) throws FailureException, InterruptedException;

  /** Brings a file here that the order's node wrote without reporting it, into the folder. */
  Path takeWritten(String promptId, ExpectedOutput.Written output, Path folder)
      throws FailureException, InterruptedException;

  /**
   * What the order left, although the server no longer knows of it; empty where this machine cannot
   * look.
   */
  List<Path> leftBehind(String promptId) throws FailureException;

  /** Brings files that were left behind here, into the folder. */
  Map<Role, Path> takeLeft(Map<Role, Path> left, Path folder) throws FailureException;

  /** Removes the order's folder, where this machine can. */
  void forget(String promptId);
}
