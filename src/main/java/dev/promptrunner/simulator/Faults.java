package dev.promptrunner.simulator;

import dev.promptrunner.base.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The script of failures, read from a text such as {@code oom@3,slow@1:10s,500@7x3}: what, at which
 * job, how many times in a row, how long.
 *
 * @param all in the order written
 * @param limits of the GPU's memory
 */
public record Faults(List<Fault> all, List<FrameLimit> limits) {
  private static final int LONGEST = 10_000;

  /** Nothing goes wrong. */
  public static final Faults NONE = new Faults(List.of(), List.of());

  private static final Pattern FORM =
      Pattern.compile("([a-z0-9-]+)@(\\d{1,6})(?:x(\\d{1,6}))?(?::(\\d{1,7})(ms|s|m))?");

  public Faults {
    all = List.copyOf(all);
    limits = List.copyOf(limits);
  }

  /**
   * Reads a script; an empty text is no fault.
   *
   * @throws IllegalArgumentException with every problem of the text, one a line
   */
  public static Faults parse(String text) {
    List<Problem> problems = problems(text);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    return new Faults(
        words(text).stream().map(Faults::one).flatMap(Optional::stream).toList(),
        words(text).stream().map(FrameLimit::of).flatMap(Optional::stream).toList());
  }

  /** What is wrong with a script; empty when {@link #parse} will read it. */
  public static List<Problem> problems(String text) {
    List<Problem> problems = new ArrayList<>();
    if (text.length() > LONGEST) {
      problems.add(
          new Problem(
              "faults",
              "too long for a list of faults",
              text.length() + " characters",
              "write at most " + LONGEST));
      return problems;
    }
    for (String word : words(text)) {
      if (one(word).isEmpty() && FrameLimit.of(word).isEmpty()) {
        problems.add(
            new Problem(
                "faults",
                "not a fault of the simulator",
                word,
                "write KIND@JOB, KIND@JOBxTIMES, slow@JOB:10s or oom>FRAMES, where KIND is one of "
                    + Arrays.stream(Fault.Kind.values())
                        .map(Fault.Kind::word)
                        .collect(Collectors.joining(", "))
                    + " and JOB counts from 1"));
      }
    }
    return problems;
  }

  Optional<Fault> at(Fault.Kind kind, int number) {
    return all.stream().filter(fault -> fault.strikes(kind, number)).findFirst();
  }

  /** Whether the GPU's memory is too small for so many frames. */
  boolean lackMemory(int frames, int number) {
    return limits.stream().anyMatch(limit -> limit.strikes(frames, number));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static Optional<Fault> one(String word) {
    Matcher form = FORM.matcher(word);
    if (!form.matches()) {
      return Optional.empty();
    }
    Optional<Fault.Kind> kind =
        Arrays.stream(Fault.Kind.values()).filter(k -> k.word().equals(form.group(1))).findFirst();
    int job = Integer.parseInt(form.group(2));
    int times = form.group(3) == null ? 1 : Integer.parseInt(form.group(3));
    boolean slow = kind.filter(Fault.Kind.SLOW::equals).isPresent();
    if (kind.isEmpty() || job < 1 || times < 1 || slow != (form.group(4) != null)) {
      return Optional.empty();
    }
    Duration delay = slow ? delay(form.group(4), form.group(5)) : Duration.ZERO;
    return Optional.of(new Fault(kind.get(), job, times, delay));
  }

  private static Duration delay(String number, String unit) {
    long value = Long.parseLong(number);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(value);
      case "m" -> Duration.ofMinutes(value);
      default -> Duration.ofSeconds(value);
    };
  }
}
