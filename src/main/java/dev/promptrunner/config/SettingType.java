package dev.promptrunner.config;

import java.util.Optional;

/**
 * What a setting may be.
 *
 * @param <T> the value's Java type
 */
interface SettingType<T> {
  /** Empty when the value is not of this type; the caller then says {@link #form}. */
  Optional<T> read(Value value);

  /** What is allowed, to follow "must be": {@code a whole number from 1 to 100}. */
  String form();

  /** A value that works. */
  String example();

  /** Whether several values make sense: a flag that is repeated, a list in the file. */
  default boolean many() {
    return false;
  }

  /** The same, with an empty text for "not set". */
  default SettingType<Optional<T>> optional() {
    SettingType<T> inner = this;
    return new SettingType<>() {
      @Override
      public Optional<Optional<T>> read(Value value) {
        boolean empty = value instanceof Value.Text(String text) && text.isBlank();
        if (empty) {
          return Optional.of(Optional.empty());
        }
        Optional<T> inside = inner.read(value);
        return inside.isPresent() ? Optional.of(inside) : Optional.empty();
      }

      @Override
      public boolean many() {
        return inner.many();
      }

      @Override
      public String form() {
        return inner.form() + ", or empty";
      }

      @Override
      public String example() {
        return inner.example();
      }
    };
  }
}
