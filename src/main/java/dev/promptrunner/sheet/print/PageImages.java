package dev.promptrunner.sheet.print;

import dev.promptrunner.base.WholeFile;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** A document's pages as pixels. */
final class PageImages {
  /** More than this in one file is too much to send or to open: about ten pages. */
  static final int MOST_PIXELS = 20_500_000;

  private static final float DOTS_PER_INCH = 144;

  private final PDDocument document;
  private final PDFRenderer renderer;

  PageImages(PDDocument document) {
    this.document = document;
    this.renderer = new PDFRenderer(document);
  }

  boolean fitOneFile() {
    double scale = DOTS_PER_INCH / 72;
    double page = Paper.WIDTH * scale * Paper.HEIGHT * scale;
    return page * document.getNumberOfPages() <= MOST_PIXELS;
  }

  /** All pages, one below the other. */
  BufferedImage joined() throws IOException {
    BufferedImage first = page(0);
    int pages = document.getNumberOfPages();
    BufferedImage all =
        new BufferedImage(
            first.getWidth(), first.getHeight() * pages, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = all.createGraphics();
    for (int number = 0; number < pages; number++) {
      BufferedImage page = number == 0 ? first : page(number);
      graphics.drawImage(page, 0, number * first.getHeight(), null);
    }
    graphics.dispose();
    return all;
  }

  /** Each page as a file beside the one named. */
  List<Path> writeEach(Path file) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int number = 0; number < document.getNumberOfPages(); number++) {
      BufferedImage image = page(number);
      Path target = numbered(file, number + 1);
      WholeFile.write(target, part -> write(image, part));
      files.add(target);
    }
    return files;
  }

  private Path numbered(Path file, int number) {
    int digits = Integer.toString(document.getNumberOfPages()).length();
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    String padded = String.format(Locale.ROOT, "%0" + digits + "d", number);
    return file.resolveSibling(name.substring(0, dot) + "-" + padded + name.substring(dot));
  }

  private BufferedImage page(int number) throws IOException {
    return renderer.renderImageWithDPI(number, DOTS_PER_INCH, ImageType.RGB);
  }

  static void write(BufferedImage image, Path file) throws IOException {
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("this Java has no writer for PNG");
    }
  }
}
