package dev.promptrunner.sheet.print;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The one font of a document, Liberation Sans out of PDFBox's own jar: a pod has no fonts. Any text
 * can be given; what it does not have is shown as a box. For one document.
 */
final class Typeface {
  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private static final String CUT = "…";
  private static final int UNKNOWN = '□';

  /** Longer than any line: the rest of a text of megabytes is not looked at. */
  private static final int LONGEST = 2000;

  private final PDType0Font font;
  private final CmapLookup glyphs;

  private Typeface(PDType0Font font, CmapLookup glyphs) {
    this.font = font;
    this.glyphs = glyphs;
  }

  static Typeface in(PDDocument document) throws IOException {
    try (InputStream stream = PDType0Font.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new FileNotFoundException(RESOURCE + " is not in PDFBox's jar");
      }
      TrueTypeFont ttf = new TTFParser(true).parse(new RandomAccessReadBuffer(stream));
      ttf.setEnableGsub(false); // looking for ligatures takes most of the time, and none is missed
      return new Typeface(PDType0Font.load(document, ttf, true), ttf.getUnicodeCmapLookup());
    }
  }

  PDType0Font font() {
    return font;
  }

  /** The text as it can be shown: on one line, with boxes for what the font does not have. */
  String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(point -> Character.isWhitespace(point) ? ' ' : point)
        .filter(point -> !isInvisible(point))
        .map(point -> glyphs.getGlyphId(point) == 0 ? UNKNOWN : point)
        .forEach(shown::appendCodePoint);
    return shown.toString().strip();
  }

  /**
   * Joiners, variation selectors and direction marks: a box for them would show nothing missing.
   */
  private static boolean isInvisible(int point) {
    return Character.getType(point) == Character.FORMAT || (point >= 0xfe00 && point <= 0xfe0f);
  }

  /** In points; of a text that is {@link #shown}. */
  float width(String shown, float size) throws IOException {
    return font.getStringWidth(shown) / 1000 * size;
  }

  /** The text as it can be shown within a width, cut where it is longer. */
  String fit(String text, float size, float width) throws IOException {
    String shown = shown(text);
    if (width(shown, size) <= width) {
      return shown;
    }
    return cut(shown, longest(shown, CUT, size, width));
  }

  /** How many characters fit, with this behind them. */
  private int longest(String shown, String behind, float size, float width) throws IOException {
    int low = 0;
    int high = shown.length();
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (width(shown.substring(0, middle) + behind, size) <= width) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static String cut(String text, int length) {
    return text.substring(0, length).strip() + CUT;
  }

  /** The text on at most so many lines, broken between words; the last is cut. */
  List<String> wrap(String text, float size, float width, int most) throws IOException {
    List<String> lines = new ArrayList<>();
    String rest = shown(text);
    while (!rest.isEmpty() && lines.size() < most - 1) {
      int end = lineEnd(rest, size, width);
      lines.add(rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    if (!rest.isEmpty()) {
      lines.add(fit(rest, size, width));
    }
    return lines;
  }

  /** The last space that is still on the line, or the middle of a word that is longer than it. */
  private int lineEnd(String text, float size, float width) throws IOException {
    int fitting = longest(text, "", size, width);
    int space = fitting == text.length() ? fitting : text.lastIndexOf(' ', fitting);
    return space > 0 ? space : Math.max(1, fitting);
  }
}
