package dev.promptrunner.explore.sample;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One point of a space: a value for each dimension, in their order. Unmodifiable. A million points
 * share one table of names, which maps of their own would not.
 */
final class Point extends AbstractMap<String, JsonNode> {
  private final Axes axes;
  private final JsonNode[] values;

  private Point(Axes axes, JsonNode[] values) {
    this.axes = axes;
    this.values = values;
  }

  /** The names of a space and their places. */
  static final class Axes {
    private final List<String> names;
    private final Map<String, Integer> places = new LinkedHashMap<>();

    /**
     * @throws IllegalArgumentException when a name stands twice
     */
    Axes(List<String> names) {
      this.names = List.copyOf(names);
      for (String name : names) {
        if (places.put(name, places.size()) != null) {
          throw new IllegalArgumentException("two dimensions have one name: " + name);
        }
      }
    }

    /**
     * @param values one for each name; not changed after
     */
    Point point(JsonNode... values) {
      return new Point(this, values);
    }
  }

  @Override
  public boolean containsKey(Object name) {
    return axes.places.containsKey(name);
  }

  @Override
  public @Nullable JsonNode get(Object name) {
    Integer place = axes.places.get(name);
    return place == null ? null : values[place];
  }

  @Override
  public Set<Entry<String, JsonNode>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, JsonNode>> iterator() {
        return IntStream.range(0, values.length)
            .mapToObj(i -> Map.entry(axes.names.get(i), values[i]))
            .iterator();
      }

      @Override
      public int size() {
        return values.length;
      }
    };
  }
}
