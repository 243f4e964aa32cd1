package dev.promptrunner.sheet.print;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** The posters of one entry, side by side and equally high. */
final class Strip {
  private static final float GAP = 2;
  private static final float MOST_HEIGHT = 150;
  private static final Color EMPTY = new Color(0xe8e8e6);
  private static final Pen.Style WORDS = new Pen.Style(6.5f, new Color(0x777777), false);

  /** What a picture that is missing counts as. */
  private static final float USUAL_ASPECT = 16 / 9f;

  private final List<Optional<PDImageXObject>> pictures;

  private Strip(List<Optional<PDImageXObject>> pictures) {
    this.pictures = pictures;
  }

  static Strip of(PDDocument document, List<byte[]> posters) {
    List<Optional<PDImageXObject>> pictures = new ArrayList<>();
    posters.forEach(poster -> pictures.add(picture(document, poster)));
    return new Strip(pictures);
  }

  private static Optional<PDImageXObject> picture(PDDocument document, byte[] poster) {
    try {
      return Optional.of(JPEGFactory.createFromByteArray(document, poster));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // the sheet shows it in the picture's place
    }
  }

  /** Width by height of all together. */
  float aspect() {
    return pictures.isEmpty()
        ? USUAL_ASPECT
        : (float) pictures.stream().mapToDouble(Strip::aspect).sum();
  }

  private static float aspect(Optional<PDImageXObject> picture) {
    return picture.map(p -> (float) p.getWidth() / p.getHeight()).orElse(USUAL_ASPECT);
  }

  float height(float width) {
    if (pictures.isEmpty()) {
      return 0;
    }
    return Math.min(MOST_HEIGHT, (width - GAP * (pictures.size() - 1)) / aspect());
  }

  void draw(Pen pen, float x, float top, float width) throws IOException {
    float height = height(width);
    float at = x;
    for (Optional<PDImageXObject> picture : pictures) {
      float own = height * aspect(picture);
      if (picture.isPresent()) {
        pen.image(picture.get(), at, top, own, height);
      } else {
        pen.box(at, top, own, height, EMPTY);
        pen.text("unreadable", at + 4, top + height / 2, WORDS);
      }
      at += own + GAP;
    }
  }
}
