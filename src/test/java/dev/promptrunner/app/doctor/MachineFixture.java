package dev.promptrunner.app.doctor;

import dev.promptrunner.pod.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A machine in a folder, with the programs that a test gives it. */
final class MachineFixture {
  private final Path root;
  private final Map<String, ProcessRunner.Result> programs = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  MachineFixture(Path root) {
    this.root = root;
  }

  MachineFixture file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  MachineFixture program(String name, int exitCode, String output) {
    programs.put(name, new ProcessRunner.Result(exitCode, output, false));
    return this;
  }

  MachineFixture hanging(String name) {
    programs.put(name, new ProcessRunner.Result(-1, "", true));
    return this;
  }

  MachineFixture variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Machine with(int cores) {
    return new Machine(root, (command, _) -> run(command.getFirst()), environment, cores);
  }

  private ProcessRunner.Result run(String program) throws IOException {
    ProcessRunner.Result result = programs.get(program);
    if (result == null) {
      throw new IOException("Cannot run program \"" + program + "\": No such file");
    }
    return result;
  }
}
