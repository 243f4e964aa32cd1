package dev.promptrunner.sheet.print;

import java.awt.Color;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/** Draws on a page with places counted from its upper left, as they are read. */
final class Pen {
  /** The font has no bold: its letters are outlined by this part of their size. */
  private static final float BOLD = 0.035f;

  private final PDPageContentStream stream;
  private final Typeface face;

  Pen(PDPageContentStream stream, Typeface face) {
    this.stream = stream;
    this.face = face;
  }

  /**
   * How a text looks.
   *
   * @param size in points
   */
  record Style(float size, Color colour, boolean bold) {}

  /** Writes a text that can be shown, its baseline at y. */
  void text(String shown, float x, float y, Style style) throws IOException {
    stream.beginText();
    stream.setFont(face.font(), style.size());
    stream.setNonStrokingColor(style.colour());
    stream.setStrokingColor(style.colour());
    stream.setLineWidth(style.size() * BOLD);
    stream.setRenderingMode(style.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
    stream.newLineAtOffset(x, Paper.HEIGHT - y);
    stream.showText(shown);
    stream.endText();
  }

  void textToRight(String shown, float right, float y, Style style) throws IOException {
    text(shown, right - face.width(shown, style.size()), y, style);
  }

  void box(float x, float top, float width, float height, Color colour) throws IOException {
    stream.setNonStrokingColor(colour);
    stream.addRect(x, Paper.HEIGHT - top - height, width, height);
    stream.fill();
  }

  void image(PDImageXObject image, float x, float top, float width, float height)
      throws IOException {
    stream.drawImage(image, x, Paper.HEIGHT - top - height, width, height);
  }
}
