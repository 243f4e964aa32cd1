package dev.promptrunner.sheet;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a {@link Look} beside the sheet.
 *
 * @param frames ≥ 1
 * @param posters the JPEG files, relative to the folder of the results, with {@code /}
 * @param measures by name; all are finite
 */
public record Preview(
    int frames,
    FrameSize size,
    FrameRate rate,
    List<String> posters,
    Map<String, Double> measures) {
  public Preview {
    posters = List.copyOf(posters);
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }
}
