package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Joins pieces of videos into one. Safe for use by many threads. */
public final class VideoJoiner {
  private VideoJoiner() {}

  /** Writes the pieces' frames one after the other; the target is whole or absent. */
  public static void join(List<Piece> pieces, Path target) throws MediaException {
    join(pieces, target, Map.of());
  }

  /** The same, with tags for the file such as {@code comment}. */
  public static void join(List<Piece> pieces, Path target, Map<String, String> metadata)
      throws MediaException {
    try (FrameReader first = FrameReader.open(pieces.getFirst().file());
        FrameWriter writer = writer(target, first, first.rate(), metadata)) {
      for (Piece piece : pieces) {
        append(piece, writer, first);
      }
      writer.finish();
    }
  }

  private static FrameWriter writer(
      Path target, FrameReader first, FrameRate rate, Map<String, String> metadata)
      throws MediaException {
    return FrameWriter.create(
        target, first.size(), rate, Encoding.standard().withCrf(14).withMetadata(metadata));
  }

  private static void append(Piece piece, FrameWriter writer, FrameReader first)
      throws MediaException {
    try (FrameReader reader = FrameReader.open(piece.file())) {
      reader.skip(piece.keep().start());
      for (int i = 0; i < piece.keep().length(); i++) {
        int frame = reader.position();
        writer.write(
            reader
                .next()
                .orElseThrow(
                    () ->
                        new MediaException(
                            "taking frames " + piece.keep() + " of " + piece.file(),
                            "the video has only " + frame + " frames",
                            "take fewer frames"))
                .scaledTo(first.size()));
      }
    }
  }
}
