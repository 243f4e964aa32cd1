package dev.promptrunner.plan;

import dev.promptrunner.base.WorkKey;
import dev.promptrunner.prompt.PromptFile;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names for folders and files: the first prompt file of a control video keeps the video's name,
 * every other gets {@code {video}-{prompt file}} (domain §2). A name once given to a key stays with
 * it.
 */
final class WorkNames {
  /** With the video name, job labels and endings it stays below what disks take, 255. */
  private static final int LONGEST_BYTES = 60;

  private static final Pattern UNUSABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}/\\\\%]");

  private final Map<WorkKey, String> kept = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * Keeps the known names of all that is there before anything new is named: a new prompt file that
   * comes first must not take the name of a finished video, which would then be rendered again.
   *
   * @param present the keys of all works to be named, and of those that have their names already;
   *     of two with one name the first keeps it
   */
  WorkNames(Map<WorkKey, String> known, Collection<WorkKey> present) {
    for (WorkKey key : present) {
      String name = known.get(key);
      if (name != null && !kept.containsKey(key) && take(name)) {
        kept.put(key, name);
      }
    }
  }

  /**
   * @param iteration which of the prompt file's videos, from 1
   */
  String name(WorkKey key, PromptFile prompt, int iteration) {
    String before = kept.get(key);
    if (before != null) {
      return before;
    }
    String name = prompt.videoName() + Names.iteration(iteration);
    String longer = name + "-" + plain(prompt.stem());
    return Stream.concat(
            Stream.of(name, longer),
            IntStream.iterate(2, i -> i + 1).mapToObj(i -> longer + "-" + i))
        .filter(this::take)
        .findFirst()
        .orElseThrow();
  }

  /**
   * A prompt file's own name may be anything that a disk takes; in names of ours it is subject to
   * the rules of video names.
   */
  private static String plain(String stem) {
    String clean = UNUSABLE.matcher(stem).replaceAll("_");
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int symbol : clean.codePoints().toArray()) {
      String next = Character.toString(symbol);
      bytes += next.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST_BYTES) {
        return kept.toString();
      }
      kept.append(next);
    }
    return kept.toString();
  }

  /** Case does not tell names apart: on some disks both would be one file. */
  private boolean take(String name) {
    return taken.add(lower(name));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
