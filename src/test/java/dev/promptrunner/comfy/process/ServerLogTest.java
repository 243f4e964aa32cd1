package dev.promptrunner.comfy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.promptrunner.base.Sleeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerLogTest {
  @TempDir Path folder;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private ServerLog log;

  @BeforeEach
  void place() {
    log = new ServerLog(folder.resolve("comfyui-8188.log"), 100, 3);
  }

  private void print(String text) throws IOException {
    Files.writeString(log.file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void the_last_lines_are_those_of_the_newest_start() throws Exception {
    print(ServerLog.START + "then: go\nold\nValueError: old\n");
    print(ServerLog.START + "now: go\nImportError: no av\nbar 1\rbar 2\r\nlast\n\n");

    assertThat(log.lastLines(2)).containsExactly("bar 2", "last");
    assertThat(log.lastError()).hasValue("ImportError: no av");
    assertThat(log.saysSinceStart("ValueError: old"::equals)).isFalse();
  }

  @Test
  void a_log_that_is_not_there_says_nothing() {
    assertThat(log.lastLines(3)).isEmpty();
    assertThat(log.lastError()).isEmpty();
  }

  @Test
  void lines_are_heard_as_they_come_also_those_of_bars_and_after_a_cut() throws Exception {
    print("before\n");
    try (LogTail _ = new LogTail(log, heard::add, Sleeper.SYSTEM)) {
      print("one\rtw");
      await().until(() -> heard.contains("one"));
      print("o\r\n" + "x".repeat(120) + "\n");
      await().until(() -> log.size() == 0);
      print("after\n");
      await().until(() -> heard.contains("after"));
    }
    assertThat(heard).containsExactly("one", "two", "x".repeat(120), "after");
  }

  @Test
  void cut_files_are_numbered_and_the_oldest_go() throws Exception {
    for (String text : List.of("a", "b", "c")) {
      print(text.repeat(101));
      assertThat(log.cut()).isTrue();
    }
    assertThat(log.cut()).isFalse();
    assertThat(log.file()).isEmptyFile();
    assertThat(folder.resolve("comfyui-8188.log.1")).hasContent("c".repeat(101));
    assertThat(folder.resolve("comfyui-8188.log.2")).hasContent("b".repeat(101));
    assertThat(folder.resolve("comfyui-8188.log.3")).doesNotExist();
  }
}
