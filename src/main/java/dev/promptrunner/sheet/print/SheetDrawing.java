package dev.promptrunner.sheet.print;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Draws a sheet into an empty document. */
final class SheetDrawing {
  /** From this aspect on posters beside each other need wide columns. */
  private static final float WIDE = 2.2f;

  private static final Pen.Style TITLE = new Pen.Style(14, new Color(0x111111), true);
  private static final Pen.Style SMALL = new Pen.Style(7.5f, new Color(0x6b6b6b), false);
  private static final Pen.Style MARK = new Pen.Style(7.5f, new Color(0x7a3d00), true);
  private static final Color RULE = new Color(0xcfcfcb);
  private static final float FOOT = Paper.HEIGHT - 18;

  private final PrintSheet sheet;
  private final PDDocument document;
  private final Typeface face;

  private SheetDrawing(PrintSheet sheet, PDDocument document) throws IOException {
    this.sheet = sheet;
    this.document = document;
    this.face = Typeface.in(document);
  }

  static void draw(PrintSheet sheet, PDDocument document) throws IOException {
    new SheetDrawing(sheet, document).draw();
  }

  private void draw() throws IOException {
    PDDocumentInformation information = document.getDocumentInformation();
    information.setTitle(sheet.title());
    information.setCreator("Prompt Runner");
    sheet.mark().ifPresent(information::setSubject);
    document.setDocumentId((long) sheet.title().hashCode()); // else it would be the time
    List<Strip> strips =
        sheet.entries().stream().map(entry -> Strip.of(document, entry.posters())).toList();
    int columns = columns(strips);
    List<List<Flow.Row>> pages = Flow.pages(cells(strips, columns), columns);
    for (int number = 1; number <= pages.size(); number++) {
      page(pages.get(number - 1), columns, number, pages.size());
    }
  }

  private static int columns(List<Strip> strips) {
    double widest = strips.stream().mapToDouble(Strip::aspect).max().orElse(WIDE);
    return widest < WIDE ? 4 : 3;
  }

  private List<Cell> cells(List<Strip> strips, int columns) throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < strips.size(); i++) {
      PrintEntry entry = sheet.entries().get(i);
      cells.add(Cell.of(face, entry, strips.get(i), Paper.columnWidth(columns)));
    }
    return cells;
  }

  private void page(List<Flow.Row> rows, int columns, int number, int pages) throws IOException {
    PDPage page = new PDPage(new PDRectangle(Paper.WIDTH, Paper.HEIGHT));
    document.addPage(page);
    try (PDPageContentStream stream = new PDPageContentStream(document, page)) {
      Pen pen = new Pen(stream, face);
      head(pen);
      for (Flow.Row row : rows) {
        for (int column = 0; column < row.cells().size(); column++) {
          float x = Paper.MARGIN + column * (Paper.columnWidth(columns) + Paper.GAP);
          row.cells().get(column).draw(pen, x, Paper.TOP + row.top());
        }
      }
      foot(pen, number, pages);
    }
  }

  private void head(Pen pen) throws IOException {
    int results = sheet.entries().size();
    String count = results == 1 ? "1 result" : results + " results";
    float right = Paper.WIDTH - Paper.MARGIN;
    float room = Paper.INNER_WIDTH - face.width(count, SMALL.size()) - Paper.GAP;
    pen.text(face.fit(sheet.title(), TITLE.size(), room), Paper.MARGIN, 36, TITLE);
    pen.textToRight(count, right, 36, SMALL);
    pen.box(Paper.MARGIN, 44, Paper.INNER_WIDTH, 0.6f, RULE);
  }

  private void foot(Pen pen, int number, int pages) throws IOException {
    String place = "page " + number + " of " + pages;
    float room = Paper.INNER_WIDTH - face.width(place, SMALL.size()) - Paper.GAP;
    if (sheet.mark().isPresent()) {
      pen.text(face.fit(sheet.mark().get(), MARK.size(), room), Paper.MARGIN, FOOT, MARK);
    }
    pen.textToRight(place, Paper.WIDTH - Paper.MARGIN, FOOT, SMALL);
  }
}
