package dev.promptrunner.cli;

import java.util.List;
import java.util.Optional;

/** What {@code --version} prints. */
final class Version {
  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "macosx-arm64", "macosx-x86_64", "windows-x86_64");

  private Version() {}

  /** The program's version from the jar's manifest; {@code development} outside a jar. */
  static String ofProgram() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  static String[] lines() {
    return new String[] {
      CommandTree.NAME + " " + ofProgram(),
      "Java %s (%s)".formatted(Runtime.version(), System.getProperty("java.vm.vendor", "unknown")),
      ffmpeg(),
    };
  }

  /** Which build is inside is seen from its files, without loading them. */
  private static String ffmpeg() {
    if (has("-gpl")) {
      return "FFmpeg inside: GPL build with libx264. Sources of this program: Apache-2.0; this"
          + " program with that build: GPL-3.0-or-later (docs/dependencies.md).";
    }
    return has("")
        ? "FFmpeg inside: LGPL build without libx264. Sources of this program: Apache-2.0."
        : "FFmpeg inside: none for a known platform.";
  }

  private static boolean has(String licence) {
    return PLATFORMS.stream()
        .map(platform -> "/org/bytedeco/ffmpeg/" + platform + licence + "/ffmpeg")
        .anyMatch(
            file ->
                Version.class.getResource(file) != null
                    || Version.class.getResource(file + ".exe") != null);
  }
}
