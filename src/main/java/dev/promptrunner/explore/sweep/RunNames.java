package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.workflow.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of runs by a pattern: <code>{index}_{sampler_cfg}</code>. They are names of folders and
 * files, so that what disks, servers and spreadsheets stumble over becomes an underscore.
 */
final class RunNames {
  /** Numbers alone, so that names stay the same when parameters are added. */
  static final String USUAL = "{index}";

  private static final List<String> COUNTED = List.of("index", "sample", "seed_index");
  private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern UNUSABLE = Pattern.compile("[^\\p{L}\\p{N}._+=,-]+");
  private static final int LONGEST = 80;

  /** Files of a run have its name with an ending, and disks take 255. */
  private static final int LONGEST_BYTES = 200;

  private static final int LEAST_DIGITS = 3;

  private final String pattern;
  private final String where;

  /**
   * @param where the place that problems name
   */
  RunNames(String pattern, String where) {
    this.pattern = pattern;
    this.where = where;
  }

  /** Any text as the name of one folder. */
  static String folder(String text) {
    String clean = UNUSABLE.matcher(text.strip()).replaceAll("_").replace(Generation.LEVEL, "_");
    String shown = clean.startsWith(".") ? "_" + clean.substring(1) : clean;
    String cut = cut(shown);
    return cut.isEmpty() ? "_" : cut;
  }

  /** Never within a symbol of two characters. */
  private static String cut(String text) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int symbol : text.codePoints().toArray()) {
      String next = Character.toString(symbol);
      bytes += next.getBytes(StandardCharsets.UTF_8).length;
      if (kept.length() + next.length() > LONGEST || bytes > LONGEST_BYTES) {
        break;
      }
      kept.append(next);
    }
    return kept.toString();
  }

  /** {@code 007} of up to 999 runs. */
  static String padded(int number, int of) {
    int digits = Math.max(LEAST_DIGITS, Integer.toString(of).length());
    return String.format(Locale.ROOT, "%0" + digits + "d", number);
  }

  /** Whether the pattern has such a field. */
  boolean has(String field) {
    return pattern.contains("{" + field + "}");
  }

  /**
   * Fields that no run has.
   *
   * @param named those that runs have beside what is counted
   */
  List<Problem> unknown(Set<String> named) {
    Set<String> known = new TreeSet<>(named);
    known.addAll(COUNTED);
    List<Problem> problems = new ArrayList<>();
    Matcher matcher = FIELD.matcher(pattern);
    while (matcher.find()) {
      String field = matcher.group(1);
      if (!known.contains(field)) {
        problems.add(
            new Problem(
                where,
                "run_name has an unknown field",
                "{" + field + "}",
                Nearest.hint(field, known, "use one of " + String.join(", ", known))));
      }
    }
    return problems;
  }

  /**
   * The names of all runs, in their order; bad when two would share a folder.
   *
   * @param fields the texts of a run's fields, for runs 0 … count − 1
   */
  Reading<List<String>> names(int count, Function<Integer, Map<String, String>> fields) {
    List<String> names = new ArrayList<>(count);
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = name(fields.apply(i));
      // Case does not tell folders apart on every disk.
      Integer before = first.putIfAbsent(name.toLowerCase(Locale.ROOT), i);
      if (before != null) {
        return Reading.bad(
            new Problem(
                where,
                "run_name gives runs %d and %d the same name".formatted(before + 1, i + 1),
                name,
                "add {index}, as in \"{index}_" + pattern.replace("\"", "") + "\""));
      }
      names.add(name);
    }
    return new Reading.Good<>(List.copyOf(names));
  }

  private String name(Map<String, String> fields) {
    Matcher matcher = FIELD.matcher(pattern);
    return folder(
        matcher.replaceAll(
            match -> Matcher.quoteReplacement(fields.getOrDefault(match.group(1), match.group()))));
  }
}
