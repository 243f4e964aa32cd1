package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.comfy.ServerStats;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LaunchFlagsTest {
  private static final long GIBIBYTE = 1L << 30;

  private static List<Finding> look(double gibibytes, String... flags) {
    return LaunchFlags.look(
        new ServerStats(
            "0.3.64",
            "3.11.9",
            "2.8.0",
            Stream.concat(Stream.of("main.py"), Stream.of(flags)).toList(),
            0,
            0,
            List.of(
                new ServerStats.Device("cuda:0", "cuda", (long) (gibibytes * GIBIBYTE), GIBIBYTE))),
        false);
  }

  private static Finding warning(String found, String remedy) {
    return Finding.warning(Area.SERVER, "launch flags", found, remedy);
  }

  @Test
  void flags_that_fit_are_listed() {
    assertThat(look(23.6, "--listen", "0.0.0.0", "--port=8188"))
        .containsExactly(
            Finding.ok(Area.SERVER, "launch flags", "--listen --port; they fit 25.3 GB of VRAM"));
    assertThat(look(11.9))
        .containsExactly(Finding.ok(Area.SERVER, "launch flags", "none; they fit 12.8 GB of VRAM"));
  }

  @Test
  void a_small_card_needs_to_save_memory() {
    assertThat(look(7.9))
        .containsExactly(
            warning(
                "a card of 8.5 GB without --lowvram or --novram: a 14B model will not fit",
                "start ComfyUI with --lowvram, and the workflow's block swap as high as it"
                    + " goes"));
    assertThat(look(5.9).getFirst().remedy()).startsWith("start ComfyUI with --novram,");
    assertThat(look(7.9, "--lowvram")).allMatch(one -> one.level() == Level.OK);
  }

  @Test
  void a_large_card_needs_to_save_none() {
    assertThat(look(23.6, "--novram", "--disable-smart-memory"))
        .containsExactly(
            warning(
                "a card of 25.3 GB with --lowvram or --novram: the model is moved about for"
                    + " nothing",
                "leave it out"),
            warning(
                "a card of 25.3 GB with --disable-smart-memory: every job loads its models again",
                "leave it out, unless jobs run out of memory"));
  }

  @Test
  void flags_that_break_or_slow_a_run_are_warnings() {
    assertThat(look(16, "--cache-none", "--preview-method", "auto", "--max-upload-size", "50"))
        .containsExactly(
            warning(
                "--cache-none: loops and expanding nodes break with it (ComfyUI 0.3.64), and every"
                    + " job encodes its prompts again",
                "leave it out, or give --cache-lru 10 to bound the memory"),
            warning(
                "--preview-method auto: pictures that nobody sees are made at every step",
                "give --preview-method none, or leave it out"),
            warning(
                "--max-upload-size 50: longer control videos, and large workflows, are refused"
                    + " with 413",
                "leave it out (100 MB), or give --max-upload-size 2000 where videos are sent"));
    assertThat(look(16, "--preview-method=none", "--max-upload-size=2000", "--cache-lru", "10"))
        .allMatch(one -> one.level() == Level.OK);
  }
}
