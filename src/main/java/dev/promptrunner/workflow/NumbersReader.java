package dev.promptrunner.workflow;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.workflow.Numbers.Combining;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sections of a recipe that hold numbers. */
final class NumbersReader {
  private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,6})(?:/([1-9]\\d{0,6}))?");

  private NumbersReader() {}

  static Numbers numbers(Section root) {
    Section frames = root.section("frames");
    Section size = root.section("size");
    Numbers numbers =
        new Numbers(
            frameRule(frames),
            frameRate(frames),
            frames.number("native", 1, 100_000),
            frames.number("reference_offset", 1, 1_000),
            frames.number("drift_after", 1, 1_000),
            size.number("multiple", 1, 1_024),
            usualSize(size),
            root.has("steps")
                ? OptionalInt.of(root.number("steps", 1, 1_000))
                : OptionalInt.empty(),
            Duration.ofSeconds(root.number("swap_seconds", 0, 3_600)),
            combining(root.section("combining")));
    frames.refuseUnknownKeys();
    size.refuseUnknownKeys();
    return numbers;
  }

  private static Combining combining(Section section) {
    int framesFactor = section.number("frames_factor", 1, 16);
    int framesShort = section.number("frames_short", 0, framesFactor);
    Combining combining =
        new Combining(framesFactor, framesShort, section.number("size_factor", 1, 16));
    section.refuseUnknownKeys();
    return combining;
  }

  private static FrameRule frameRule(Section frames) {
    String text = frames.requiredText("rule");
    Optional<FrameRule> rule = FrameRule.parse(text);
    if (rule.isEmpty() && !text.isEmpty()) {
      frames.wrong("rule", "must look like 4n+1 or n", frames.value("rule"));
    }
    return rule.orElse(new FrameRule(1, 0));
  }

  private static FrameRate frameRate(Section frames) {
    String text = frames.requiredText("rate");
    Matcher form = RATE.matcher(text);
    if (form.matches()) {
      int denominator = form.group(2) == null ? 1 : Integer.parseInt(form.group(2));
      return new FrameRate(Integer.parseInt(form.group(1)), denominator);
    }
    if (!text.isEmpty()) {
      frames.wrong("rate", "must look like 16 or 30000/1001", frames.value("rate"));
    }
    return FrameRate.of(1);
  }

  private static FrameSize usualSize(Section size) {
    String text = size.requiredText("usual");
    Optional<FrameSize> usual = FrameSize.parse(text);
    if (usual.isEmpty() && !text.isEmpty()) {
      size.wrong("usual", "must look like 832x480", size.value("usual"));
    }
    return usual.orElse(new FrameSize(1, 1));
  }
}
