package dev.promptrunner.prompt;

import dev.promptrunner.base.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The bytes of a prompt file as lines of text, or the one reason why they are none. */
sealed interface PromptText {
  Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  /** Without line ends and byte-order mark; at least one line is not blank. */
  record Lines(List<String> lines) implements PromptText {
    public Lines {
      lines = List.copyOf(lines);
    }
  }

  record Unreadable(Problem problem) implements PromptText {}

  /** Never throws, whatever the bytes are. */
  static PromptText of(String file, byte[] bytes) {
    Optional<Problem> wrong = Encoding.problem(file, bytes);
    if (wrong.isPresent()) {
      return new Unreadable(wrong.get());
    }
    CharBuffer decoded = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, decoded, true);
    if (result.isError()) {
      return new Unreadable(Encoding.notUtf8(file, bytes, in.position()));
    }
    String text = decoded.flip().toString();
    List<String> lines = lines(text.startsWith("\uFEFF") ? text.substring(1) : text);
    return lines.stream().allMatch(PromptText::isBlank)
        ? new Unreadable(empty(file))
        : checked(file, lines);
  }

  /** Blank for a person: also no-break and ideographic spaces, and marks without width. */
  static boolean isBlank(String line) {
    return line.codePoints().allMatch(PromptText::isBlank);
  }

  /** Without what is blank at both ends. */
  static String trim(String line) {
    int start = 0;
    int end = line.length();
    while (start < end && isBlank(line.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == 0xFEFF
        || (c >= 0x200B && c <= 0x200D);
  }

  private static List<String> lines(String text) {
    return List.of(LINE_END.split(text, -1));
  }

  private static PromptText checked(String file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Optional<Integer> control =
          lines.get(i).chars().boxed().filter(PromptText::isBad).findFirst();
      if (control.isPresent()) {
        return new Unreadable(controlCharacter(file, i + 1, control.get()));
      }
    }
    return new Lines(lines);
  }

  private static boolean isBad(int c) {
    return Character.isISOControl(c) && c != '\t' && c != '\f';
  }

  private static Problem controlCharacter(String file, int line, int c) {
    return new Problem(
        file + ":" + line,
        "the line holds a control character",
        String.format("U+%04X", c),
        "delete it, or save the file again as plain text");
  }

  private static Problem empty(String file) {
    return new Problem(file + ":1", "the prompt file is empty", "", "write " + PromptParser.PARTS);
  }
}
