package dev.promptrunner.workflow;

import dev.promptrunner.base.Problem;
import java.util.List;
import java.util.function.Function;

/**
 * What came of reading something a person wrote: the value, or everything that is wrong with it.
 *
 * @param <T> what was to be read
 */
public sealed interface Reading<T> {
  /**
   * It can be used.
   *
   * @param value whole and checked
   */
  record Good<T>(T value) implements Reading<T> {}

  /**
   * It cannot be used.
   *
   * @param problems at least one
   */
  record Bad<T>(List<Problem> problems) implements Reading<T> {
    public Bad {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a bad reading names at least one problem");
      }
    }
  }

  static <T> Reading<T> bad(Problem problem) {
    return new Bad<>(List.of(problem));
  }

  /** Empty when the value is good. */
  default List<Problem> problems() {
    return switch (this) {
      case Good<T> good -> List.of();
      case Bad<T>(List<Problem> problems) -> problems;
    };
  }

  /** Goes on with a good value; the problems of a bad one are kept. */
  default <R> Reading<R> then(Function<T, Reading<R>> next) {
    return switch (this) {
      case Good<T>(T value) -> next.apply(value);
      case Bad<T>(List<Problem> problems) -> new Bad<>(problems);
    };
  }

  /**
   * The value, for callers that have checked before.
   *
   * @throws IllegalStateException listing the problems
   */
  default T orThrow() {
    return switch (this) {
      case Good<T>(T value) -> value;
      case Bad<T>(List<Problem> problems) ->
          throw new IllegalStateException(
              String.join("\n", problems.stream().map(Problem::toString).toList()));
    };
  }
}
