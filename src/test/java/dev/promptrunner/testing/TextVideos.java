package dev.promptrunner.testing;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.execution.Frames;
import dev.promptrunner.execution.Joiner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Videos as text files, a source frame's number a line: scheduling is tested without FFmpeg. */
public final class TextVideos implements Frames, Joiner {
  /** What is wrong with the segments that are looked at next, one after the other. */
  public final Queue<String> flaws = new ConcurrentLinkedQueue<>();

  public static void write(Path file, List<String> frames) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, frames);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int count(Path video) throws FailureException {
    List<String> lines = read(video);
    if (lines.contains("broken")) {
      throw new FailureException(
          new Failure.BadOutput(
              "decoding " + video.getFileName(), "it breaks off", "render again"));
    }
    return lines.size();
  }

  @Override
  public int countResult(Path file) throws FailureException {
    return count(file);
  }

  @Override
  public int countIndexed(Path video) throws FailureException {
    return count(video);
  }

  @Override
  public Optional<String> flaw(Path video) {
    return Optional.ofNullable(flaws.poll());
  }

  @Override
  public void cut(Path video, int index, Path png) {
    write(png, List.of(read(video).get(index)));
  }

  @Override
  public void join(List<Piece> pieces, Path target) {
    List<String> frames = new ArrayList<>();
    for (Piece piece : pieces) {
      frames.addAll(read(piece.file()).subList(piece.keep().start(), piece.keep().end()));
    }
    write(target, frames);
  }
}
