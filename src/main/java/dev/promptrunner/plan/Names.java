package dev.promptrunner.plan;

import java.util.Locale;

/**
 * Where artifacts lie under the output root (seed rule; the layout is what users' scripts read).
 */
final class Names {
  private Names() {}

  static String latent(String name, int job) {
    return "latents/%s/%s_job_%s.latent".formatted(name, name, number(job));
  }

  static String segment(String name, int job) {
    return "videos/%s/%s_job_%s.mp4".formatted(name, name, number(job));
  }

  static String enhanced(String name, int job) {
    return "videos/%s/%s_job_%s_enhanced.mp4".formatted(name, name, number(job));
  }

  static String reference(String name, int job) {
    return "references/%s/%s_job_%s_ref.png".formatted(name, name, number(job));
  }

  static String combined(String name, int combine) {
    return "combined/%s/%s_combined_%s.mp4".formatted(name, name, number(combine));
  }

  static String finalVideo(String name) {
    return "final/%s_final.mp4".formatted(name);
  }

  /** {@code -iter_002}; nothing for the first, which is the usual video. */
  static String iteration(int number) {
    return number == 1 ? "" : "-iter_" + number(number);
  }

  static String number(int number) {
    return String.format(Locale.ROOT, "%03d", number);
  }
}
