package dev.promptrunner.app.doctor;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.comfy.ServerStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The flags that a server was started with, against the memory of its card and what a run needs.
 */
final class LaunchFlags {
  private static final String NAME = "launch flags";
  private static final long GIBIBYTE = 1L << 30;

  /** A card sold with 12 GB reports a little less. */
  private static final long SMALL = 11 * GIBIBYTE;

  private static final long TINY = 7 * GIBIBYTE;
  private static final long LARGE = 23 * GIBIBYTE;
  private static final Set<String> SAVING = Set.of("--lowvram", "--novram");

  private final List<String> argv;
  private final Optional<Long> vram;
  private final List<Finding> findings = new ArrayList<>();

  private LaunchFlags(List<String> argv, Optional<Long> vram) {
    this.argv = argv;
    this.vram = vram;
  }

  static List<Finding> look(ServerStats stats, boolean simulator) {
    LaunchFlags flags = new LaunchFlags(stats.argv(), ServerChecks.vram(stats));
    if (!simulator) {
      flags.memory();
      flags.caches();
      flags.previews();
      flags.uploads();
    }
    return flags.findings.isEmpty() ? List.of(flags.fine(simulator)) : flags.findings;
  }

  private Finding fine(boolean simulator) {
    Set<String> given = new TreeSet<>();
    argv.stream()
        .filter(word -> word.startsWith("--"))
        .forEach(word -> given.add(word.split("=")[0]));
    String words = given.isEmpty() ? "none" : String.join(" ", given);
    String fits =
        simulator
            ? "; they mean nothing to the simulator"
            : vram.map(bytes -> "; they fit " + new ByteSize(bytes) + " of VRAM").orElse("");
    return Finding.ok(Area.SERVER, NAME, words + fits);
  }

  private boolean has(String flag) {
    return argv.stream().anyMatch(word -> word.equals(flag) || word.startsWith(flag + "="));
  }

  private Optional<String> value(String flag) {
    for (int i = 0; i < argv.size(); i++) {
      if (argv.get(i).startsWith(flag + "=")) {
        return Optional.of(argv.get(i).substring(flag.length() + 1));
      }
      if (argv.get(i).equals(flag) && i + 1 < argv.size()) {
        return Optional.of(argv.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private void warn(String found, String remedy) {
    findings.add(Finding.warning(Area.SERVER, NAME, found, remedy));
  }

  private void memory() {
    boolean saving = SAVING.stream().anyMatch(this::has);
    if (vram.isEmpty()) {
      return;
    }
    String card = "a card of " + new ByteSize(vram.get());
    if (vram.get() < SMALL && !saving) {
      String flag = vram.get() < TINY ? "--novram" : "--lowvram";
      warn(
          card + " without --lowvram or --novram: a 14B model will not fit",
          "start ComfyUI with " + flag + ", and the workflow's block swap as high as it goes");
    }
    if (vram.get() >= LARGE && saving) {
      warn(
          card + " with --lowvram or --novram: the model is moved about for nothing",
          "leave it out");
    }
    if (vram.get() >= LARGE && has("--disable-smart-memory")) {
      warn(
          card + " with --disable-smart-memory: every job loads its models again",
          "leave it out, unless jobs run out of memory");
    }
  }

  private void caches() {
    if (has("--cache-none")) {
      warn(
          "--cache-none: loops and expanding nodes break with it (ComfyUI 0.3.64), and every job"
              + " encodes its prompts again",
          "leave it out, or give --cache-lru 10 to bound the memory");
    }
  }

  private void previews() {
    Optional<String> method = value("--preview-method");
    if (method.isPresent() && !method.get().equals("none")) {
      warn(
          "--preview-method " + method.get() + ": pictures that nobody sees are made at every step",
          "give --preview-method none, or leave it out");
    }
  }

  /** The limit holds for every request, control videos sent to another machine among them. */
  private void uploads() {
    Optional<String> limit = value("--max-upload-size").filter(text -> text.matches("[0-9.]{1,9}"));
    if (limit.isPresent() && Double.parseDouble(limit.get()) < 100) {
      warn(
          "--max-upload-size "
              + limit.get()
              + ": longer control videos, and large workflows, are refused with 413",
          "leave it out (100 MB), or give --max-upload-size 2000 where videos are sent");
    }
  }
}
