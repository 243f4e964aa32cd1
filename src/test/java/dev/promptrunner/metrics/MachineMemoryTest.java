package dev.promptrunner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
  @TempDir Path root;

  private MachineMemory with(String file, String text) throws Exception {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return new MachineMemory(root);
  }

  @Test
  void a_machine_without_a_container_tells_its_own() throws Exception {
    with("proc/self/status", "Name:\tjava\nVmRSS:\t  204800 kB\n");
    MachineMemory memory =
        with("proc/meminfo", "MemTotal:       65000000 kB\nMemAvailable:   40000000 kB\n");
    assertThat(memory.own()).hasValue(204_800L * 1024);
    assertThat(memory.limit()).hasValue(65_000_000L * 1024);
    assertThat(memory.available()).hasValue(40_000_000L * 1024);
  }

  @Test
  void the_limit_of_a_container_counts_when_it_is_lower() throws Exception {
    with("proc/meminfo", "MemTotal:       65000000 kB\nMemAvailable:   40000000 kB\n");
    with("sys/fs/cgroup/memory.max", "8000000000\n");
    with("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file 1000000000\n");
    MachineMemory memory = with("sys/fs/cgroup/memory.current", "6000000000\n");
    assertThat(memory.limit()).hasValue(8_000_000_000L);
    assertThat(memory.available()).hasValue(3_000_000_000L);
  }

  @Test
  void older_control_groups_are_read_too() throws Exception {
    with("proc/meminfo", "MemTotal:       65000000 kB\nMemAvailable:   40000000 kB\n");
    with("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    with("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 500\n");
    assertThat(with("sys/fs/cgroup/memory/memory.usage_in_bytes", "1000\n").limit())
        .as("a number that means no limit")
        .hasValue(65_000_000L * 1024);
    assertThat(with("sys/fs/cgroup/memory/memory.limit_in_bytes", "4000\n").available())
        .hasValue(3500);
  }

  @Test
  void a_container_without_a_limit_has_the_machines() throws Exception {
    with("proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 500 kB\n");
    MachineMemory memory = with("sys/fs/cgroup/memory.max", "max\n");
    assertThat(memory.limit()).hasValue(1000 * 1024);
  }

  @Test
  void another_system_tells_nothing() {
    MachineMemory memory = new MachineMemory(root);
    assertThat(memory.own()).isEmpty();
    assertThat(memory.limit()).isEmpty();
    assertThat(memory.available()).isEmpty();
  }
}
