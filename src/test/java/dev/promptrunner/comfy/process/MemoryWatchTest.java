package dev.promptrunner.comfy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryWatchTest {
  private static final long KB = 1024;

  @TempDir Path root;
  private MemoryGauge gauge;

  @BeforeEach
  void machine() throws IOException {
    write("proc/meminfo", "MemTotal:       1000 kB\nMemFree:        1 kB\n");
    Files.createDirectories(root.resolve("groups"));
    gauge = new MemoryGauge(new ProcFs(root.resolve("proc")), root.resolve("groups"));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void without_a_container_the_servers_share_of_the_machine_counts() {
    assertThat(gauge.read(905 * KB))
        .isEqualTo(new MemoryGauge.Reading(905 * KB, 1000 * KB, "the machine's"));
  }

  @Test
  void in_a_container_what_cannot_be_dropped_counts() throws IOException {
    write("groups/memory.max", "800000\n");
    write("groups/memory.current", "780000\n");
    write("groups/memory.stat", "anon 5\ninactive_file 60000\n");

    assertThat(gauge.read(100_000))
        .isEqualTo(new MemoryGauge.Reading(720_000, 800_000, "the container's"));
  }

  @Test
  void the_older_form_of_containers_is_read_too() throws IOException {
    write("groups/memory/memory.limit_in_bytes", "800000\n");
    write("groups/memory/memory.usage_in_bytes", "780000\n");
    write("groups/memory/memory.stat", "total_inactive_file 60000\n");
    write("groups/memory/memory.oom_control", "under_oom 0\noom_kill 3\n");

    assertThat(gauge.read(0).used()).isEqualTo(720_000);
    assertThat(gauge.kills()).isEqualTo(3);
  }

  @Test
  void no_limit_is_no_container() throws IOException {
    write("groups/memory.max", "max\n");
    write("groups/memory.events", "oom 1\noom_kill 2\n");

    assertThat(gauge.read(5).whose()).isEqualTo("the machine's");
    assertThat(gauge.kills()).isEqualTo(2);
  }

  @Test
  void a_start_is_wanted_above_the_watermark_as_long_as_it_helps() {
    MemoryWatch watch = new MemoryWatch(gauge, 90);

    assertThat(watch.restartWanted(890 * KB)).isEmpty();
    assertThat(watch.restartWanted(910 * KB))
        .hasValue("91 % of the machine's memory are in use, comfyui.memory-watermark is 90 %");
    assertThat(watch.startedAnew(100 * KB)).isEmpty();
    assertThat(watch.restartWanted(910 * KB)).isPresent();
  }

  @Test
  void a_new_server_above_the_watermark_is_told_once_and_not_started_anew() {
    MemoryWatch watch = new MemoryWatch(gauge, 90);

    assertThat(watch.startedAnew(910 * KB))
        .hasValue(
            "91 % of the machine's memory are in use, comfyui.memory-watermark is 90 % just after"
                + " its start: it is not started anew for its memory; raise it, or end what else"
                + " holds memory");
    assertThat(watch.restartWanted(920 * KB)).isEmpty();
    assertThat(watch.startedAnew(910 * KB)).isEmpty();
    assertThat(watch.restartWanted(920 * KB)).isEmpty();
    assertThat(watch.restartWanted(890 * KB)).isEmpty();
    assertThat(watch.restartWanted(910 * KB)).isPresent();
  }

  @Test
  void zero_is_never() {
    assertThat(new MemoryWatch(gauge, 0).restartWanted(2000 * KB)).isEmpty();
    assertThat(new MemoryWatch(gauge, 0).startedAnew(2000 * KB)).isEmpty();
  }
}
