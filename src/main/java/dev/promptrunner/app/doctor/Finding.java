package dev.promptrunner.app.doctor;

/**
 * What one look showed.
 *
 * @param name what was looked at, in a few words
 * @param found what was found, with the values that matter; nothing secret
 * @param remedy what to do about it; empty exactly for {@link Level#OK}
 */
public record Finding(Area area, String name, Level level, String found, String remedy) {
  public Finding {
    if (remedy.isBlank() != (level == Level.OK)) {
      throw new IllegalArgumentException(
          "a finding that is not ok has a remedy, and only such a one: " + name + ", " + found);
    }
  }

  Finding numbered(int number) {
    return new Finding(area, name + " " + number, level, found, remedy);
  }

  static Finding ok(Area area, String name, String found) {
    return new Finding(area, name, Level.OK, found, "");
  }

  static Finding warning(Area area, String name, String found, String remedy) {
    return new Finding(area, name, Level.WARNING, found, orUsual(remedy));
  }

  static Finding problem(Area area, String name, String found, String remedy) {
    return new Finding(area, name, Level.PROBLEM, found, orUsual(remedy));
  }

  /** What others report may lack one. */
  private static String orUsual(String remedy) {
    return remedy.isBlank() ? "change what it names, then look again" : remedy;
  }
}
