package dev.promptrunner.base;

/**
 * A key, token or private URL. It prints as {@code ***}, so that no log, event, store row or error
 * text can show it by accident.
 *
 * @param reveal the value itself, for the one call that needs it
 */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
