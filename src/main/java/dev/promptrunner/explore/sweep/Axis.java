package dev.promptrunner.explore.sweep;

import dev.promptrunner.explore.parameter.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/**
 * A parameter of a workflow that a sweep varies.
 *
 * @param linked those that get the same value
 */
record Axis(
    SweepFile.Entry entry, Parameter parameter, Variation variation, List<Parameter> linked) {
  Axis {
    linked = List.copyOf(linked);
  }

  String name() {
    return parameter.name();
  }

  String where() {
    return entry.where();
  }

  /** Itself and those linked. */
  Stream<Parameter> all() {
    return Stream.concat(Stream.of(parameter), linked.stream());
  }

  /** The smallest seed of the range that all of them take. */
  BigInteger least(Variation.RandomSeed range) {
    return all()
        .flatMap(one -> one.min().stream())
        .map(BigDecimal::toBigInteger)
        .reduce(range.least(), BigInteger::max);
  }

  /** The greatest likewise: some nodes take 32 bits only. */
  BigInteger greatest(Variation.RandomSeed range) {
    return all()
        .flatMap(one -> one.max().stream())
        .map(BigDecimal::toBigInteger)
        .reduce(range.greatest(), BigInteger::min);
  }
}
