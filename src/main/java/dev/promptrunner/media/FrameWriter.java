package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Writes pictures as a video: H.264 in MP4 with BT.709 colours in TV range, tagged as such.
 *
 * <p>{@link #finish()} completes the file and gives it its name; {@link #close()} without it, as on
 * the way out of an exception, leaves nothing behind:
 *
 * <pre>{@code
 * try (FrameWriter writer = FrameWriter.create(file, size, rate, Encoding.standard())) {
 *   writer.write(picture);
 *   writer.finish();
 * }
 * }</pre>
 *
 * <p>yuv420p needs even sides: an odd one gets its last row or column twice, so the video is one
 * pixel larger. Not for use by several threads.
 */
public final class FrameWriter implements AutoCloseable {
  private final Resources resources;
  private final PartFile part;
  private final FrameSize size;
  private final H264Encoder encoder;
  private final Mp4Muxer muxer;
  private final Scaler scaler;
  private final AVFrame rgb;
  private final AVFrame yuv;
  private final AVPacket packet;
  private int frames;
  private int packets;
  private boolean failed;

  private FrameWriter(
      Resources resources,
      PartFile part,
      FrameSize size,
      EncoderSettings settings,
      Map<String, String> metadata)
      throws MediaException {
    Shape shape = settings.shape();
    this.resources = resources;
    this.part = resources.add(part);
    this.size = size;
    this.encoder = resources.add(H264Encoder.open(settings));
    this.muxer = resources.add(open(part.path(), encoder, settings.rate(), metadata));
    this.scaler = resources.add(new Scaler(Shape.rgb24(shape.width(), shape.height()), shape));
    this.rgb = resources.frame(Frames.allocate(scaler.from()));
    this.yuv = resources.frame(Frames.allocate(shape));
    this.packet = resources.packet(av_packet_alloc());
    settings.colour().applyTo(yuv);
  }

  /**
   * Opens the encoder; nothing of the target is seen yet.
   *
   * @param target the file to be; replaced when it exists, not touched before {@link #finish()}
   * @param size of every picture that is written
   */
  public static FrameWriter create(Path target, FrameSize size, FrameRate rate, Encoding encoding)
      throws MediaException {
    boolean even = encoding.pixelFormat().equals("yuv420p");
    Shape shape =
        new Shape(
            even ? size.width() + size.width() % 2 : size.width(),
            even ? size.height() + size.height() % 2 : size.height(),
            avutil.av_get_pix_fmt(encoding.pixelFormat()),
            avutil.AVCOL_SPC_BT709,
            false);
    EncoderSettings settings =
        new EncoderSettings(shape, ColourCodes.BT709, rate, encoding.crf(), encoding.preset(), "");
    return create(target, size, settings, encoding.metadata());
  }

  static FrameWriter create(
      Path target, FrameSize size, EncoderSettings settings, Map<String, String> metadata)
      throws MediaException {
    return Resources.opening(
        resources -> new FrameWriter(resources, PartFile.of(target), size, settings, metadata));
  }

  /** Adds the next frame. */
  public void write(Picture picture) throws MediaException {
    if (!picture.size().equals(size)) {
      throw new MediaException(
          "writing frame " + frames + " of " + part.target(),
          "the picture is " + picture.size() + ", the video " + size,
          "scale the picture first");
    }
    failed = true; // until the opposite is shown: half a frame must not be finished
    Frames.fill(rgb, picture);
    Ffmpeg.check(av_frame_make_writable(yuv), "writing " + part.target(), "free memory");
    scaler.scale(rgb, yuv);
    yuv.pts(frames++);
    encoder.send(yuv);
    drain();
    failed = false;
  }

  /** Frames written so far. */
  public int frames() {
    return frames;
  }

  /** Completes the file under its name. */
  public void finish() throws MediaException {
    if (failed || frames == 0) {
      throw new MediaException(
          "finishing " + part.target(),
          failed ? "an earlier frame failed" : "no frame was written",
          "write at least one frame, and stop at the first failure");
    }
    encoder.sendEnd();
    drain();
    muxer.finish();
    part.publish();
  }

  private void drain() throws MediaException {
    while (encoder.receive(packet)) {
      muxer.write(packet, packet.pts(), packets++ - (long) encoder.delay());
    }
  }

  private static Mp4Muxer open(
      Path file, H264Encoder encoder, FrameRate rate, Map<String, String> metadata)
      throws MediaException {
    AVCodecParameters parameters = avcodec_parameters_alloc();
    try {
      Ffmpeg.check(
          avcodec_parameters_from_context(parameters, encoder.context()),
          "writing " + file,
          "free memory");
      return Mp4Muxer.open(file, parameters, rate, metadata);
    } finally {
      avcodec_parameters_free(parameters);
    }
  }

  @Override
  public void close() throws MediaException {
    resources.close();
  }
}
