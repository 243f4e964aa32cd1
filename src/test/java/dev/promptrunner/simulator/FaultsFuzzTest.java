package dev.promptrunner.simulator;

import dev.promptrunner.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsFuzzTest {
  @Test
  void a_script_of_faults_is_read_or_refused_with_problems() {
    Fuzz.run(
        "faults",
        List.of("oom@3,slow@1:10s,500@7x3 crash@2".getBytes(StandardCharsets.UTF_8)),
        input -> Faults.parse(new String(input, StandardCharsets.UTF_8)),
        IllegalArgumentException.class);
  }
}
