package dev.promptrunner.app;

import dev.promptrunner.base.Problem;
import dev.promptrunner.comfy.process.Launch;
import dev.promptrunner.comfy.process.LaunchCommand;
import dev.promptrunner.config.ProcessConfig;
import dev.promptrunner.config.ServersConfig;
import dev.promptrunner.config.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** How the servers that this program starts itself are started, by the settings. */
final class Supervision {
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Parts parts;
  private final Settings settings;

  Supervision(Parts parts, Settings settings) {
    this.parts = parts;
    this.settings = settings;
  }

  /**
   * One for each server.
   *
   * @throws Stop when one of them cannot be started from here
   */
  List<Launch> launches() throws Stop {
    List<Problem> problems = problems(settings.servers().servers());
    if (!problems.isEmpty()) {
      throw new Stop(Stop.Kind.CONFIGURATION, problems);
    }
    return places();
  }

  /** The same for looking at and stopping what runs, wherever it is; not to be started. */
  List<Launch> places() {
    List<ServersConfig.Server> servers = settings.servers().servers();
    return IntStream.range(0, servers.size()).mapToObj(i -> launch(servers.get(i), i)).toList();
  }

  private List<Problem> problems(List<ServersConfig.Server> servers) {
    List<Problem> problems = new ArrayList<>();
    for (ServersConfig.Server server : servers) {
      if (!isHere(server.url())) {
        problems.add(
            new Problem(
                "comfyui.url",
                "a server there cannot be started from here",
                server.url().getHost() + ":" + server.url().getPort(),
                "write http://127.0.0.1:PORT, or take comfyui.command and comfyui.folder away"));
      }
    }
    Optional<Path> folder = settings.process().folder();
    if (settings.process().command().isEmpty()
        && folder.filter(each -> !Files.isRegularFile(each.resolve("main.py"))).isPresent()) {
      problems.add(
          new Problem(
              "comfyui.folder",
              "ComfyUI's main.py is not in it",
              folder.get().toString(),
              "give the folder that has main.py"));
    }
    if (!Files.isReadable(Path.of("/proc/self/stat"))) {
      problems.add(
          new Problem(
              "comfyui.command",
              "only on Linux servers can be started from here",
              System.getProperty("os.name"),
              "start ComfyUI yourself and take comfyui.command and comfyui.folder away"));
    }
    return problems;
  }

  private static boolean isHere(URI url) {
    return HERE.contains(url.getHost()) && url.getPort() > 0 && "http".equals(url.getScheme());
  }

  private Launch launch(ServersConfig.Server server, int index) {
    ProcessConfig process = settings.process();
    Optional<String> gpu = process.gpu(index);
    Optional<Path> folder = process.folder().map(Path::toAbsolutePath);
    LaunchCommand command = new LaunchCommand(process.command(), folder, process.arguments());
    return new Launch(
        server.url(),
        process.supervised() ? command.line(server.url().getPort(), gpu) : "",
        LaunchCommand.environment(parts.environment(), gpu),
        folder.orElse(Path.of("").toAbsolutePath()),
        settings.run().output().toAbsolutePath().normalize(),
        new Launch.Limits(
            settings.servers().startWait(),
            process.stopGrace(),
            process.restarts(),
            process.restartWindow(),
            process.memoryWatermark()));
  }
}
