package dev.promptrunner.media;

import dev.promptrunner.base.FrameSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Keeps the frames at a sixth, a half and five sixths of a video as JPEG pictures. */
final class Posters implements Resources.Closing {
  private final int longestSide;
  private final Set<Integer> moments;
  private final SmallFrames small;
  private final List<byte[]> kept = new ArrayList<>();

  /**
   * For one video.
   *
   * @param frames how many it has
   */
  Posters(FrameSize size, int frames, int longestSide) throws MediaException {
    this.small = new SmallFrames(size, longestSide);
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
      kept.add(Jpeg.encode(small.reduce(frame), longestSide));
    }
  }

  List<byte[]> kept() {
    return kept;
  }

  @Override
  public void close() {
    small.close();
  }
}
