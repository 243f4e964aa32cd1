package dev.promptrunner.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Keeps the frames at a sixth, a half and five sixths of a video as JPEG pictures. */
final class Posters implements Resources.Closing {
  private final int longestSide;
  private final Set<Integer> moments;
  private final RgbConverter converter = new RgbConverter();
  private final List<byte[]> kept = new ArrayList<>();

  Posters(int frames, int longestSide) {
    this.longestSide = longestSide;
    this.moments = moments(frames);
  }

  /** The frames to keep: each is the middle of a third, so none is at an end of a long video. */
  static Set<Integer> moments(int frames) {
    Set<Integer> moments = new TreeSet<>();
    for (int sixth = 1; sixth < 6; sixth += 2) {
      moments.add((int) ((long) frames * sixth / 6));
    }
    return moments;
  }

  void add(int number, AVFrame frame) throws MediaException {
    if (moments.contains(number)) {
      kept.add(Jpeg.encode(converter.picture(frame), longestSide));
    }
  }

  List<byte[]> kept() {
    return kept;
  }

  @Override
  public void close() {
    converter.close();
  }
}
