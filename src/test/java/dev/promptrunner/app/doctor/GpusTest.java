package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpusTest {
  private static final String DRIVER =
      "the driver does not reach the card: restart the pod, and when that does not help take"
          + " another machine";

  @TempDir Path root;
  private MachineFixture machine;

  @BeforeEach
  void make() {
    machine = new MachineFixture(root);
  }

  @Test
  void each_card_of_nvidia_is_told_with_its_memory_and_driver() throws Exception {
    machine.program(
        "nvidia-smi",
        0,
        "0, NVIDIA GeForce RTX 4090, 24564, 564, 550.54.15\n"
            + "1, NVIDIA GeForce RTX 3060, 12288, 0, 550.54.15");
    assertThat(Gpus.look(machine.with(2), true))
        .containsExactly(
            Finding.ok(
                Area.MACHINE,
                "GPU 0",
                "NVIDIA GeForce RTX 4090, 25.8 GB VRAM, 25.2 GB of it free, driver 550.54.15"),
            Finding.ok(
                Area.MACHINE,
                "GPU 1",
                "NVIDIA GeForce RTX 3060, 12.9 GB VRAM, 12.9 GB of it free, driver 550.54.15"));
  }

  @Test
  void a_card_that_hides_its_memory_is_told_without() throws Exception {
    machine.program("nvidia-smi", 0, "0, NVIDIA GB10, [N/A], [N/A], 580.1");
    assertThat(Gpus.look(machine.with(2), true))
        .containsExactly(
            Finding.ok(Area.MACHINE, "GPU 0", "NVIDIA GB10, memory unknown, driver 580.1"));
  }

  @Test
  void a_driver_that_does_not_answer_is_a_problem() throws Exception {
    machine.program("nvidia-smi", 9, "\nNVIDIA-SMI has failed because it couldn't communicate\n");
    assertThat(Gpus.look(machine.with(2), true))
        .containsExactly(
            Finding.problem(
                Area.MACHINE,
                "GPU",
                "nvidia-smi ended with code 9: NVIDIA-SMI has failed because it couldn't"
                    + " communicate",
                DRIVER));
  }

  @Test
  void a_driver_that_hangs_is_a_problem() throws Exception {
    machine.hanging("nvidia-smi");
    assertThat(Gpus.look(machine.with(2), true))
        .containsExactly(Finding.problem(Area.MACHINE, "GPU", "nvidia-smi does not end", DRIVER));
  }

  @Test
  void cards_of_amd_are_told() throws Exception {
    machine.program(
        "rocm-smi",
        0,
        "WARNING: a note\n{\"card0\": {\"Card Series\": \"Instinct MI210\","
            + " \"VRAM Total Memory (B)\": \"68702699520\","
            + " \"VRAM Total Used Memory (B)\": \"702699520\"}, \"system\": {}}");
    assertThat(Gpus.look(machine.with(2), true))
        .containsExactly(
            Finding.ok(Area.MACHINE, "GPU 0", "Instinct MI210, 68.7 GB VRAM, 68.0 GB of it free"));
  }

  @Test
  void no_card_matters_only_where_one_is_to_render() throws Exception {
    assertThat(Gpus.look(machine.with(2), true))
        .containsExactly(
            Finding.warning(
                Area.MACHINE,
                "GPU",
                "none here: there is neither nvidia-smi nor rocm-smi",
                "start the container with its GPUs (docker run --gpus all), or rent a pod with"
                    + " one"));
    assertThat(Gpus.look(machine.with(2), false))
        .containsExactly(
            Finding.ok(
                Area.MACHINE,
                "GPU",
                "none here: there is neither nvidia-smi nor rocm-smi; none is needed here"));
  }
}
