package dev.promptrunner.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A type that is read from one text.
 *
 * @param reader gets the text without spaces around it, never an empty one
 */
record TextType<T>(String form, String example, Function<String, Optional<T>> reader)
    implements SettingType<T> {

  @Override
  public Optional<T> read(Value value) {
    return switch (value) {
      case Value.Text(String text) when !text.isBlank() -> reader.apply(text.strip());
      case Value.Text _, Value.Items _, Value.Fields _ -> Optional.empty();
    };
  }
}
