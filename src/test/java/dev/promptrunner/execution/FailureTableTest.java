package dev.promptrunner.execution;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.testing.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds docs/failure-handling.md to the code, and to the tests that it names. */
class FailureTableTest {
  private static final Path PAGE = Path.of("docs/failure-handling.md");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))\\.(\\w+)`");

  private static final List<Failure> CLASSES = Failures.ALL;

  @Test
  void every_class_is_in_the_table_with_its_severity_and_its_policy() throws Exception {
    assertThat(CLASSES)
        .extracting(Object::getClass)
        .hasSameElementsAs(Arrays.asList(Failure.class.getPermittedSubclasses()));

    assertThat(
            rows("class").stream().map(row -> row.get(0) + " | " + row.get(1) + " | " + row.get(3)))
        .containsExactlyElementsOf(CLASSES.stream().map(FailureTableTest::row).toList());
  }

  private static String row(Failure failure) {
    return "%s | %s | %s"
        .formatted(
            failure.kind(), failure.severity().name().toLowerCase(Locale.ROOT), policy(failure));
  }

  /** What the policy says of failures of one class that follow each other. */
  private static String policy(Failure failure) {
    RetryPolicy policy = RetryPolicy.of(3, Duration.ofSeconds(2));
    List<Measure> measures = new ArrayList<>();
    for (int failed = 1; failed <= 3; failed++) {
      measures.add(policy.next(failure, new Tries(failed, failed)));
      if (measures.getLast() instanceof Measure.GiveUp) {
        break;
      }
    }
    return measures.stream().map(Measure::name).collect(joining(" → "));
  }

  @Test
  void every_row_names_a_test() throws Exception {
    List<List<String>> rows =
        Stream.of("class", "situation").flatMap(head -> rows(head).stream()).toList();

    assertThat(rows).hasSizeGreaterThan(CLASSES.size() + 10);
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.getLast()).as("%s", row).containsPattern(TEST));
  }

  @TestFactory
  Stream<DynamicTest> each_test_that_is_named_exists() throws IOException {
    List<MatchResult> named =
        TEST.matcher(Files.readString(PAGE)).results().map(found -> (MatchResult) found).toList();
    assertThat(named).isNotEmpty();
    return named.stream()
        .map(found -> DynamicTest.dynamicTest(found.group(), () -> assertExists(found)));
  }

  private static void assertExists(MatchResult named) throws IOException {
    try (Stream<Path> tree = Files.walk(Path.of("src/test/java"))) {
      List<Path> classes = tree.filter(file -> file.endsWith(named.group(1) + ".java")).toList();
      assertThat(classes).as(named.group(1)).isNotEmpty();
      List<String> sources = new ArrayList<>();
      for (Path file : classes) {
        sources.add(Files.readString(file));
      }
      assertThat(String.join("\n", sources))
          .containsPattern("void\\s+" + named.group(2) + "\\s*\\(");
    }
  }

  /** The cells of the table whose first heading is this. */
  private static List<List<String>> rows(String heading) {
    try {
      return Files.readAllLines(PAGE).stream()
          .dropWhile(line -> !line.startsWith("| " + heading + " |"))
          .skip(2)
          .takeWhile(line -> line.startsWith("|"))
          .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ")))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
