package dev.promptrunner.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A setting's value as it was written, before anybody reads a type into it. */
sealed interface Value {
  /** A flag, a variable, or a scalar of the file, without its quotes. */
  record Text(String text) implements Value {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A list of the file, or a flag that was given several times. */
  record Items(List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return items.stream().map(Value::toString).collect(Collectors.joining(", "));
    }
  }

  /** A mapping of the file, in its order. */
  record Fields(Map<String, Value> fields) implements Value {
    @Override
    public String toString() {
      return fields.toString();
    }
  }
}
