package dev.promptrunner.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Clip;
import com.microsoft.playwright.options.ColorScheme;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.TestPattern;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos of 25, 33 and 41 frames in step; the frames are read from what is on the screen. */
class CompareBrowserTest {
  private static final double FRAME = 1.0 / 16;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static Path sheet;
  private Page page;

  @BeforeAll
  static void make() throws Exception {
    sheet = new SampleSweep(folder, new FrameSize(320, 192)).with(12).sheet().page();
    chromium = new Chromium();
  }

  @AfterAll
  static void close() {
    chromium.close();
    assertThat(chromium.complaints).isEmpty();
  }

  /** Opens the three first results side by side, paused at the first frame. */
  @BeforeEach
  void compare() {
    page = Chromium.open(chromium.desktop(ColorScheme.DARK), sheet);
    for (int i = 0; i < 3; i++) {
      page.locator(".card .tick input").nth(i).check();
    }
    page.keyboard().press("c");
    Chromium.until(
        page,
        "[...document.querySelectorAll('dialog video')].length === 3 &&"
            + " [...document.querySelectorAll('dialog video')].every(v => v.readyState >= 3)");
    page.keyboard().press("Space");
    page.keyboard().press("Home");
    settled();
  }

  @AfterEach
  void leave() {
    page.context().close();
  }

  private void settled() {
    Chromium.until(
        page, "[...document.querySelectorAll('dialog video')].every(v => v.paused && !v.seeking)");
    // Two frames of the browser: what was decoded is painted.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  @SuppressWarnings("unchecked")
  private List<Double> times() {
    return ((List<Number>)
            page.evaluate("[...document.querySelectorAll('dialog video')].map(v => v.currentTime)"))
        .stream().map(Number::doubleValue).toList();
  }

  /** The number of the source frame that this video shows. */
  private OptionalInt shown(int video) {
    @SuppressWarnings("unchecked")
    List<Number> box =
        (List<Number>)
            page.evaluate(
                "i => { const v = document.querySelectorAll('dialog video')[i];"
                    + " const b = v.getBoundingClientRect(); const s = Math.min(b.width /"
                    + " v.videoWidth, b.height / v.videoHeight); const w = s * v.videoWidth, h = s"
                    + " * v.videoHeight; return [b.x + (b.width - w) / 2, b.y + (b.height - h) / 2,"
                    + " w, h]; }",
                video);
    Clip clip =
        new Clip(
            box.get(0).doubleValue(),
            box.get(1).doubleValue(),
            box.get(2).doubleValue(),
            box.get(3).doubleValue());
    byte[] png = page.screenshot(new Page.ScreenshotOptions().setClip(clip));
    return TestPattern.readNumber(picture(png));
  }

  private static Picture picture(byte[] png) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
      for (int i = 0; i < rgb.length / 3; i++) {
        int colour = image.getRGB(i % image.getWidth(), i / image.getWidth());
        rgb[3 * i] = (byte) (colour >> 16);
        rgb[3 * i + 1] = (byte) (colour >> 8);
        rgb[3 * i + 2] = (byte) colour;
      }
      return new Picture(image.getWidth(), image.getHeight(), rgb);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void shows(int... frames) {
    page.waitForCondition(
        () -> {
          for (int video = 0; video < frames.length; video++) {
            if (!shown(video).equals(OptionalInt.of(frames[video]))) {
              return false;
            }
          }
          return true;
        });
  }

  @Test
  void each_step_is_one_frame_in_all_of_them() {
    shows(0, 0, 0);
    for (int step = 1; step <= 5; step++) {
      page.keyboard().press(step % 2 == 0 ? "." : "ArrowRight");
      settled();
      shows(step, step, step);
    }
    page.keyboard().press(",");
    page.keyboard().press("ArrowLeft");
    settled();
    shows(3, 3, 3);
    assertThat(page.locator(".transport .time").textContent())
        .contains("frame\u00a03\u00a0/\u00a040");
  }

  @Test
  void at_the_same_time_a_shorter_one_stays_at_its_last_frame() {
    page.keyboard().press("End");
    settled();
    shows(24, 32, 40);
  }

  @Test
  void at_the_same_fraction_all_end_together() {
    page.keyboard().press("t");
    page.keyboard().press("End");
    settled();
    shows(24, 32, 40);
    page.locator(".position input").fill("0.5");
    settled();
    shows(12, 16, 20);
  }

  @Test
  void they_play_in_sync() {
    page.keyboard().press("Space");
    Chromium.until(
        page, "[...document.querySelectorAll('dialog video')].every(v => v.currentTime > 0.3)");
    double worst = 0;
    for (int look = 0; look < 10; look++) {
      List<Double> times = times();
      if (times.get(0) < 24 * FRAME) {
        worst = Math.max(worst, spread(times));
      }
      page.evaluate("new Promise(done => setTimeout(done, 60))");
    }
    System.out.printf("playing three videos: at most %.1f ms apart%n", 1000 * worst);
    assertThat(worst).isLessThan(3 * FRAME);
    page.keyboard().press("Space");
    settled();
    List<Double> paused = times();
    assertThat(Math.abs(paused.get(2) - paused.get(1))).isLessThan(0.001);
  }

  private static double spread(List<Double> times) {
    return times.stream().mapToDouble(t -> t).max().orElse(0)
        - times.stream().mapToDouble(t -> t).min().orElse(0);
  }

  @Test
  void a_loop_begins_anew_and_without_one_it_ends_at_the_last_frame() {
    page.keyboard().press("End");
    page.keyboard().press(",");
    page.keyboard().press(",");
    page.keyboard().press(",");
    settled();
    page.keyboard().press("Space");
    Chromium.until(page, "document.querySelectorAll('dialog video')[2].currentTime < 1");
    page.keyboard().press("l");
    page.keyboard().press("Space");
    page.keyboard().press("End");
    page.keyboard().press(",");
    page.keyboard().press(",");
    page.keyboard().press(",");
    settled();
    page.keyboard().press("Space");
    Chromium.until(
        page,
        "document.querySelectorAll('dialog video')[2].paused &&"
            + " document.querySelectorAll('dialog video')[2].currentTime > 2.4");
    settled();
    shows(24, 32, 40);
  }

  @Test
  void flicking_puts_one_in_the_place_of_the_other() {
    page.keyboard().press("f");
    assertThat(page.locator(".clip:visible .run").allTextContents()).containsExactly("001");
    page.keyboard().press("f");
    assertThat(page.locator(".clip:visible .run").allTextContents()).containsExactly("002");
    page.keyboard().press("3");
    assertThat(page.locator(".clip:visible .run").allTextContents()).containsExactly("003");
    page.keyboard().press("f");
    assertThat(page.locator(".clip:visible .run").allTextContents()).hasSize(3);
  }

  @Test
  void only_what_differs_stands_below_them() {
    assertThat(page.locator(".clip").first().locator("dt").allTextContents())
        .contains("sampler cfg", "sampler scheduler", "seed")
        .doesNotContain("shift", "unet name");
  }
}
