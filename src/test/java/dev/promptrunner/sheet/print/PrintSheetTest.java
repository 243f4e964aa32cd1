package dev.promptrunner.sheet.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Jpeg;
import dev.promptrunner.media.TestPattern;
import dev.promptrunner.sheet.print.PrintEntry.Line;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PrintSheetTest {
  private static final FrameSize WIDE = new FrameSize(320, 185);

  @TempDir Path folder;

  private static byte[] poster(FrameSize size, int number) throws Exception {
    return Jpeg.encode(TestPattern.picture(size, number), 320);
  }

  private static List<byte[]> posters(FrameSize size, int from) throws Exception {
    return List.of(poster(size, from), poster(size, from + 20), poster(size, from + 40));
  }

  private static List<Line> lines(int index) {
    return List.of(
        new Line("sampler_cfg", "" + (1 + index * 0.5), true),
        new Line("sampler_steps", "20", false),
        new Line("lora_high_strength", "0." + index, true),
        new Line("sampler_name", "euler", false),
        new Line("seed", "8402113379" + index, false),
        new Line("sharpness", "412.7", false));
  }

  private static PrintEntry entry(int index, List<byte[]> posters) {
    return new PrintEntry("run_%03d".formatted(index), posters, lines(index), "");
  }

  private static PrintSheet sheet(int entries) throws Exception {
    List<byte[]> posters = posters(WIDE, 30);
    return new PrintSheet(
        "strength against cfg",
        IntStream.range(0, entries).mapToObj(index -> entry(index, posters)).toList(),
        Optional.of("made with the simulator"));
  }

  private static PrintSheet of(PrintEntry... entries) {
    return new PrintSheet("sheet", List.of(entries), Optional.empty());
  }

  private String text(PrintSheet sheet, int page) throws IOException {
    Path file = folder.resolve("sheet.pdf");
    sheet.writePdf(file);
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      return stripper.getText(document);
    }
  }

  private int pages(PrintSheet sheet) throws IOException {
    Path file = folder.resolve("pages.pdf");
    sheet.writePdf(file);
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      return document.getNumberOfPages();
    }
  }

  @Test
  void a_page_says_what_was_made_how_and_where_one_is() throws Exception {
    String text = text(sheet(40), 2);
    assertThat(text)
        .contains("strength against cfg", "40 results", "made with the simulator", "page 2 of 4")
        .contains("run_018", "sampler_cfg", "10.0", "lora_high_strength", "0.18", "euler")
        .doesNotContain("run_000");
  }

  @Test
  void entries_fill_page_after_page_and_none_is_left_out() throws Exception {
    int onOne = 0;
    while (pages(sheet(onOne + 3)) == 1) {
      onOne += 3;
    }
    assertThat(onOne).isGreaterThanOrEqualTo(9);
    assertThat(pages(sheet(onOne * 2))).isEqualTo(2);
    assertThat(pages(sheet(onOne * 2 + 1))).isEqualTo(3);
    PrintSheet sheet = sheet(onOne * 2 + 1);
    StringBuilder all = new StringBuilder();
    for (int page = 1; page <= 3; page++) {
      all.append(text(sheet, page));
    }
    for (PrintEntry entry : sheet.entries()) {
      assertThat(all).contains(entry.title());
    }
  }

  @Test
  void nothing_to_show_is_one_page_that_says_so() throws Exception {
    assertThat(text(of(), 1)).contains("0 results", "page 1 of 1");
    assertThat(text(of(entry(1, List.of())), 1)).contains("1 result", "run_001");
  }

  @Test
  void the_one_font_is_inside_the_file() throws Exception {
    Path file = folder.resolve("sheet.pdf");
    sheet(30).writePdf(file);
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      for (PDPage page : document.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          PDFont font = page.getResources().getFont(name);
          assertThat(font.isEmbedded()).isTrue();
          assertThat(font.getName()).endsWith("LiberationSans");
        }
      }
    }
  }

  @Test
  void a_failure_is_said_in_full_lines() throws Exception {
    PrintEntry failed =
        new PrintEntry(
            "run_7", List.of(), lines(7), "failed: OutOfMemory: the card has 24 GB, 31 are needed");
    assertThat(text(of(failed), 1).replace("\n", " "))
        .contains("failed: OutOfMemory: the card has 24 GB, 31 are needed");
  }

  @Test
  void what_has_no_room_is_cut() throws Exception {
    String endless = "a_very_long_value_".repeat(500);
    PrintEntry entry =
        new PrintEntry(
            "title " + endless,
            List.of(),
            List.of(new Line("model", endless, false), new Line("label " + endless, "7.25", true)),
            "note " + endless);
    String text = text(new PrintSheet(endless, List.of(entry), Optional.of(endless)), 1);
    assertThat(text).contains("…", "model", "7.25", "page 1 of 1");
    assertThat(text.length()).isLessThan(1000);
  }

  @Test
  void too_many_values_are_counted_and_those_that_vary_are_kept() throws Exception {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add(new Line("parameter_" + i, "v" + i, i == 299));
    }
    assertThat(text(of(new PrintEntry("run", List.of(), lines, "")), 1))
        .contains("parameter_299", "v299", "parameter_0", "… and 268 more");
  }

  @Test
  void text_that_the_font_does_not_have_is_seen_to_be_missing() throws Exception {
    PrintEntry entry =
        new PrintEntry(
            "一只猫 run",
            posters(WIDE, 1),
            List.of(
                new Line("prompt", "猫在草地上跑 🐈‍⬛ at dusk", true),
                new Line("größe", "Ελλάδα Привет\tx\ny\0z\ud800", false)),
            "失败: ошибка");
    PrintSheet sheet = new PrintSheet("比较", List.of(entry), Optional.of("模拟器"));
    assertThat(text(sheet, 1))
        .contains("□□□ run", "□□□□□□ □□ at dusk", "größe", "Ελλάδα Привет x y□z□", "□□: ошибка");
    assertThat(sheet.writePng(folder.resolve("sheet.png"))).hasSize(1);
  }

  @Test
  void a_poster_that_is_no_picture_is_shown_as_that() throws Exception {
    byte[] whole = poster(WIDE, 3);
    PrintEntry entry =
        new PrintEntry(
            "run",
            List.of(whole, new byte[] {1, 2, 3}, Arrays.copyOf(whole, whole.length / 2)),
            List.of(),
            "");
    assertThat(text(of(entry), 1)).contains("unreadable");
    assertThat(of(entry).writePng(folder.resolve("sheet.png"))).hasSize(1);
  }

  @Test
  void posters_of_all_shapes_stay_on_the_page() throws Exception {
    List<PrintEntry> entries = new ArrayList<>();
    for (FrameSize size :
        List.of(new FrameSize(480, 832), new FrameSize(64, 640), new FrameSize(640, 64))) {
      entries.add(entry(1, posters(size, 5)));
      entries.add(entry(2, List.of(poster(size, 5))));
    }
    assertThat(pages(new PrintSheet("shapes", entries, Optional.empty()))).isLessThanOrEqualTo(2);
    assertThat(pages(of(entry(1, posters(new FrameSize(480, 832), 5))))).isOne();
  }

  @Test
  void a_png_holds_all_pages_below_each_other() throws Exception {
    Path file = folder.resolve("deep/sheet.png");
    assertThat(sheet(20).writePng(file)).containsExactly(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1684);
    assertThat(image.getHeight()).isEqualTo(2 * 1190);
    assertThat(image.getRGB(2, 2)).isEqualTo(0xffffffff);
    assertThat(redness(image)).as("the ball is red").isPositive();
  }

  private static long redness(BufferedImage image) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(at -> image.getRGB(at % image.getWidth(), at / image.getWidth()))
        .filter(rgb -> (rgb >> 16 & 0xff) > 180 && (rgb >> 8 & 0xff) < 110 && (rgb & 0xff) < 100)
        .count();
  }

  @Test
  void many_pages_become_a_png_each() throws Exception {
    List<Path> files = sheet(130).writePng(folder.resolve("sheet.png"));
    assertThat(files).hasSize(11);
    assertThat(files.getFirst()).isEqualTo(folder.resolve("sheet-01.png")).exists();
    assertThat(files.getLast()).isEqualTo(folder.resolve("sheet-11.png")).exists();
    assertThat(folder.resolve("sheet.png")).doesNotExist();
  }

  @Test
  void the_same_sheet_gives_the_same_bytes() throws Exception {
    Path once = folder.resolve("once.pdf");
    Path again = folder.resolve("again.pdf");
    sheet(5).writePdf(once);
    sheet(5).writePdf(again);
    assertThat(again).hasSameBinaryContentAs(once);
  }

  @Test
  void a_file_is_whole_or_absent() throws Exception {
    Path occupied = Files.createDirectories(folder.resolve("sheet.pdf/inside")).getParent();
    assertThatThrownBy(() -> sheet(1).writePdf(occupied)).isInstanceOf(IOException.class);
    Path file = Files.writeString(folder.resolve("old.pdf"), "old");
    sheet(1).writePdf(file);
    assertThat(Files.size(file)).isGreaterThan(1000);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(occupied, file);
    }
  }

  @Test
  @Timeout(60)
  void five_hundred_results_are_printed_in_bounded_time_and_size() throws Exception {
    Path file = folder.resolve("many.pdf");
    sheet(500).writePdf(file);
    assertThat(Files.size(file)).isLessThan(60_000_000);
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      assertThat(document.getNumberOfPages()).isEqualTo(42);
    }
  }
}
