package dev.promptrunner.media;

import dev.promptrunner.media.JoinPlanner.CopyPolicy;
import dev.promptrunner.media.JoinPlanner.Cut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins pieces of videos into one MP4, losing nothing that need not be lost: packets are copied
 * wherever that is exact, and only what a trim cuts open, or what has another size, codec or colour
 * than the first piece, is encoded again. The first piece decides size, colours and rate; sound is
 * left out, because rendered segments have none.
 *
 * <p>The joined video is proven before it gets its name: its frames are counted, and what is new is
 * decoded. A first piece that goes over whole counts as proven, so joining {@code [combined so far,
 * next segment]} again and again costs a copy each time. Safe for use by many threads.
 */
public final class VideoJoiner {
  private VideoJoiner() {}

  /**
   * Writes the pieces' frames one after the other; the target is whole or absent.
   *
   * @throws MediaException when a piece cannot be read or has fewer frames than are to be kept
   */
  public static void join(List<Piece> pieces, Path target) throws MediaException {
    join(pieces, target, Map.of());
  }

  /** The same, with tags for the file such as {@code comment}. */
  public static void join(List<Piece> pieces, Path target, Map<String, String> metadata)
      throws MediaException {
    if (pieces.isEmpty()) {
      throw new MediaException("joining " + target, "there are no pieces", "give at least one");
    }
    List<Cut> cuts = cuts(pieces);
    try (PartFile part = PartFile.of(target)) {
      join(cuts, CopyPolicy.SMART, part, metadata);
      part.publish();
    }
  }

  /** Falls back to copying less when the proof of the result fails. */
  static void join(List<Cut> cuts, CopyPolicy policy, PartFile part, Map<String, String> metadata)
      throws MediaException {
    JoinPlan plan = JoinPlanner.plan(cuts, policy);
    JoinWriter.write(plan, part.path(), metadata);
    try {
      JoinProof.check(plan, part);
    } catch (MediaException e) {
      if (!plan.copiesAnything()) {
        throw e;
      }
      boolean smart = policy == CopyPolicy.SMART && cuts.stream().anyMatch(cut -> !cut.isWhole());
      join(cuts, smart ? CopyPolicy.WHOLE_PIECES : CopyPolicy.NOTHING, part, metadata);
    }
  }

  private static List<Cut> cuts(List<Piece> pieces) throws MediaException {
    Map<Path, ScannedVideo> inputs = new LinkedHashMap<>();
    List<Cut> cuts = new ArrayList<>();
    for (Piece piece : pieces) {
      ScannedVideo input = inputs.get(piece.file());
      if (input == null) {
        input = ScannedVideo.read(piece.file());
        inputs.put(piece.file(), input);
      }
      boolean enough = !input.isExact() || piece.keep().end() <= input.index().size();
      JoinWriter.requireFrame(enough, input, piece.keep(), input.index().size());
      cuts.add(new Cut(input, piece.keep()));
    }
    return cuts;
  }
}
