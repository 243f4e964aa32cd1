package dev.promptrunner.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the program lies, with the recipe and the prompt files that it ships. */
final class Home {
  private static final String PROPERTY = "prompt-runner.home";

  private Home() {}

  /**
   * The path as given when it exists, else the shipped file of that name: so that the defaults work
   * from any folder.
   */
  static Path find(Path given) {
    if (given.isAbsolute() || Files.exists(given)) {
      return given;
    }
    return home().map(home -> home.resolve(given)).filter(Files::exists).orElse(given);
  }

  private static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
  }

  /** As it stands in the jar's manifest; {@code development} when run from classes. */
  static String version() {
    return Optional.ofNullable(Home.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
