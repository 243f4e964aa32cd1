package dev.promptrunner.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The texts of events. Thread-safe. */
public final class EventText {
  private static final Map<Class<?>, EventShape> SHAPES =
      Arrays.stream(RunEvent.class.getPermittedSubclasses())
          .collect(Collectors.toUnmodifiableMap(Function.identity(), EventShape::of));

  private EventText() {}

  /** The same event with each of its texts changed; ids, numbers and times stay. */
  public static RunEvent map(RunEvent event, UnaryOperator<String> change) {
    return Objects.requireNonNull(SHAPES.get(event.getClass())).mapped(event, change);
  }
}
