package dev.promptrunner.comfy;

import dev.promptrunner.base.Failure;
import java.util.Locale;
import java.util.Set;

/** Tells by a node's exception what can be done about it. */
final class JobFailures {
  private static final Set<String> PERMANENT =
      Set.of(
          "FileNotFoundError",
          "NotADirectoryError",
          "IsADirectoryError",
          "ModuleNotFoundError",
          "ImportError",
          "graph.DependencyCycleError");

  private static final String START_ANEW =
      "restart ComfyUI: after this error every later job on the same GPU context fails";

  private JobFailures() {}

  /** Whether after this failure every further job of the same process fails too. */
  static boolean poisons(Failure failure) {
    return failure.remedy().equals(START_ANEW);
  }

  static Failure of(String attempted, NodeFailure node) {
    String found = found(node);
    if (outOfMemory(node)) {
      return new Failure.OutOfMemory(
          attempted, found, "render fewer frames or a smaller size, or free memory between jobs");
    }
    if (brokenGpu(node)) {
      return new Failure.ServerLost(attempted, found, START_ANEW);
    }
    if (permanent(node)) {
      return new Failure.Rejected(
          attempted, found, "correct the input that this node names; the same job fails again");
    }
    if (fullDisk(node)) {
      return new Failure.Disk(
          attempted, found, "make room on the server's disk, or raise its quota there");
    }
    return new Failure.NodeFailed(attempted, found, "look at ComfyUI's log for the traceback");
  }

  private static String found(NodeFailure node) {
    String where =
        node.nodeId().isEmpty()
            ? ""
            : "node " + node.nodeId() + " (" + node.className() + ") failed: ";
    String type = node.exceptionType().isEmpty() ? "" : node.exceptionType() + ": ";
    return where + type + firstLine(node.message());
  }

  /** ComfyUI adds a page of tips to some messages. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("no message");
  }

  /** Some memory errors come as a CUDA error or from cuBLAS, so the message counts too. */
  private static boolean outOfMemory(NodeFailure node) {
    String message = node.message().toLowerCase(Locale.ROOT);
    return node.exceptionType().endsWith("OutOfMemoryError")
        || node.exceptionType().endsWith("MemoryError")
        || message.contains("out of memory")
        || message.startsWith("allocation on device")
        || message.contains("cublas_status_alloc_failed")
        || message.contains("cudnn_status_alloc_failed");
  }

  private static boolean brokenGpu(NodeFailure node) {
    String message = node.message();
    return node.exceptionType().endsWith("AcceleratorError")
        || message.startsWith("CUDA error")
        || message.startsWith("HIP error")
        || message.contains("illegal memory access")
        || message.contains("device-side assert")
        || message.contains("unspecified launch failure");
  }

  private static boolean fullDisk(NodeFailure node) {
    return node.message().contains("No space left on device")
        || node.message().contains("Disk quota exceeded");
  }

  private static boolean permanent(NodeFailure node) {
    return PERMANENT.contains(node.exceptionType())
        || node.message().startsWith("No frames generated");
  }
}
