package dev.promptrunner.sheet;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a look at a video or image found.
 *
 * @param frames how many it has, ≥ 1; an image has one
 * @param posters frames as JPEG, in the order of time: from three moments of a video, one of an
 *     image
 * @param measures by name, such as {@code sharpness}; one that is missing or not finite was not
 *     taken; {@code black} and {@code frozen} are shares, 0 to 1
 */
public record Look(
    int frames,
    FrameSize size,
    FrameRate rate,
    List<byte[]> posters,
    Map<String, Double> measures) {
  public Look {
    posters = List.copyOf(posters);
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }
}
