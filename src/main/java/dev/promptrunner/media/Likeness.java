package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_get_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse2;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_clone;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import java.util.OptionalDouble;
import java.util.Set;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/**
 * Likeness of one video's frames to another's by FFmpeg's own filters ssim and psnr. The planes are
 * compared as they are stored where the format allows it. Not for use by several threads.
 */
final class Likeness implements Resources.Closing {
  /** Decibels that stand for identical, where the ratio is infinite; none is higher. */
  static final double IDENTICAL = 100;

  private static final String ATTEMPTED = "comparing a video with its reference";
  private static final String REMEDY = "convert both to 8-bit yuv420p";
  private static final double PEAK = 255.0 * 255.0;

  /** What both filters take as it is; anything else is compared as yuv444p. */
  private static final Set<Integer> DIRECT =
      Set.of(avutil.AV_PIX_FMT_YUV420P, avutil.AV_PIX_FMT_YUV422P, avutil.AV_PIX_FMT_YUV444P);

  private final Resources resources;
  private final FrameAdapter ours;
  private final FrameAdapter theirs;
  private final AVFilterContext ourEnd;
  private final AVFilterContext theirEnd;
  private final AVFilterContext result;
  private final AVFrame compared;
  private int added;
  private int measured;
  private double similarity;
  private double squaredError;

  private Likeness(Resources resources, AVFrame first) throws MediaException {
    Shape own = Shape.of(first);
    boolean direct = DIRECT.contains(first.format());
    Shape shape = direct ? own : yuv444p(own);
    ColourCodes colour = direct ? ColourCodes.of(first) : ColourCodes.BT709;
    this.resources = resources;
    this.ours = resources.add(new FrameAdapter(shape, colour));
    this.theirs = resources.add(new FrameAdapter(shape, colour));
    AVFilterGraph graph = avfilter_graph_alloc();
    resources.add(() -> avfilter_graph_free(graph));
    graph.nb_threads(1);
    configure(graph, shape, colour);
    this.ourEnd = avfilter_graph_get_filter(graph, "buffer@ours");
    this.theirEnd = avfilter_graph_get_filter(graph, "buffer@theirs");
    this.result = avfilter_graph_get_filter(graph, "buffersink@result");
    this.compared = resources.frame(av_frame_alloc());
  }

  /** For frames of the shape of this one. */
  static Likeness open(AVFrame first) throws MediaException {
    return Resources.opening(resources -> new Likeness(resources, first));
  }

  private static Shape yuv444p(Shape own) {
    return new Shape(
        own.width(), own.height(), avutil.AV_PIX_FMT_YUV444P, avutil.AVCOL_SPC_BT709, false);
  }

  private static void configure(AVFilterGraph graph, Shape shape, ColourCodes colour)
      throws MediaException {
    String buffer =
        "video_size=%dx%d:pix_fmt=%d:time_base=1/1:colorspace=%d:range=%d"
            .formatted(
                shape.width(), shape.height(), shape.format(), colour.space(), colour.range());
    String filters =
        "buffer@ours="
            + buffer
            + "[ours];buffer@theirs="
            + buffer
            + ",split[theirs][again];[ours][theirs]ssim[once];[once][again]psnr,buffersink@result";
    try (AVFilterInOut inputs = new AVFilterInOut(null);
        AVFilterInOut outputs = new AVFilterInOut(null)) {
      check(avfilter_graph_parse2(graph, filters, inputs, outputs));
    }
    check(avfilter_graph_config(graph, (Pointer) null));
  }

  void add(AVFrame our, AVFrame their) throws MediaException {
    send(ourEnd, ours.adapt(our));
    send(theirEnd, theirs.adapt(their));
    added++;
    drain();
  }

  /** No frame will follow: those still inside are measured. */
  void end() throws MediaException {
    check(av_buffersrc_add_frame(ourEnd, null));
    check(av_buffersrc_add_frame(theirEnd, null));
    drain();
  }

  private void send(AVFilterContext end, AVFrame frame) throws MediaException {
    AVFrame copy = av_frame_clone(frame);
    try {
      copy.pts(added);
      check(av_buffersrc_add_frame(end, copy));
    } finally {
      av_frame_free(copy);
    }
  }

  private void drain() throws MediaException {
    while (received()) {
      similarity += value("lavfi.ssim.All");
      squaredError += value("lavfi.psnr.mse_avg");
      measured++;
      av_frame_unref(compared);
    }
  }

  private boolean received() throws MediaException {
    int code = av_buffersink_get_frame(result, compared);
    if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
      return false;
    }
    check(code);
    return true;
  }

  private double value(String name) throws MediaException {
    AVDictionaryEntry entry = av_dict_get(compared.metadata(), name, null, 0);
    if (entry == null || entry.isNull()) {
      throw new MediaException(ATTEMPTED, "FFmpeg gave no " + name, REMEDY);
    }
    return Double.parseDouble(entry.value().getString());
  }

  OptionalDouble ssim() {
    return measured == 0 ? OptionalDouble.empty() : OptionalDouble.of(similarity / measured);
  }

  OptionalDouble psnr() {
    return measured == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(decibels(squaredError / measured));
  }

  private static double decibels(double meanSquaredError) {
    return Math.min(IDENTICAL, 10 * Math.log10(PEAK / meanSquaredError));
  }

  private static void check(int code) throws MediaException {
    Ffmpeg.check(code, ATTEMPTED, REMEDY);
  }

  @Override
  public void close() throws MediaException {
    resources.close();
  }
}
