package dev.promptrunner.app;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.comfy.Folders;
import dev.promptrunner.comfy.OutputFile;
import dev.promptrunner.execution.Placement;
import dev.promptrunner.plan.Role;
import dev.promptrunner.workflow.ExpectedOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server on this machine: files are linked, never sent. Safe for concurrent use. */
final class SharedDisk implements ServerFiles {
  private static final Logger log = LoggerFactory.getLogger(SharedDisk.class);

  private static final String STEM = "high";

  /** Moves or links a file on one disk. */
  @FunctionalInterface
  private interface FileStep {
    Path run() throws IOException;
  }

  private final Path inputFolder;
  private final Path outputFolder;

  SharedDisk(Folders folders) {
    this.inputFolder = folders.input().orElseThrow();
    this.outputFolder = folders.output().orElseThrow();
  }

  @Override
  public String inputFile(Path file) throws FailureException {
    return attempt(
            "bringing " + file + " into " + inputFolder,
            () -> {
              // By content: the same name may hold another video tomorrow.
              Path target = inputFolder.resolve(inputName(Digest.of(file), file));
              return Files.exists(target) && Files.size(target) == Files.size(file)
                  ? target
                  : link(file, target);
            })
        .getFileName()
        .toString();
  }

  @Override
  public String input(String promptId, Path file) throws FailureException {
    Path target = folder(promptId).resolve("in").resolve(file.getFileName());
    return attempt("linking " + file + " for the server", () -> link(file, target)).toString();
  }

  @Override
  public String latentInput(String promptId, Path latent) throws FailureException {
    Path folder = folder(promptId).resolve("latent-in");
    return attempt(
            "linking " + latent + " for the server",
            () -> {
              // Loaders look for one ending or the other: the same file has both names.
              link(latent, folder.resolve(STEM + ".safetensors"));
              link(latent, folder.resolve(STEM + ".latent"));
              return folder;
            })
        .toString();
  }

  @Override
  public String latentOutput(String promptId) {
    return folder(promptId).resolve("latent-out").toString();
  }

  @Override
  public Path take(OutputFile file, Path folder) throws FailureException {
    Path there =
        new Folders(
                java.util.Optional.of(inputFolder),
                java.util.Optional.of(outputFolder),
                java.util.Optional.empty())
            .locate(file)
            .orElseThrow(() -> strange(file));
    return attempt("taking " + there, () -> taken(there, folder));
  }

  @Override
  public Path takeWritten(String promptId, ExpectedOutput.Written output, Path folder)
      throws FailureException {
    return attempt(
        "taking what node " + output.node() + " wrote into " + output.folder(),
        () -> {
          Path written = newest(Path.of(output.folder()), output);
          return taken(written, folder);
        });
  }

  @Override
  public List<Path> leftBehind(String promptId) throws FailureException {
    Path folder = folder(promptId);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> !folder.relativize(file).startsWith("in"))
          .filter(file -> !folder.relativize(file).startsWith("latent-in"))
          .toList();
    } catch (IOException e) {
      throw failed("looking into " + folder, e);
    }
  }

  @Override
  public Map<Role, Path> takeLeft(Map<Role, Path> left, Path folder) throws FailureException {
    Map<Role, Path> taken = new EnumMap<>(Role.class);
    for (Map.Entry<Role, Path> file : left.entrySet()) {
      Path from = file.getValue();
      taken.put(file.getKey(), attempt("taking " + from, () -> taken(from, folder)));
    }
    return taken;
  }

  @Override
  public void forget(String promptId) {
    Path folder = folder(promptId);
    try {
      Placement.remove(folder);
    } catch (IOException e) {
      log.warn("could not remove {}, which is no longer needed: {}", folder, e.toString());
    }
  }

  private Path folder(String promptId) {
    return outputFolder.resolve(WORK).resolve(promptId);
  }

  private static Path newest(Path folder, ExpectedOutput.Written output) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> output.matches(file.getFileName().toString()))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .orElseThrow(() -> new IOException("it holds no file named like " + output.files()));
    }
  }

  /**
   * A symbolic link there would make a file of this machine a result, and it would be delivered.
   */
  private Path taken(Path file, Path folder) throws IOException {
    Path real = file.toRealPath();
    Path orders = outputFolder.resolve(WORK);
    boolean ours = Files.exists(orders) && real.startsWith(orders.toRealPath());
    if (!ours && !real.startsWith(outputFolder.toRealPath())) {
      throw new IOException("it is a symbolic link to " + real + ", outside of " + outputFolder);
    }
    return link(real, folder.resolve(file.getFileName().toString()));
  }

  private static Path link(Path file, Path target) throws IOException {
    Placement.link(file, target);
    return target;
  }

  /** The name under which a file lies in the server's input folder. */
  static String inputName(Digest digest, Path file) {
    return "pr_" + digest.hex().substring(0, 16) + extension(file);
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot).toLowerCase(java.util.Locale.ROOT);
  }

  private Path attempt(String attempted, FileStep step) throws FailureException {
    try {
      return step.run();
    } catch (IOException e) {
      throw failed(attempted, e);
    }
  }

  private FailureException failed(String attempted, IOException e) {
    Failure failure =
        IoReason.disk(attempted, outputFolder, 0, e)
            .orElseGet(
                () ->
                    new Failure.BadOutput(
                        attempted,
                        IoReason.of(e),
                        "see whether the server's folders are writable and its output nodes save"
                            + " where the recipe says"));
    return new FailureException(failure, e);
  }

  static FailureException strange(OutputFile file) {
    return new FailureException(
        new Failure.BadOutput(
            "taking what node " + file.nodeId() + " reported",
            file.problem().orElse(file.toString()),
            "the workflow's output node must save below the server's output folder"));
  }
}
