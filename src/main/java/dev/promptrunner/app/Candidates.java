package dev.promptrunner.app;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.VideoInfo;
import dev.promptrunner.media.VideoProbe;
import dev.promptrunner.plan.Candidate;
import dev.promptrunner.plan.SourceVideo;
import dev.promptrunner.prompt.PromptFile;
import dev.promptrunner.prompt.PromptFiles;
import dev.promptrunner.prompt.PromptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prompt files with what lies on disk for them: each control video is measured once, however many
 * prompt files follow it. Not thread-safe.
 */
final class Candidates {
  private static final List<String> VIDEOS = List.of(".mp4", ".mov", ".webm", ".mkv");

  private final Optional<Path> serverInput;
  private final Map<Seen, SourceVideo> measured = new HashMap<>();

  /**
   * @param serverInput the server's input folder, where control videos are looked for after the
   *     prompt file's own folder; empty when it is not on this machine
   */
  Candidates(Optional<Path> serverInput) {
    this.serverInput = serverInput;
  }

  /**
   * What was found.
   *
   * @param leftOut files and folders that cannot be used
   * @param problems of them
   */
  record Found(List<Candidate> candidates, List<Path> leftOut, List<Problem> problems) {}

  /** A video as it lay there: another one may lie under its name later. */
  private record Seen(Path video, long size, FileTime modified) {
    static Seen of(PromptFile prompt, Path video) throws Unusable {
      try {
        return new Seen(video, Files.size(video), Files.getLastModifiedTime(video));
      } catch (IOException e) {
        throw unreadable(prompt, video, e);
      }
    }
  }

  Found read(List<Path> paths) {
    PromptFiles files = PromptFolder.read(paths);
    List<Candidate> candidates = new ArrayList<>();
    List<Path> leftOut = new ArrayList<>(files.bad());
    List<Problem> problems = new ArrayList<>(files.problems());
    for (PromptFile prompt : files.good()) {
      try {
        candidates.add(candidate(prompt));
      } catch (Unusable e) {
        leftOut.add(prompt.file());
        problems.add(e.problem);
      }
    }
    return new Found(List.copyOf(candidates), List.copyOf(leftOut), List.copyOf(problems));
  }

  private Candidate candidate(PromptFile prompt) throws Unusable {
    Path video = prompt.controlVideo().or(() -> onServer(prompt)).orElseThrow(() -> none(prompt));
    Seen seen = Seen.of(prompt, video);
    SourceVideo source = measured.get(seen);
    if (source == null) {
      source = measure(prompt, video);
      measured.put(seen, source);
    }
    Optional<Digest> reference = Optional.empty();
    if (prompt.referenceImage().isPresent()) {
      reference = Optional.of(digest(prompt, prompt.referenceImage().get()));
    }
    return new Candidate(prompt, source, reference);
  }

  private SourceVideo measure(PromptFile prompt, Path video) throws Unusable {
    try {
      VideoInfo info = VideoProbe.probe(video);
      Path file = video.toAbsolutePath().normalize();
      return new SourceVideo(file, digest(prompt, video), info.frames(), info.size(), info.rate());
    } catch (MediaException e) {
      throw new Unusable(
          new Problem(
              prompt.whereVideoName(),
              "the control video cannot be used: " + e.asFailure().found(),
              video.toString(),
              e.asFailure().remedy()));
    }
  }

  private static Digest digest(PromptFile prompt, Path file) throws Unusable {
    try {
      return Digest.of(file);
    } catch (IOException e) {
      throw new Unusable(
          new Problem(
              prompt.file().toString(),
              "a file of it cannot be read (" + IoReason.of(e) + ")",
              file.toString(),
              "make it readable"));
    }
  }

  private static Unusable unreadable(PromptFile prompt, Path file, IOException e) {
    return new Unusable(
        new Problem(
            prompt.file().getFileName().toString(),
            "a file of it cannot be read (" + e.getMessage() + ")",
            file.toString(),
            "make it readable"));
  }

  private Optional<Path> onServer(PromptFile prompt) {
    if (serverInput.isEmpty() || !Files.isDirectory(serverInput.get())) {
      return Optional.empty();
    }
    String wanted = prompt.videoName().toLowerCase(Locale.ROOT);
    try (Stream<Path> files = Files.list(serverInput.get())) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                return VIDEOS.stream().anyMatch(ending -> name.equals(wanted + ending));
              })
          .sorted()
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private Unusable none(PromptFile prompt) {
    String where =
        "beside the prompt file" + serverInput.map(folder -> " or in " + folder).orElse("");
    return new Unusable(
        new Problem(
            prompt.whereVideoName(),
            "there is no control video " + where,
            prompt.videoName(),
            "put %s.mp4 (or .mov, .webm, .mkv) there, or correct the name"
                .formatted(prompt.videoName())));
  }

  private static final class Unusable extends Exception {
    private final transient Problem problem;

    Unusable(Problem problem) {
      super(problem.toString());
      this.problem = problem;
    }
  }
}
