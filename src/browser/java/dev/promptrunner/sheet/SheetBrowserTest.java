package dev.promptrunner.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.explore.result.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a person does with the sheet, in a real browser. */
class SheetBrowserTest {
  private static final int COUNT = 24;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static SampleSweep sweep;
  private static Path sheet;
  private Page page;

  @BeforeAll
  static void make() throws Exception {
    sweep = new SampleSweep(folder, new FrameSize(160, 96)).with(COUNT);
    sheet = sweep.sheet().page();
    chromium = new Chromium();
  }

  @AfterAll
  static void nothing_was_complained_about_and_nothing_asked_of_the_network() {
    chromium.close();
    assertThat(chromium.complaints).isEmpty();
    assertThat(chromium.asked).allMatch(url -> url.matches("(file|blob|data):.*"));
  }

  @BeforeEach
  void open() {
    page = Chromium.open(chromium.desktop(ColorScheme.LIGHT), sheet);
  }

  @AfterEach
  void leave() {
    page.context().close();
  }

  private List<String> shown() {
    return page.locator(".card:visible .run").allTextContents();
  }

  private static List<String> runs(Predicate<Result> which, Comparator<Result> order) {
    return sweep.results().stream().filter(which).sorted(order).map(Result::run).toList();
  }

  private static double number(Result result, String parameter) {
    return result.parameters().get(parameter).doubleValue();
  }

  private static String text(Result result, String parameter) {
    return result.parameters().get(parameter).asString();
  }

  private void showsSoon(List<String> expected) {
    page.waitForCondition(() -> shown().equals(expected));
  }

  private Locator card(String run) {
    return page.locator(".card[data-run='" + run + "']");
  }

  @Test
  void all_results_are_there_in_their_order() {
    assertThat(shown()).isEqualTo(runs(_ -> true, Comparator.comparing(Result::index)));
    assertThat(page.locator("#counts").textContent()).isEqualTo("24 results, 3 failed, 2 open");
    assertThat(page.locator("#simulated").isVisible()).isTrue();
    assertThat(page.locator("#problems summary").textContent()).isEqualTo("2 problems");
  }

  @Test
  void what_is_common_stands_above_and_what_varies_on_the_cards() {
    assertThat(page.locator("#common summary").textContent())
        .startsWith("Common to all")
        .contains("unet name wan2.1_t2v_14B_fp8_scaled.safetensors");
    List<String> labels = card("001").locator(".values dt").allTextContents();
    assertThat(labels)
        .containsExactly(
            "sampler cfg", "sampler steps", "sampler scheduler", "positive text", "seed");
  }

  @Test
  void html_in_a_prompt_stays_text() {
    assertThat(page.title()).isEqualTo("lighthouse");
    assertThat(card("001").locator(".values").textContent()).contains(SampleSweep.HTML);
    assertThat(page.locator("img[src='x']").count()).isZero();
  }

  @Test
  void a_seed_of_twenty_digits_is_shown_whole() {
    assertThat(card("001").locator(".value.seed dd").textContent())
        .isEqualTo(text(sweep.results().getFirst(), "seed"));
  }

  @Test
  void sorted_by_a_parameter_up_and_down() {
    Comparator<Result> byCfg = Comparator.comparing(result -> number(result, "sampler_cfg"));
    page.selectOption("#sort", "p:sampler_cfg");
    showsSoon(runs(_ -> true, byCfg));
    page.keyboard().press("Escape");
    page.locator("#direction").click();
    showsSoon(runs(_ -> true, byCfg.reversed()));
  }

  @Test
  void sorted_by_a_measure_what_was_not_measured_stays_last() {
    page.selectOption("#sort", "m:sharpness");
    page.waitForCondition(() -> !shown().getFirst().equals("001"));
    assertThat(shown().subList(COUNT - 6, COUNT))
        .containsExactly("019", "020", "021", "022", "023", "024");
  }

  @Test
  void filtered_by_a_range_a_choice_and_the_state() {
    page.getByLabel("sampler cfg from").fill("4");
    page.getByLabel("sampler cfg to").fill("7");
    page.keyboard().press("Tab");
    Predicate<Result> range =
        result -> number(result, "sampler_cfg") >= 4 && number(result, "sampler_cfg") <= 7;
    Comparator<Result> order = Comparator.comparing(Result::index);
    showsSoon(runs(range, order));
    page.locator("#panel .choice", new Page.LocatorOptions().setHasText("euler")).click();
    Predicate<Result> choice =
        range.and(result -> !text(result, "sampler_scheduler").equals("euler"));
    showsSoon(runs(choice, order));
    page.locator("#panel .choice", new Page.LocatorOptions().setHasText("done")).click();
    page.waitForCondition(() -> shown().stream().allMatch(run -> run.compareTo("019") >= 0));
    assertThat(page.locator(".chip").allTextContents())
        .containsExactly(
            "sampler cfg 4 – 7",
            "sampler scheduler: dpmpp_2m, uni_pc",
            "State: failed, open, unreadable");
    page.locator(".chip").first().click();
    page.getByText("Clear all").first().click();
    showsSoon(runs(_ -> true, order));
  }

  @Test
  void searched_by_words_in_prompts_names_and_reasons() {
    page.keyboard().press("/");
    page.keyboard().type("harbour uni_pc");
    showsSoon(
        runs(
            result ->
                text(result, "positive_text").contains("harbour")
                    && text(result, "sampler_scheduler").equals("uni_pc"),
            Comparator.comparing(Result::index)));
    page.locator("#search").fill("22.1 GB");
    showsSoon(List.of("020", "021", "022"));
    page.locator("#search").fill("nothing of the kind");
    showsSoon(List.of());
    page.getByText("Clear all filters").click();
    page.waitForCondition(() -> shown().size() == COUNT);
  }

  @Test
  void runs_without_a_picture_give_their_reason() {
    assertThat(card("020").textContent())
        .contains("Out of memory", "23.4 GB", "use a smaller frame size, or fp8 weights");
    assertThat(card("024").textContent()).contains("Not rendered yet");
    assertThat(card("019").textContent()).contains("moov atom not found", "render this run again");
    assertThat(card("019").locator(".tick input").isDisabled()).isTrue();
  }

  @Test
  void the_mouse_runs_through_the_video_itself() {
    Locator stage = card("002").locator(".stage");
    stage.hover();
    double width = stage.boundingBox().width;
    stage.hover(
        new Locator.HoverOptions()
            .setPosition(new com.microsoft.playwright.options.Position(width * 0.75, 20)));
    page.waitForSelector(".card[data-run='002'] video:not([hidden])");
    double expected = (Math.floor(0.75 * SampleSweep.frames(1)) + 0.5) / 16;
    page.waitForCondition(
        () ->
            Math.abs(
                    ((Number) page.evaluate("document.querySelector('.card video').currentTime"))
                            .doubleValue()
                        - expected)
                < 0.07);
    assertThat(card("002").locator(".clock").textContent()).startsWith("0:01.");
    page.mouse().move(2, 2);
    page.waitForSelector(
        ".card[data-run='002'] video",
        new Page.WaitForSelectorOptions()
            .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
  }

  @Test
  void drawing_along_an_axis_filters() {
    page.keyboard().press("g");
    Locator grip = page.locator("[data-axis='p:sampler_cfg'] .grip");
    grip.waitFor();
    var box = grip.boundingBox();
    page.mouse().move(box.x + box.width / 2, box.y + 8);
    page.mouse().down();
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
    page.mouse().up();
    page.waitForCondition(() -> shown().size() < COUNT);
    List<Double> all =
        sweep.results().stream().map(result -> number(result, "sampler_cfg")).sorted().toList();
    double middle = (all.getFirst() + all.getLast()) / 2;
    assertThat(sweep.results())
        .filteredOn(result -> shown().contains(result.run()))
        .isNotEmpty()
        .allMatch(result -> number(result, "sampler_cfg") > middle - 0.2);
    assertThat(page.locator(".chip").textContent()).startsWith("sampler cfg ");
    grip.click();
    page.waitForCondition(() -> shown().size() == COUNT);
  }

  @Test
  void a_dot_of_the_scatter_opens_its_video() {
    page.keyboard().press("g");
    page.getByText("Scatter").click();
    page.locator(".dot[data-run='004']").click(new Locator.ClickOptions().setForce(true));
    page.waitForSelector("dialog.viewer video");
    assertThat(page.locator(".viewer-top strong").textContent()).isEqualTo("004");
  }

  @Test
  void favourites_survive_a_reload_and_a_new_sheet() throws Exception {
    card("003").locator(".star").click();
    card("005").focus();
    page.keyboard().press("s");
    sweep.sheet();
    page.reload();
    Chromium.until(
        page, "document.querySelectorAll('.card .star[aria-pressed=true]').length === 2");
    page.keyboard().press("v");
    showsSoon(List.of("003", "005"));
  }

  @Test
  void favourites_are_exported_as_a_narrower_sweep() throws Exception {
    card("003").locator(".star").click();
    card("006").locator(".star").click();
    page.keyboard().press("e");
    Download download =
        page.waitForDownload(() -> page.getByText("Save lighthouse-narrowed.yaml").click());
    assertThat(download.suggestedFilename()).isEqualTo("lighthouse-narrowed.yaml");
    String yaml = Files.readString(download.path());
    assertThat(yaml)
        .startsWith("# Narrowed around 2 favourites of lighthouse.yaml: 003, 006\n")
        .contains("# Which cfg suits the lighthouse?", "# higher is harder")
        .contains("name: lighthouse-narrowed")
        .contains("values: [uni_pc]");
    JsonNode parameters = new YAMLMapper().readTree(yaml).path("parameters");
    assertAround(parameters.path("sampler_cfg"), "sampler_cfg", 3, 9);
    assertAround(parameters.path("sampler_steps"), "sampler_steps", 10, 30);
    assertThat(parameters.path("sampler_steps").path("step").intValue()).isEqualTo(5);
    assertThat(parameters.path("positive_text").path("values")).hasSize(2);
    assertThat(parameters.path("seed").path("type").stringValue()).isEqualTo("random_seed");
  }

  /** One step beyond both favourites, and within the old range. */
  private static void assertAround(JsonNode range, String name, double min, double max) {
    List<Double> tried =
        new ArrayList<>(sweep.results().stream().map(r -> number(r, name)).distinct().toList());
    tried.addAll(List.of(min, max));
    double low = Math.min(favourite(2, name), favourite(5, name));
    double high = Math.max(favourite(2, name), favourite(5, name));
    double below = tried.stream().filter(v -> v < low).max(Double::compare).orElse(min);
    double above = tried.stream().filter(v -> v > high).min(Double::compare).orElse(max);
    assertThat(range.path("min").doubleValue()).isCloseTo(below, within(1e-3));
    assertThat(range.path("max").doubleValue()).isCloseTo(above, within(1e-3));
  }

  private static double favourite(int index, String name) {
    return number(sweep.results().get(index), name);
  }

  @Test
  void the_keyboard_alone_is_enough() {
    page.locator(".card").first().focus();
    page.keyboard().press("ArrowRight");
    page.keyboard().press("x");
    page.keyboard().press("ArrowRight");
    page.keyboard().press("x");
    page.waitForSelector("#tray:visible");
    page.keyboard().press("c");
    page.waitForSelector("dialog.viewer[open]");
    assertThat(page.locator(".clip-head .run").allTextContents()).containsExactly("002", "003");
    page.keyboard().press("Escape");
    page.keyboard().press("Escape");
    page.waitForSelector("#tray", hidden());
    page.keyboard().press("?");
    assertThat(page.locator("dialog[open]").textContent()).contains("select to compare");
    page.keyboard().press("Escape");
    page.keyboard().press("p");
    assertThat(page.locator("#panel").isHidden()).isTrue();
    page.locator(".card").first().focus();
    page.keyboard().press("Enter");
    page.waitForSelector("dialog.viewer[open]");
    page.keyboard().press("ArrowDown");
    page.waitForCondition(() -> page.locator(".viewer-top strong").textContent().equals("002"));
    page.keyboard().press("Escape");
    assertThat(page.evaluate("document.activeElement.dataset.run")).isEqualTo("002");
  }

  private static Page.WaitForSelectorOptions hidden() {
    return new Page.WaitForSelectorOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
  }

  @Test
  void a_fifth_is_not_selected() {
    for (int i = 0; i < 5; i++) {
      page.locator(".card .tick input").nth(i).click();
    }
    page.waitForSelector("#toast:visible");
    assertThat(page.locator("#toast").textContent())
        .isEqualTo("At most 4 can be compared: take one away first.");
    page.waitForCondition(() -> page.locator(".card .tick input:checked").count() == 4);
  }

  @Test
  void every_control_has_a_name() {
    page.keyboard().press("g");
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('button, input, select')].filter(node =>"
                    + " node.checkVisibility() && !(node.ariaLabel || node.textContent.trim() ||"
                    + " node.closest('label')?.textContent.trim() || node.title)).length"))
        .isEqualTo(0);
  }

  @Test
  void dark_when_the_system_is_and_the_switch_is_remembered() {
    Page dark = Chromium.open(chromium.desktop(ColorScheme.DARK), sheet);
    assertThat(dark.evaluate("document.documentElement.dataset.theme")).isEqualTo("dark");
    dark.keyboard().press("d");
    dark.reload();
    Chromium.until(dark, "document.documentElement.dataset.theme === 'light'");
  }

  @Test
  void a_finger_plays_by_a_tap_and_selects_by_a_long_press() {
    Page phone = Chromium.open(chromium.phone(ColorScheme.DARK), sheet);
    assertThat(phone.locator("#panel").isHidden()).isTrue();
    assertThat(phone.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    Locator stage = phone.locator(".card .stage").nth(1);
    stage.dispatchEvent("pointerdown", java.util.Map.of("pointerType", "touch"));
    phone.waitForSelector(".card.selected");
    stage.dispatchEvent("pointerup", java.util.Map.of("pointerType", "touch"));
    stage.dispatchEvent("click");
    assertThat(phone.locator("dialog[open]").count()).isZero();
    phone.locator(".card .stage").nth(0).tap();
    Chromium.until(phone, "document.querySelector('dialog[open] video').currentTime > 0.1");
  }

  @Test
  void without_its_folder_the_page_says_what_is_missing(@TempDir Path elsewhere) throws Exception {
    Path alone = Files.copy(sheet, elsewhere.resolve("contact-sheet.html"));
    try (Chromium other = new Chromium()) {
      Page lost = Chromium.open(other.desktop(ColorScheme.LIGHT), alone);
      assertThat(lost.locator("#problems").textContent())
          .contains("The folder contact-sheet beside this page is missing");
    }
  }
}
