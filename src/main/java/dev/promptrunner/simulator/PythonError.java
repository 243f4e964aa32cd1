package dev.promptrunner.simulator;

/** What would be a Python exception while a prompt is validated: KeyError, IndexError. */
final class PythonError extends Exception {
  private final String type;

  PythonError(String type, String message) {
    super(message);
    this.type = type;
  }

  String type() {
    return type;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
