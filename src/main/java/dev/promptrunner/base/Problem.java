package dev.promptrunner.base;

/**
 * Something a user has to change, in the form they read it.
 *
 * @param where file and line ({@code walk.txt:3}), a setting's name, or an address
 * @param what what is wrong
 * @param found the value that was found, quoted by the printer; empty when there is none
 * @param remedy what to write or do instead
 */
public record Problem(String where, String what, String found, String remedy) {
  /** {@code where: what, found 'value': remedy}. */
  @Override
  public String toString() {
    String value = found.isEmpty() ? "" : ", found '" + found + "'";
    return where + ": " + what + value + ": " + remedy;
  }
}
