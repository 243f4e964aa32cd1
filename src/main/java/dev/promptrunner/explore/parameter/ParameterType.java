package dev.promptrunner.explore.parameter;

import java.util.Locale;

/** What kind of value a parameter takes. */
public enum ParameterType {
  /** One line of text. */
  STRING,
  /** Text of many lines, such as a prompt. */
  TEXT,
  /** A whole number that may be explored as one. */
  INTEGER,
  /** Any number. */
  NUMBER,
  BOOLEAN,
  /** A whole number from 0 to 2⁶⁴−1 whose size means nothing. */
  SEED,
  /** One of a list that the server has, also when we do not know the list. */
  CHOICE,
  /** A picture, a video or a sound that the user brings. */
  FILE;

  /** Whether smaller and larger mean something, so that a range can be explored. */
  public boolean hasRange() {
    return this == INTEGER || this == NUMBER;
  }

  /** As people read it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
