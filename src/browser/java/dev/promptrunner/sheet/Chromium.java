package dev.promptrunner.sheet;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Debian's Chromium without a window, and what its pages complained about or asked for. */
final class Chromium implements AutoCloseable {
  private static final double PATIENCE_MILLIS = 20_000;

  final List<String> complaints = new CopyOnWriteArrayList<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /** A window on a desk. */
  Page desktop(ColorScheme scheme) {
    return page(new Browser.NewContextOptions().setViewportSize(1440, 900).setColorScheme(scheme));
  }

  /** A phone held upright. */
  Page phone(ColorScheme scheme) {
    return page(
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(2)
            .setHasTouch(true)
            .setIsMobile(true)
            .setColorScheme(scheme));
  }

  private Page page(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options.setAcceptDownloads(true));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.text() + " " + message.location());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> asked.add(request.url()));
    return page;
  }

  /** Opens it and waits until all its cards are filled. */
  static Page open(Page page, Path file) {
    page.navigate(file.toUri().toString());
    until(page, "performance.getEntriesByName('contact-sheet-complete').length > 0");
    return page;
  }

  /** Waits until the expression is true. The page's own policy forbids waitForFunction. */
  static void until(Page page, String expression) {
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(expression)));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
