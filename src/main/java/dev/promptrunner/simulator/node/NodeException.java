package dev.promptrunner.simulator.node;

/** A node failed: the job ends with {@code execution_error}. */
public final class NodeException extends Exception {
  private final String type;

  /**
   * @param type the Python exception that the real node would raise, such as {@code ValueError}
   */
  public NodeException(String type, String message) {
    super(message);
    this.type = type;
  }

  public NodeException(String type, String message, Throwable cause) {
    super(message, cause);
    this.type = type;
  }

  public String type() {
    return type;
  }
}
