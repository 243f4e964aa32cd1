package dev.promptrunner.comfy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitMeaningTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0|ended with exit code 0: someone stopped it (SIGINT)|false",
        "130|0|ended with exit code 130: someone stopped it (SIGINT)|false",
        "1|0|ended with exit code 1: a Python error, which its log tells|false",
        "2|0|ended with exit code 2: it does not know one of its flags, or a folder named by one is"
            + " missing|true",
        "127|0|ended with exit code 127: the shell does not find the command|true",
        "134|0|ended with exit code 134: a native library gave up (SIGABRT)|false",
        "137|0|ended with exit code 137: it was killed (SIGKILL): by someone, or by the kernel for"
            + " lack of memory|false",
        "137|1|ended with exit code 137: the kernel killed it, because memory ran out|false",
        "139|0|ended with exit code 139: a native library crashed (SIGSEGV)|false",
        "143|0|ended with exit code 143: someone ended it (SIGTERM)|false",
        "99|0|ended with exit code 99: no meaning is known for it|false"
      })
  void a_code_is_told_in_words(int code, long kills, String words, boolean hopeless) {
    assertThat(ExitMeaning.of(OptionalInt.of(code), List.of(), kills))
        .isEqualTo(new ExitMeaning(words, hopeless));
  }

  @Test
  void a_port_that_is_taken_is_seen_in_the_log() {
    List<String> log = List.of("OSError: [Errno 98] error while attempting to bind on address");

    assertThat(ExitMeaning.of(OptionalInt.of(1), log, 0))
        .isEqualTo(
            new ExitMeaning(
                "ended with exit code 1: its port is taken: another program listens on it", true));
  }

  @Test
  void the_code_of_another_programs_child_is_not_known() {
    assertThat(ExitMeaning.of(OptionalInt.empty(), List.of(), 0).words())
        .isEqualTo("is gone; its exit code went to the program that started it");
    assertThat(ExitMeaning.of(OptionalInt.empty(), List.of(), 1).words())
        .isEqualTo("is gone: the kernel killed it, because memory ran out");
  }
}
