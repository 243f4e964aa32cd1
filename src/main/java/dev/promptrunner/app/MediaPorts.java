package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.FrameRange;
import dev.promptrunner.execution.Frames;
import dev.promptrunner.execution.Joiner;
import dev.promptrunner.media.FrameReader;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Png;
import dev.promptrunner.media.ReferenceFrames;
import dev.promptrunner.media.Stillness;
import dev.promptrunner.media.VideoJoiner;
import dev.promptrunner.media.VideoProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * FFmpeg behind the engine's ports.
 *
 * @param metadata written into every joined video
 * @param black whether a video that is black throughout has a flaw
 * @param frozen whether one whose picture never changes has one
 */
record MediaPorts(Map<String, String> metadata, boolean black, boolean frozen)
    implements Frames, Joiner {
  private static final Set<String> VIDEOS = Set.of("mp4", "mov", "mkv", "webm");
  private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "webp");

  @Override
  public int count(Path video) throws FailureException {
    try (FrameReader reader = FrameReader.open(video)) {
      return reader.skip(Integer.MAX_VALUE);
    } catch (MediaException e) {
      throw failed(e);
    }
  }

  @Override
  public int countResult(Path file) throws FailureException {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (VIDEOS.contains(ending)) {
      return count(file);
    }
    if (!IMAGES.contains(ending)) {
      return 0;
    }
    try {
      Png.read(file);
      return 1;
    } catch (MediaException e) {
      throw failed(e);
    }
  }

  @Override
  public int countIndexed(Path video) throws FailureException {
    try {
      return VideoProbe.probe(video).frames();
    } catch (MediaException e) {
      throw failed(e);
    }
  }

  @Override
  public Optional<String> flaw(Path video) throws FailureException {
    if (!black && !frozen) {
      return Optional.empty();
    }
    try {
      Stillness seen = Stillness.of(video);
      if (black && seen.black()) {
        return Optional.of("it is black from its first frame to its last (check.black)");
      }
      return frozen && seen.frozen()
          ? Optional.of("its picture never changes (check.frozen)")
          : Optional.empty();
    } catch (MediaException e) {
      throw failed(e);
    }
  }

  @Override
  public void cut(Path video, int index, Path png) throws FailureException {
    try {
      ReferenceFrames.cut(video, index, png);
    } catch (MediaException e) {
      throw new FailureException(e.asFailure(png), e);
    }
  }

  @Override
  public void join(List<Joiner.Piece> pieces, Path target) throws FailureException {
    try {
      VideoJoiner.join(pieces.stream().map(MediaPorts::piece).toList(), target, metadata);
    } catch (MediaException e) {
      throw new FailureException(e.asFailure(target), e);
    }
  }

  private static dev.promptrunner.media.Piece piece(Joiner.Piece piece) {
    FrameRange keep = piece.keep();
    return new dev.promptrunner.media.Piece(piece.file(), keep);
  }

  private static FailureException failed(MediaException e) {
    return new FailureException(e.asFailure(), e);
  }
}
