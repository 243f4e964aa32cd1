package dev.promptrunner.event;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One kind of event as its record's components.
 *
 * @param type the event's name in JSON
 */
record EventShape(String type, Constructor<?> constructor, List<RecordComponent> components) {
  static EventShape of(Class<?> event) {
    List<RecordComponent> components = List.of(event.getRecordComponents());
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return new EventShape(RunEvent.type(event), event.getDeclaredConstructor(types), components);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its constructor: " + event, e);
    }
  }

  void fill(RunEvent event, ObjectNode line) {
    for (RecordComponent component : components) {
      EventField.of(component.getType()).write(line, json(component), value(component, event));
    }
  }

  Optional<RunEvent> read(JsonNode line) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : components) {
      EventField.of(component.getType()).read(line.path(json(component))).ifPresent(values::add);
    }
    return values.size() < components.size() ? Optional.empty() : Optional.of(event(values));
  }

  RunEvent mapped(RunEvent event, UnaryOperator<String> change) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : components) {
      Object value = value(component, event);
      values.add(value instanceof String text ? change.apply(text) : value);
    }
    return event(values);
  }

  private RunEvent event(List<Object> values) {
    try {
      return (RunEvent) constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("making a " + type + " of " + values, e);
    }
  }

  private static Object value(RecordComponent component, RunEvent event) {
    try {
      return component.getAccessor().invoke(event);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("reading " + component + " of " + event, e);
    }
  }

  private static String json(RecordComponent component) {
    return RunEvent.snake(component.getName());
  }

  @Override
  public String toString() {
    return type + Arrays.toString(components.toArray());
  }
}
