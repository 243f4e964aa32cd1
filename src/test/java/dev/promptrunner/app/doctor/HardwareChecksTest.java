package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareChecksTest {
  private static final String MEMORY =
      """
      MemTotal:       65536000 kB
      MemFree:         1000000 kB
      MemAvailable:   60000000 kB
      """;

  @TempDir Path root;
  private MachineFixture machine;

  @BeforeEach
  void memory() throws Exception {
    machine = new MachineFixture(root).file("proc/meminfo", MEMORY);
  }

  @Test
  void memory_without_a_limit_is_the_machine_s() throws Exception {
    machine.file("sys/fs/cgroup/cgroup.controllers", "cpu memory");
    machine.file("sys/fs/cgroup/memory.max", "max\n");
    assertThat(HardwareChecks.memory(machine.with(4), true))
        .isEqualTo(Finding.ok(Area.MACHINE, "memory", "67.1 GB, 61.4 GB free; no container limit"));
  }

  @Test
  void a_limit_of_version_2_counts_without_the_caches() throws Exception {
    machine.file("sys/fs/cgroup/cgroup.controllers", "cpu memory");
    machine.file("sys/fs/cgroup/memory.max", "50000000000\n");
    machine.file("sys/fs/cgroup/memory.current", "49000000000\n");
    machine.file(
        "sys/fs/cgroup/memory.stat", "anon 1\ninactive_file 30000000000\nactive_file 9000000000\n");
    assertThat(HardwareChecks.memory(machine.with(4), true))
        .isEqualTo(
            Finding.ok(
                Area.MACHINE,
                "memory",
                "50.0 GB, 40.0 GB free; the container's limit (cgroup v2), the machine has"
                    + " 67.1 GB"));
  }

  @Test
  void a_limit_of_a_group_above_counts_too() throws Exception {
    machine.file("proc/self/cgroup", "0::/pods/one/box\n");
    machine.file("sys/fs/cgroup/cgroup.controllers", "memory");
    machine.file("sys/fs/cgroup/pods/memory.max", "20000000000");
    machine.file("sys/fs/cgroup/pods/memory.current", "19500000000");
    machine.file("sys/fs/cgroup/pods/one/box/memory.max", "max");
    assertThat(HardwareChecks.memory(machine.with(4), false))
        .isEqualTo(
            Finding.warning(
                Area.MACHINE,
                "memory",
                "20.0 GB, 500.0 MB free; the container's limit (cgroup v2), the machine has"
                    + " 67.1 GB",
                "end what else uses it: below 2 GB the kernel may kill the server or this program"
                    + " (exit code 137)"));
  }

  @Test
  void a_limit_of_version_1_counts() throws Exception {
    machine.file("proc/self/cgroup", "11:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n");
    machine.file("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "30000000000");
    machine.file("sys/fs/cgroup/memory/docker/abc/memory.usage_in_bytes", "5000000000");
    machine.file(
        "sys/fs/cgroup/memory/docker/abc/memory.stat",
        "inactive_file 1\ntotal_inactive_file 1000000000\ntotal_active_file 1000000000\n");
    machine.file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    assertThat(HardwareChecks.memory(machine.with(4), true))
        .isEqualTo(
            Finding.warning(
                Area.MACHINE,
                "memory",
                "30.0 GB, 27.0 GB free; the container's limit (cgroup v1), the machine has"
                    + " 67.1 GB",
                "take a machine with 48 GB or more: both experts of a 14B model stay in memory"
                    + " then, and a swap takes a second instead of half a minute and more from the"
                    + " disk"));
  }

  @Test
  void no_limit_of_version_1_is_none() throws Exception {
    machine.file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    assertThat(HardwareChecks.memory(machine.with(4), true).found()).endsWith("no container limit");
  }

  @Test
  void memory_that_is_not_told_is_a_warning() throws Exception {
    machine.file("proc/meminfo", "");
    assertThat(HardwareChecks.memory(machine.with(4), true))
        .isEqualTo(
            Finding.warning(
                Area.MACHINE,
                "memory",
                "unknown: /proc/meminfo does not tell",
                "look with the provider how much memory the machine has"));
  }

  @Test
  void processors_are_those_that_the_container_leaves() throws Exception {
    machine.file("sys/fs/cgroup/cgroup.controllers", "cpu");
    machine.file("sys/fs/cgroup/cpu.max", "350000 100000");
    machine.file(
        "proc/cpuinfo",
        "processor\t: 0\nmodel name\t: AMD EPYC 7763\nprocessor\t: 1\nprocessor\t: 2\n"
            + "processor\t: 3\nprocessor\t: 4\nprocessor\t: 5\n");
    assertThat(HardwareChecks.cpu(machine.with(4)))
        .isEqualTo(
            Finding.ok(
                Area.MACHINE,
                "CPU",
                "4 of 6 cores, limited to 3.5 by the container, AMD EPYC 7763"));
  }

  @Test
  void a_share_of_version_1_is_told() throws Exception {
    machine.file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000");
    machine.file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
    assertThat(HardwareChecks.cpu(machine.with(2)).found())
        .isEqualTo("2 of 2 cores, limited to 2.0 by the container, unknown model");
  }

  @Test
  void one_core_is_a_warning() {
    assertThat(HardwareChecks.cpu(machine.with(1)))
        .isEqualTo(
            Finding.warning(
                Area.MACHINE,
                "CPU",
                "1 of 1 cores, unknown model",
                "give the container 2 cores or more: with one, joining and uploading wait for each"
                    + " other"));
  }
}
