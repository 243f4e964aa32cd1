package dev.promptrunner.plan;

import dev.promptrunner.base.WorkKey;
import dev.promptrunner.prompt.PromptFile;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names for folders and files: the first prompt file of a control video keeps the video's name,
 * every other gets {@code {video}-{prompt file}} (domain §2). A name once given to a key stays with
 * it.
 */
final class WorkNames {
  private final Map<WorkKey, String> known;
  private final Set<String> taken = new HashSet<>();

  WorkNames(Map<WorkKey, String> known) {
    this.known = known;
  }

  String name(WorkKey key, PromptFile prompt) {
    String before = known.get(key);
    if (before != null && take(before)) {
      return before;
    }
    String name = prompt.videoName();
    String longer = name + "-" + prompt.stem();
    return Stream.concat(
            Stream.of(name, longer),
            IntStream.iterate(2, i -> i + 1).mapToObj(i -> longer + "-" + i))
        .filter(this::take)
        .findFirst()
        .orElseThrow();
  }

  /** Case does not tell names apart: on some disks both would be one file. */
  private boolean take(String name) {
    return taken.add(lower(name));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
