package dev.promptrunner.prompt;

import dev.promptrunner.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Four parts of text, each separated from the next by empty lines, into values. Pure. */
final class PromptParser {
  static final String PARTS =
      "four parts separated by empty lines: video name, number of frames, positive prompt,"
          + " negative prompt";

  /** How a prompt of nothing is written, since an empty part cannot be seen. */
  static final String NOTHING = "-";

  private final String file;
  private final List<String> lines;
  private final List<Part> parts;
  private final List<Problem> problems = new ArrayList<>();

  private PromptParser(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
    this.parts = parts(lines);
  }

  /** The outcome for one file. */
  sealed interface Parsed {
    record Good(
        String videoName, int frames, String positive, String negative, PromptFile.Lines lines)
        implements Parsed {}

    /**
     * A file that cannot be used.
     *
     * @param problems at least one
     */
    record Bad(List<Problem> problems) implements Parsed {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Lines that follow each other without a blank one; {@code first} and {@code end} from 0. */
  private record Part(int first, int end) {}

  /** Never throws, whatever the bytes are. */
  static Parsed parse(String file, byte[] bytes) {
    return switch (PromptText.of(file, bytes)) {
      case PromptText.Unreadable unreadable -> new Parsed.Bad(List.of(unreadable.problem()));
      case PromptText.Lines text -> new PromptParser(file, text.lines()).parse();
    };
  }

  private Parsed parse() {
    boolean alone = standsAlone(0, "the video name") && standsAlone(1, "the number of frames");
    Optional<String> name = VideoName.parse(head(0), line(parts.getFirst().first), problems);
    Optional<Integer> frames =
        parts.size() > 1 && alone
            ? FrameCount.parse(head(1), line(parts.get(1).first), problems)
            : Optional.empty();
    if (parts.size() < 4 && alone) {
      problems.add(missingPart());
    }
    if (!problems.isEmpty()) {
      return new Parsed.Bad(problems);
    }
    String negative = text(parts.getLast(), parts.getLast());
    return new Parsed.Good(
        name.orElseThrow(),
        frames.orElseThrow(),
        text(parts.get(2), parts.get(parts.size() - 2)),
        negative.equals(NOTHING) ? "" : negative,
        new PromptFile.Lines(parts.get(0).first + 1, parts.get(1).first + 1));
  }

  /**
   * The two first parts are one line each; a second line means that the empty line was forgotten.
   */
  private boolean standsAlone(int index, String what) {
    if (parts.size() <= index || parts.get(index).end - parts.get(index).first == 1) {
      return true;
    }
    int second = parts.get(index).first + 1;
    problems.add(
        new Problem(
            line(second),
            what + " must stand alone, with an empty line after it",
            Excerpt.of(lines.get(second)),
            "put an empty line before this line"));
    return false;
  }

  private Problem missingPart() {
    return new Problem(
        line(parts.getLast().first),
        "a prompt file has " + PARTS,
        parts.size() == 1 ? "1 part" : parts.size() + " parts",
        "add what is missing; to have no negative prompt write " + NOTHING + " as the last part");
  }

  private String head(int part) {
    return PromptText.trim(lines.get(parts.get(part).first));
  }

  /** From the first line of one part to the last of another, the empty lines between them kept. */
  private String text(Part from, Part to) {
    return lines.subList(from.first, to.end).stream()
        .map(line -> PromptText.isBlank(line) ? "" : line.stripTrailing())
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private String line(int index) {
    return file + ":" + (index + 1);
  }

  private static List<Part> parts(List<String> lines) {
    List<Part> parts = new ArrayList<>();
    int first = 0;
    for (int i = 0; i <= lines.size(); i++) {
      if (i == lines.size() || PromptText.isBlank(lines.get(i))) {
        if (i > first) {
          parts.add(new Part(first, i));
        }
        first = i + 1;
      }
    }
    return List.copyOf(parts);
  }
}
