package dev.promptrunner.prompt;

import dev.promptrunner.base.Problem;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The first part of a prompt file. It becomes part of folder, file and object names and of the
 * prefix that the server gets, so it must be one plain name: no path, nothing invisible, no {@code
 * %} (ComfyUI replaces {@code %width%} and its like in prefixes), not hidden, not too long for a
 * file name with what is added to it.
 */
final class VideoName {
  private static final int LONGEST_BYTES = 100;
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private VideoName() {}

  static Optional<String> parse(String text, String where, List<Problem> problems) {
    String name = FileNames.withoutVideoExtension(Normalizer.normalize(text, Normalizer.Form.NFC));
    Optional<Problem> problem = problem(name, text, where);
    problem.ifPresent(problems::add);
    return problem.isPresent() ? Optional.empty() : Optional.of(name);
  }

  private static Optional<Problem> problem(String name, String text, String where) {
    if (INVISIBLE.matcher(name).find()) {
      return refuse(where, "holds an invisible character", text, "type the name again");
    }
    if (name.contains("/") || name.contains("\\")) {
      return refuse(where, "is a path", text, remedyForPath(name));
    }
    if (name.isEmpty() || name.startsWith(".")) {
      return refuse(where, "is empty or starts with a dot", text, "write a name such as walk");
    }
    if (name.contains("%")) {
      return refuse(where, "holds a %, which servers replace", text, "rename the video without it");
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_BYTES) {
      String what = "takes " + bytes + " bytes, more than " + LONGEST_BYTES;
      return refuse(where, what, text, "give the video a shorter name");
    }
    return Optional.empty();
  }

  private static Optional<Problem> refuse(String where, String what, String found, String remedy) {
    String shown = INVISIBLE.matcher(Excerpt.of(found)).replaceAll("\uFFFD");
    return Optional.of(new Problem(where, "the video name " + what, shown, remedy));
  }

  private static String remedyForPath(String name) {
    String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String usable = base.startsWith(".") || base.isBlank() ? "its base name, such as walk" : base;
    return "write " + usable + " and put the video beside the prompt file";
  }
}
