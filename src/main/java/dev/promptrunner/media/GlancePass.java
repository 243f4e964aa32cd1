package dev.promptrunner.media;

import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The one walk over a file's frames behind {@link Glance}. */
final class GlancePass {
  private static final String REMEDY = "copy or render the file again";

  private GlancePass() {}

  static Glance over(Path file, Glance.Asked asked) throws MediaException {
    try (Resources resources = new Resources()) {
      FrameSource frames = resources.add(FrameSource.open(file));
      if (!frames.next()) {
        throw new MediaException("reading video " + file, "it holds no frames", REMEDY);
      }
      AVFrame first = frames.frame();
      FrameSize size = new FrameSize(first.width(), first.height());
      Posters posters = resources.add(new Posters(size, frames.expected(), asked.posterSide()));
      Meters meters = resources.add(Meters.open(size, frames.expected(), frames.rate()));
      Optional<Comparison> comparison = comparison(resources, asked.reference(), first);
      int count = 0;
      do {
        AVFrame frame = frames.frame();
        posters.add(count, frame);
        meters.add(count, frame);
        if (comparison.isPresent()) {
          comparison.get().add(frame); // last: it may change the frame's tags
        }
        count++;
      } while (frames.next());
      requireAll(file, count, frames.expected());
      Measures measures = meters.measures(asked.borders(), comparison);
      return new Glance(count, size, frames.rate(), posters.kept(), measures);
    }
  }

  private static Optional<Comparison> comparison(
      Resources resources, Optional<Path> reference, AVFrame first) throws MediaException {
    return reference.isPresent()
        ? Optional.of(resources.add(Comparison.open(reference.get(), first)))
        : Optional.empty();
  }

  private static void requireAll(Path file, int found, int expected) throws MediaException {
    if (found != expected) {
      throw new MediaException(
          "reading video " + file,
          "only %d of the %d frames in it can be decoded".formatted(found, expected)
              + NativeLog.suffix(),
          REMEDY);
    }
  }
}
