package dev.promptrunner.sheet.print;

import java.awt.Color;
import java.io.IOException;
import java.util.List;

/** One entry laid out for a width: title, posters, note, values below each other. */
final class Cell {
  private static final float TITLE = 13;
  private static final float NOTE = 8.5f;
  private static final float NOTE_BASELINE = 6.5f;
  private static final int MOST_NOTES = 3;
  private static final float AFTER_NOTE = 2;
  private static final float AFTER_POSTERS = 3;
  private static final Pen.Style NAME = new Pen.Style(8.5f, new Color(0x111111), true);
  private static final Pen.Style WARNING = new Pen.Style(7, new Color(0xb3261e), false);

  private final String title;
  private final Strip strip;
  private final List<String> note;
  private final Parameters parameters;
  private final float width;

  private Cell(String title, Strip strip, List<String> note, Parameters parameters, float width) {
    this.title = title;
    this.strip = strip;
    this.note = note;
    this.parameters = parameters;
    this.width = width;
  }

  static Cell of(Typeface face, PrintEntry entry, Strip strip, float width) throws IOException {
    return new Cell(
        face.fit(entry.title(), NAME.size(), width),
        strip,
        face.wrap(entry.note(), WARNING.size(), width, MOST_NOTES),
        Parameters.of(face, entry.lines(), width),
        width);
  }

  float height() {
    return TITLE + postersHeight() + noteHeight() + parameters.height();
  }

  private float postersHeight() {
    float height = strip.height(width);
    return height > 0 ? height + AFTER_POSTERS : 0;
  }

  private float noteHeight() {
    return note.isEmpty() ? 0 : note.size() * NOTE + AFTER_NOTE;
  }

  void draw(Pen pen, float x, float top) throws IOException {
    pen.text(title, x, top + TITLE - 4.5f, NAME);
    float at = top + TITLE;
    strip.draw(pen, x, at, width);
    at += postersHeight();
    for (int line = 0; line < note.size(); line++) {
      pen.text(note.get(line), x, at + line * NOTE + NOTE_BASELINE, WARNING);
    }
    parameters.draw(pen, x, at + noteHeight());
  }
}
