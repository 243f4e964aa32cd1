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

/** The marks of 500 results; the figures are printed for docs/performance.md. */
class ManyResultsBrowserTest {
  private static final int RESULTS = 500;
  private static final double OPEN_MILLIS = 2000;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static Path sheet;

  @BeforeAll
  static void make() throws Exception {
    SampleSweep sweep = new SampleSweep(folder, new FrameSize(832, 480)).with(RESULTS);
    sheet = sweep.sheet().page();
    long before = System.nanoTime();
    sweep.sheet();
    System.out.printf(
        "a second sheet of %d results: %.0f ms; page %d kB, data %d kB%n",
        RESULTS,
        (System.nanoTime() - before) / 1e6,
        Files.size(sheet) / 1000,
        Files.size(folder.resolve("contact-sheet/data.js")) / 1000);
    chromium = new Chromium();
  }

  @AfterAll
  static void close() {
    chromium.close();
    assertThat(chromium.complaints).isEmpty();
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  @Test
  void they_open_within_two_seconds() {
    // The first page of a browser pays for the browser's own start.
    Chromium.open(chromium.desktop(ColorScheme.LIGHT), sheet).close();
    Page page = Chromium.open(chromium.desktop(ColorScheme.LIGHT), sheet);
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
    double ready = number(page, "performance.getEntriesByName('contact-sheet-ready')[0].startTime");
    Chromium.until(page, "performance.getEntriesByName('first-contentful-paint').length > 0");
    double painted =
        number(page, "performance.getEntriesByName('first-contentful-paint')[0].startTime");
    Chromium.until(
        page,
        "[...document.images].slice(0, 12).every(image => image.complete && image.naturalWidth)");
    double pictures = number(page, "performance.now()");
    System.out.printf(
        "500 results: ready %.0f ms, first painted %.0f ms, all cards filled %.0f ms, pictures of"
            + " the window by %.0f ms; %.0f elements%n",
        ready,
        painted,
        number(page, "performance.getEntriesByName('contact-sheet-complete')[0].startTime"),
        pictures,
        number(page, "document.querySelectorAll('*').length"));
    assertThat(page.locator(".card").count()).isEqualTo(RESULTS);
    assertThat(Math.max(ready, painted)).isLessThan(OPEN_MILLIS);
  }

  @Test
  void they_scroll_without_stopping_and_sort_at_once() {
    Page page = Chromium.open(chromium.desktop(ColorScheme.LIGHT), sheet);
    page.evaluate(
        "window.long = []; new PerformanceObserver(list => list.getEntries().forEach(e =>"
            + " window.long.push(e.duration))).observe({ type: 'longtask' });"
            + " window.gaps = []; let last = performance.now(); const look = now => {"
            + " window.gaps.push(now - last); last = now; requestAnimationFrame(look); };"
            + " requestAnimationFrame(look);");
    page.mouse().move(900, 600);
    for (int i = 0; i < 60; i++) {
      page.mouse().wheel(0, 700);
      page.evaluate("new Promise(done => requestAnimationFrame(done))");
    }
    System.out.printf(
        "scrolled by %.0f pixels: longest task %.0f ms, %.0f above 50 ms; frames: median %.1f,"
            + " 95 %% %.1f, longest %.0f ms%n",
        number(page, "scrollY"),
        number(page, "Math.max(0, ...window.long)"),
        number(page, "window.long.length"),
        number(page, "gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]"),
        number(page, "gaps[Math.floor(gaps.length * 0.95)]"),
        number(page, "Math.max(...gaps)"));
    assertThat(number(page, "scrollY")).isGreaterThan(20_000);
    page.evaluate("scrollTo(0, 0)");
    double sorted =
        number(
            page,
            "(async () => { const sort = document.getElementById('sort'); const start ="
                + " performance.now(); sort.value = 'm:sharpness'; sort.dispatchEvent(new"
                + " Event('change')); await new Promise(done => requestAnimationFrame(() =>"
                + " setTimeout(done))); return performance.now() - start; })()");
    System.out.printf("sorted by a measure and painted in %.0f ms%n", sorted);
  }
}
