package dev.promptrunner.sheet.print;

import dev.promptrunner.base.WholeFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Results side by side on A4 pages, for sending. The same sheet gives the same bytes. A file is
 * whole or absent: it is written under a hidden name beside its own and then renamed. Needs no font
 * of the machine's and no display.
 *
 * @param title at the top of each page
 * @param entries in the order they are shown; may be empty
 * @param mark at the foot of each page, such as {@code made with the simulator}
 */
public record PrintSheet(String title, List<PrintEntry> entries, Optional<String> mark) {
  public PrintSheet {
    entries = List.copyOf(entries);
  }

  /** Writes the sheet as a PDF with its font inside, replacing what has the name. */
  public void writePdf(Path file) throws IOException {
    WholeFile.write(file, part -> Files.write(part, pdf()));
  }

  /**
   * Writes the same pages as PNG, one below the other.
   *
   * @return what was written: the file, or, when that would be more than {@value
   *     PageImages#MOST_PIXELS} pixels, one file for each page, named with its number ({@code
   *     sheet-01.png}), and not the file itself
   */
  public List<Path> writePng(Path file) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf())) {
      PageImages images = new PageImages(document);
      if (images.fitOneFile()) {
        BufferedImage joined = images.joined();
        WholeFile.write(file, part -> PageImages.write(joined, part));
        return List.of(file);
      }
      return images.writeEach(file);
    }
  }

  private byte[] pdf() throws IOException {
    try (PDDocument document = new PDDocument()) {
      SheetDrawing.draw(this, document);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes, CompressParameters.DEFAULT_COMPRESSION);
      return bytes.toByteArray();
    }
  }
}
