package dev.promptrunner.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the page, for people: target/screenshots. */
class ScreenshotsBrowserTest {
  private static final Path SHOTS = Path.of("target", "screenshots");

  @TempDir static Path wide;
  @TempDir static Path tall;
  private static Chromium chromium;
  private static Path sheet;

  @BeforeAll
  static void make() throws Exception {
    sheet = new SampleSweep(wide, new FrameSize(416, 240)).with(48).sheet().page();
    chromium = new Chromium();
    Files.createDirectories(SHOTS);
  }

  @AfterAll
  static void close() {
    chromium.close();
    assertThat(chromium.complaints).isEmpty();
  }

  private static void shoot(Page page, String name) {
    Chromium.until(
        page,
        "[...document.images].filter(i => i.checkVisibility() && i.getBoundingClientRect().top <"
            + " innerHeight && i.getBoundingClientRect().bottom > 0).every(i => i.complete)");
    page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
  }

  private static void favourites(Page page, int... cards) {
    for (int card : cards) {
      page.locator(".card .star").nth(card).click();
    }
  }

  @Test
  void the_grid_light_and_dark() {
    Page page = Chromium.open(chromium.desktop(ColorScheme.LIGHT), sheet);
    favourites(page, 1, 4);
    page.locator(".card .tick input").nth(2).check();
    page.locator(".card .tick input").nth(3).check();
    page.locator(".card .stage").nth(1).hover();
    page.waitForSelector(".card video:not([hidden])");
    shoot(page, "grid-light");
    page.locator("#theme").click();
    shoot(page, "grid-dark");
    page.evaluate("scrollTo(0, document.body.scrollHeight)");
    page.waitForTimeout(300);
    shoot(page, "grid-end-dark");
  }

  @Test
  void the_charts() {
    Page page = Chromium.open(chromium.desktop(ColorScheme.DARK), sheet);
    page.keyboard().press("g");
    page.waitForSelector(".chart canvas");
    shoot(page, "parallel-dark");
    page.locator("#theme").click();
    page.getByText("Scatter").click();
    page.waitForSelector(".chart .dot");
    page.locator(".dot:not(.out)").nth(5).hover();
    shoot(page, "scatter-light");
  }

  @Test
  void one_in_full_and_four_compared() {
    Page page = Chromium.open(chromium.desktop(ColorScheme.LIGHT), sheet);
    page.locator(".card .stage").nth(0).click();
    Chromium.until(page, "document.querySelector('dialog video').currentTime > 0.2");
    page.keyboard().press("Space");
    page.waitForTimeout(200);
    shoot(page, "viewer");
    page.keyboard().press("Escape");
    for (int i = 0; i < 2; i++) {
      page.locator(".card .tick input").nth(i).check();
    }
    page.keyboard().press("c");
    page.keyboard().press("Space");
    page.waitForTimeout(300);
    shoot(page, "compare-two");
    page.keyboard().press("Escape");
    for (int i = 2; i < 4; i++) {
      page.locator(".card .tick input").nth(i).check();
    }
    page.keyboard().press("c");
    page.waitForTimeout(700);
    page.keyboard().press("Space");
    page.waitForTimeout(300);
    shoot(page, "compare-four");
  }

  @Test
  void help_and_export() {
    Page page = Chromium.open(chromium.desktop(ColorScheme.LIGHT), sheet);
    page.keyboard().press("?");
    page.waitForSelector("dialog[open]");
    shoot(page, "help");
    page.keyboard().press("Escape");
    favourites(page, 0, 2, 3);
    page.keyboard().press("e");
    page.waitForSelector("dialog[open]");
    shoot(page, "export");
  }

  @Test
  void the_phone() {
    Page page = Chromium.open(chromium.phone(ColorScheme.DARK), sheet);
    favourites(page, 1);
    shoot(page, "phone-dark");
    page.locator("#panel-button").tap();
    shoot(page, "phone-filters");
    page.locator("#panel .close button").tap();
    page.locator(".card .stage").nth(1).tap();
    Chromium.until(page, "document.querySelector('dialog video').currentTime > 0.2");
    shoot(page, "phone-viewer");
  }

  @Test
  void upright_videos() throws Exception {
    Path upright = new SampleSweep(tall, new FrameSize(240, 416)).with(16).sheet().page();
    Page page = Chromium.open(chromium.desktop(ColorScheme.DARK), upright);
    shoot(page, "upright-dark");
    for (int i = 0; i < 3; i++) {
      page.locator(".card .tick input").nth(i).check();
    }
    page.keyboard().press("c");
    page.keyboard().press("Space");
    page.waitForTimeout(300);
    shoot(page, "upright-compare");
  }
}
