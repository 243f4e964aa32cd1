package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.workflow.Workflow;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

class LastUsedTest {
  private static final Path FILE = Path.of("some/picture.json");
  private static final BigInteger LARGEST = new BigInteger("18446744073709551615");

  @TempDir Path root;

  @Test
  void what_was_never_run_was_never_set() throws Exception {
    assertThat(new LastUsed(root).of(FILE)).isEmpty();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void the_values_of_the_last_run_are_kept_exact() throws Exception {
    LastUsed used = new LastUsed(root);
    used.keep(FILE, parameters(7), Map.of("seed", JsonNodeFactory.instance.numberNode(LARGEST)));
    assertThat(used.of(FILE).get("seed").bigIntegerValue()).isEqualTo(LARGEST);
    used.keep(FILE, parameters(7), Map.of());
    assertThat(used.of(FILE)).isEmpty();
  }

  @Test
  void the_defaults_are_those_of_the_first_run_whatever_the_workflow_became() throws Exception {
    LastUsed used = new LastUsed(root);
    used.keep(FILE, parameters(7), Map.of());
    used.keep(FILE, parameters(8), Map.of());
    assertThat(Files.readString(root.resolve("parameters/picture.json")))
        .contains("\"workflow\" : \"some/picture.json\"")
        .contains("\"defaults\" : {\n    \"seed\" : 7");
  }

  /** Whoever lists parameters, or has just rendered, did nothing wrong. */
  @Test
  void a_damaged_file_is_warned_of_and_not_written_over() throws Exception {
    Path file = root.resolve("parameters/picture.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"last_used\": ");
    LastUsed used = new LastUsed(root);

    assertThat(warnings(() -> assertThat(used.of(FILE)).isEmpty()))
        .isEqualTo(warnings(() -> used.keep(FILE, parameters(7), Map.of())))
        .containsExactly(
            file
                + ": the values that were used last cannot be read, found 'no JSON': remove the"
                + " file");
    assertThat(file).hasContent("{\"last_used\": ");
  }

  @Test
  void a_place_that_cannot_be_written_is_warned_of() throws Exception {
    Files.writeString(root.resolve("parameters"), "no folder");

    assertThat(warnings(() -> new LastUsed(root).keep(FILE, parameters(7), Map.of())))
        .singleElement()
        .asString()
        .startsWith("output: the values that were used cannot be kept (")
        .endsWith("make the output folder writable");
  }

  private static List<String> warnings(Runnable body) {
    Logger logger = (Logger) LoggerFactory.getLogger(LastUsed.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      body.run();
    } finally {
      logger.detachAppender(lines);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static Parameters parameters(int seed) {
    return Parameters.of(
        Workflow.read(
                "picture.json",
                "{\"1\": {\"class_type\": \"KSampler\", \"inputs\": {\"seed\": %d}}}"
                    .formatted(seed))
            .orThrow(),
        Optional.empty());
  }
}
