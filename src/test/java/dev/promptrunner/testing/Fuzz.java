package dev.promptrunner.testing;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Feeds a parser with damaged copies of good inputs. Every case must end in a value or in the
 * parser's own kind of exception, within a second of processor time and a bound on what it
 * allocates.
 *
 * <p>The seed is fixed, so that a finding comes again: {@code -Dfuzz.seed=N} takes another, {@code
 * -Dfuzz.seconds=N} goes on for so long instead of {@value #CASES} cases, {@code -Dfuzz.most=N}
 * bounds them, so that a faster machine proves the same. A case that fails is left in {@code
 * target/fuzz}.
 */
public final class Fuzz {
  private static final int CASES = 2_000;
  private static final long SEED = Long.getLong("fuzz.seed", 20261121);
  private static final long SECONDS = Long.getLong("fuzz.seconds", 0);
  private static final long MOST = Long.getLong("fuzz.most", Long.MAX_VALUE);

  /** Processor time, not that of a clock: a busy machine is no finding. */
  private static final long MOST_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long MOST_BYTES = 256L << 20;
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String name;
  private final Mutations mutations;
  private final Set<Class<? extends Exception>> own;

  /** What is tried. */
  @FunctionalInterface
  public interface Parser {
    void parse(byte[] input) throws Exception;
  }

  private Fuzz(String name, List<byte[]> corpus, Set<Class<? extends Exception>> own) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(SEED ^ name.hashCode());
    this.name = name;
    this.mutations = new Mutations(random, corpus);
    this.own = own;
  }

  /**
   * Fuzzes a parser that may refuse with these exceptions and no others.
   *
   * @param name for reports and, with the seed, for the random numbers
   * @param corpus good inputs, at least one
   */
  @SafeVarargs
  public static void run(
      String name, List<byte[]> corpus, Parser parser, Class<? extends Exception>... own) {
    new Fuzz(name, corpus, Set.of(own)).run(corpus, parser);
  }

  private void run(List<byte[]> corpus, Parser parser) {
    corpus.forEach(input -> one(-1, input, parser));
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    long count = 0;
    while (SECONDS > 0 ? count < MOST && System.nanoTime() < end : count < CASES) {
      one(count++, mutations.next(), parser);
    }
    System.out.printf("fuzzed %s: %d cases, seed %d%n", name, count, SEED);
  }

  private void one(long number, byte[] input, Parser parser) {
    long nanos = THREAD.getCurrentThreadCpuTime();
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    try {
      parser.parse(input);
    } catch (Throwable e) {
      if (own.stream().noneMatch(kind -> kind.isInstance(e))) {
        throw found(number, input, "threw " + e, e);
      }
    }
    long took = THREAD.getCurrentThreadCpuTime() - nanos;
    long allocated = THREAD.getCurrentThreadAllocatedBytes() - bytes;
    if (took > MOST_NANOS) {
      throw found(number, input, "took " + took / 1_000_000 + " ms", null);
    }
    if (allocated > MOST_BYTES) {
      throw found(number, input, "allocated " + (allocated >> 20) + " MB", null);
    }
  }

  private AssertionError found(long number, byte[] input, String what, Throwable cause) {
    Path kept = Path.of("target", "fuzz", "%s-%d-%d.bin".formatted(name, SEED, number));
    try {
      Files.createDirectories(kept.getParent());
      Files.write(kept, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new AssertionError(
        "%s %s at case %d with seed %d; the %d bytes lie in %s"
            .formatted(name, what, number, SEED, input.length, kept),
        cause);
  }
}
