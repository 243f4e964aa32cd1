package dev.promptrunner.plan;

import dev.promptrunner.base.WorkKey;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What earlier runs decided on this output root, and a plan keeps to.
 *
 * @param names that works were given
 * @param layouts of those that were laid out anew; every other has the one of the settings
 */
public record Known(Map<WorkKey, String> names, Map<WorkKey, Layout> layouts) {
  /** A first run. */
  public static final Known NOTHING = new Known(Map.of(), Map.of());

  public Known {
    names = Map.copyOf(names);
    layouts = Map.copyOf(layouts);
  }

  /**
   * The same with layouts as they are stored.
   *
   * @throws IllegalArgumentException when one of them is not a layout
   */
  public static Known of(Map<WorkKey, String> names, Map<WorkKey, String> layouts) {
    return new Known(
        names,
        layouts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Layout.parse(e.getValue()))));
  }
}
