package dev.promptrunner.comfy.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shell command of a server: a given one with its variables replaced, or the usual one of an
 * install folder.
 *
 * @param command empty for the install folder's own
 * @param folder where ComfyUI's {@code main.py} lies
 * @param arguments added to the install folder's own command
 */
public record LaunchCommand(
    Optional<String> command, Optional<Path> folder, Optional<String> arguments) {

  /**
   * The command for one server.
   *
   * @param gpu empty when none was assigned
   * @throws IllegalStateException when there is neither a command nor a folder
   */
  public String line(int port, Optional<String> gpu) {
    return command
        .map(given -> replaced(given, port, gpu))
        .or(() -> folder.map(each -> usual(each, port)))
        .orElseThrow(() -> new IllegalStateException("neither a command nor a folder"));
  }

  private String replaced(String given, int port, Optional<String> gpu) {
    return given
        .replace("${port}", Integer.toString(port))
        .replace("${gpu}", gpu.orElse(""))
        .replace("${folder}", folder.map(Path::toString).orElse(""));
  }

  /** {@code exec}, so that the exit code and the signals are the server's own. */
  private String usual(Path install, int port) {
    String flags = arguments.map(more -> " " + more).orElse("");
    return "exec " + python(install) + " main.py --listen 127.0.0.1 --port " + port + flags;
  }

  private static String python(Path install) {
    for (String environment : new String[] {"venv", ".venv"}) {
      Path python = install.resolve(environment).resolve("bin/python");
      if (Files.isExecutable(python)) {
        return quoted(python.toAbsolutePath().toString());
      }
    }
    return "python3";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** What no server and none of its custom nodes needs, and whoever has it can misuse. */
  private static final Set<String> OURS_ALONE =
      Set.of("RUNPOD_API_KEY", "CONTAINER_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS");

  private static boolean isOursAlone(String variable) {
    return variable.startsWith("PROMPT_RUNNER_NOTICE_") || OURS_ALONE.contains(variable);
  }

  /**
   * The variables of the process: unbuffered output, and the GPU it was assigned; without this
   * program's keys.
   */
  public static Map<String, String> environment(Map<String, String> own, Optional<String> gpu) {
    Map<String, String> all = new HashMap<>(own);
    all.keySet().removeIf(LaunchCommand::isOursAlone);
    all.put("PYTHONUNBUFFERED", "1");
    gpu.ifPresent(
        id -> {
          all.put("CUDA_VISIBLE_DEVICES", id);
          all.put("HIP_VISIBLE_DEVICES", id);
        });
    return all;
  }
}
