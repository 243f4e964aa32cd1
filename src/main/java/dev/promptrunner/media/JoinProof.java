package dev.promptrunner.media;

import java.nio.file.Path;

/** The proof that a joined video is what its plan says, before it gets its name. */
final class JoinProof {
  private JoinProof() {}

  /** Counts all frames; decodes what is new and checks that each frame comes at its own time. */
  static void check(JoinPlan plan, PartFile part) throws MediaException {
    Path file = part.path();
    ScannedVideo joined = ScannedVideo.read(file);
    Verification.requireFrames(part.target(), plan.frames(), joined.index().size());
    try (FrameCursor cursor = CursorOpening.at(joined, plan.verifyFrom())) {
      while (cursor.next()) {
        requireTime(cursor, joined, part.target());
      }
      Verification.requireFrames(part.target(), plan.frames(), cursor.position());
    }
  }

  private static void requireTime(FrameCursor cursor, ScannedVideo joined, Path target)
      throws MediaException {
    int frame = cursor.position() - 1;
    boolean late = frame >= joined.index().size();
    if (late || cursor.frame().pts() != joined.index().time(frame)) {
      throw new MediaException(
          "verifying video " + target,
          "frame " + frame + " is shown at another time than its packet says",
          "render the pieces again");
    }
  }
}
