package dev.promptrunner.sheet.print;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The values of one entry, two beside each other where they are short enough, the highlighted first
 * and tinted.
 */
final class Parameters {
  static final float ROW = 9.5f;

  /** More are counted, not shown: a cell must leave room for its neighbours. */
  static final int MOST_ROWS = 16;

  private static final float SIZE = 6.5f;
  private static final float GAP = 6;
  private static final float PAD = 2;

  /** The part of the width that a long value leaves to its label. */
  private static final float LEAST_LABEL = 0.6f;

  private static final float BASELINE = 6.9f;
  private static final Color TINT = new Color(0xfdf0c8);
  private static final Pen.Style LABEL = new Pen.Style(SIZE, new Color(0x6b6b6b), false);
  private static final Pen.Style VALUE = new Pen.Style(SIZE, new Color(0x222222), false);
  private static final Pen.Style STRONG = new Pen.Style(SIZE, new Color(0x7a3d00), true);

  private final Typeface face;
  private final float width;
  private final List<List<PrintEntry.Line>> rows = new ArrayList<>();
  private int hidden;

  private Parameters(Typeface face, float width) {
    this.face = face;
    this.width = width;
  }

  static Parameters of(Typeface face, List<PrintEntry.Line> lines, float width) throws IOException {
    Parameters parameters = new Parameters(face, width);
    List<PrintEntry.Line> ordered = new ArrayList<>(lines);
    ordered.sort(Comparator.comparing(line -> !line.highlighted())); // stable
    for (PrintEntry.Line line : ordered) {
      parameters.add(line);
    }
    return parameters;
  }

  private void add(PrintEntry.Line line) throws IOException {
    boolean fits = hidden == 0 && (isHalf(line) && besideLast() || rows.size() < MOST_ROWS);
    if (!fits) {
      hidden++;
    } else if (isHalf(line) && besideLast()) {
      rows.getLast().add(line);
    } else {
      rows.add(new ArrayList<>(List.of(line)));
    }
  }

  private boolean besideLast() throws IOException {
    return !rows.isEmpty() && rows.getLast().size() == 1 && isHalf(rows.getLast().getFirst());
  }

  private boolean isHalf(PrintEntry.Line line) throws IOException {
    float label = face.width(face.shown(line.label()), SIZE);
    return label + GAP + face.width(face.shown(line.value()), SIZE) + 2 * PAD <= half();
  }

  private float half() {
    return (width - GAP) / 2;
  }

  float height() {
    return ROW * (rows.size() + (hidden > 0 ? 1 : 0));
  }

  void draw(Pen pen, float x, float top) throws IOException {
    float at = top;
    for (List<PrintEntry.Line> row : rows) {
      boolean whole = row.size() == 1 && !isHalf(row.getFirst());
      for (int column = 0; column < row.size(); column++) {
        float left = x + column * (half() + GAP);
        line(pen, row.get(column), left, at, whole ? width : half());
      }
      at += ROW;
    }
    if (hidden > 0) {
      pen.text("… and " + hidden + " more", x + PAD, at + BASELINE, LABEL);
    }
  }

  private void line(Pen pen, PrintEntry.Line line, float x, float top, float room)
      throws IOException {
    if (line.highlighted()) {
      pen.box(x, top, room, ROW - 1, TINT);
    }
    float inner = room - 2 * PAD;
    float beside = inner - GAP - face.width(face.shown(line.value()), SIZE);
    String label = face.fit(line.label(), SIZE, Math.max(beside, inner * LEAST_LABEL));
    String value = face.fit(line.value(), SIZE, inner - GAP - face.width(label, SIZE));
    pen.text(label, x + PAD, top + BASELINE, LABEL);
    pen.textToRight(value, x + room - PAD, top + BASELINE, line.highlighted() ? STRONG : VALUE);
  }
}
