package dev.promptrunner.app;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.Folders;
import dev.promptrunner.comfy.OutputFile;
import dev.promptrunner.comfy.Uploaded;
import dev.promptrunner.plan.Role;
import dev.promptrunner.workflow.ExpectedOutput;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server on another machine: inputs are uploaded into its input folder, outputs come by {@code
 * /view}. Its files cannot be removed from here: ComfyUI has no such request. Safe for concurrent
 * use.
 */
final class RemoteServer implements ServerFiles {
  private static final String FIRST = "00001";

  private final ComfyServer server;
  private final Folders folders;
  private final Map<Path, String> sent = new ConcurrentHashMap<>();

  RemoteServer(ComfyServer server, Folders folders) {
    this.server = server;
    this.folders = folders;
  }

  @Override
  public String inputFile(Path file) throws FailureException, InterruptedException {
    String known = sent.get(file);
    if (known != null) {
      return known;
    }
    String name;
    try {
      name = SharedDisk.inputName(Digest.of(file), file);
    } catch (IOException e) {
      throw new FailureException(
          new Failure.Rejected("reading " + file, e.toString(), "make it readable"), e);
    }
    String reference = server.upload(file, "", name).reference();
    sent.put(file, reference);
    return reference;
  }

  @Override
  public String input(String promptId, Path file) throws FailureException, InterruptedException {
    return uploaded(promptId, file, String.valueOf(file.getFileName())).toString();
  }

  @Override
  public String latentInput(String promptId, Path latent)
      throws FailureException, InterruptedException {
    // Loaders look for one ending or the other: the folder gets the file under both.
    uploaded(promptId + "/latent", latent, "high.safetensors");
    return String.valueOf(uploaded(promptId + "/latent", latent, "high.latent").getParent());
  }

  private Path uploaded(String subfolder, Path file, String name)
      throws FailureException, InterruptedException {
    Uploaded uploaded = server.upload(file, WORK + "/" + subfolder, name);
    try {
      return known(folders.input(), "input").resolve(uploaded.subfolder()).resolve(uploaded.name());
    } catch (InvalidPathException e) {
      throw new FailureException(
          new Failure.BadOutput(
              "uploading " + file,
              "the server stored it under '" + uploaded.name() + "', which is no file's name",
              "see what answers at " + server.address()),
          e);
    }
  }

  @Override
  public String latentOutput(String promptId) throws FailureException {
    return known(folders.output(), "output").resolve(WORK).resolve(promptId).toString();
  }

  @Override
  public Path take(OutputFile file, Path folder) throws FailureException, InterruptedException {
    if (file.problem().isPresent()) {
      throw SharedDisk.strange(file);
    }
    return server.fetch(file, folder.resolve(file.filename())).path();
  }

  @Override
  public Path takeWritten(String promptId, ExpectedOutput.Written output, Path folder)
      throws FailureException, InterruptedException {
    FailureException last = nothingNamed(output);
    for (String pattern : output.files()) {
      // A folder of another machine cannot be listed; in a fresh one savers count from 1.
      String name = pattern.replace("*", FIRST);
      OutputFile file =
          new OutputFile(
              output.node(), "", name, WORK + "/" + promptId, "output", Optional.empty());
      try {
        return server.fetch(file, folder.resolve(name)).path();
      } catch (FailureException e) {
        if (!(e.failure() instanceof Failure.BadOutput)) {
          throw e;
        }
        last = e;
      }
    }
    throw last;
  }

  private static FailureException nothingNamed(ExpectedOutput.Written output) {
    return new FailureException(
        new Failure.BadOutput(
            "fetching what node " + output.node() + " wrote",
            "the recipe names no file",
            "give the output's 'files' in the recipe"));
  }

  @Override
  public List<Path> leftBehind(String promptId) {
    return List.of();
  }

  @Override
  public Map<Role, Path> takeLeft(Map<Role, Path> left, Path folder) {
    return left;
  }

  @Override
  public void forget(String promptId) {
    // ComfyUI has no request that deletes a file.
  }

  private static Path known(Optional<Path> folder, String which) throws FailureException {
    return folder.orElseThrow(
        () ->
            new FailureException(
                new Failure.Rejected(
                    "naming a file to the server",
                    "the server does not tell its " + which + " folder",
                    "start ComfyUI with an absolute --base-directory, or with an absolute"
                        + " --input-directory and --output-directory, so that they stand in"
                        + " /system_stats")));
  }
}
