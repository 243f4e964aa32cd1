package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;

import dev.promptrunner.base.FrameRange;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Carries a {@link JoinPlan} out. Every packet gets new times: frame n is shown at n frames, and
 * packets are decoded one frame apart, so the video's rate is constant whatever its pieces' was.
 * Sound is left out: rendered segments have none, and a cut by frames would not be one of sound.
 * Not for use by several threads.
 */
final class JoinWriter implements AutoCloseable {
  private final JoinPlan plan;
  private final Mp4Muxer muxer;
  private final AVPacket packet = av_packet_alloc();
  private final int delay;
  private long shown;
  private long decoded;

  private JoinWriter(JoinPlan plan, Mp4Muxer muxer, int delay) {
    this.plan = plan;
    this.muxer = muxer;
    this.delay = delay;
  }

  static void write(JoinPlan plan, Path file, Map<String, String> metadata) throws MediaException {
    int encoderDelay = 0;
    if (plan.encoding().isPresent()) {
      try (H264Encoder encoder = H264Encoder.open(plan.encoding().get())) {
        encoderDelay = encoder.delay();
      }
    }
    Mp4Muxer muxer = openMuxer(plan, file, metadata);
    try (JoinWriter writer = new JoinWriter(plan, muxer, plan.delay(encoderDelay))) {
      writer.writeAll();
      muxer.finish();
    }
  }

  private static Mp4Muxer openMuxer(JoinPlan plan, Path file, Map<String, String> metadata)
      throws MediaException {
    try (Source source = Source.open(plan.first().file())) {
      AVCodecParameters parameters = source.parameters();
      plan.sets().ifPresent(sets -> describe(parameters, sets));
      plan.encoding().ifPresent(encoding -> describe(parameters, encoding));
      return Mp4Muxer.open(file, parameters, plan.rate(), metadata);
    }
  }

  private static void describe(AVCodecParameters parameters, ParameterSets sets) {
    parameters.codec_id(avcodec.AV_CODEC_ID_H264);
    Codecs.extradata(parameters, AvcRecord.of(sets));
  }

  private static void describe(AVCodecParameters parameters, EncoderSettings encoding) {
    ColourCodes colour = encoding.colour();
    parameters
        .width(encoding.shape().width())
        .height(encoding.shape().height())
        .format(encoding.shape().format())
        .color_range(colour.range())
        .color_space(colour.space())
        .color_primaries(colour.primaries())
        .color_trc(colour.transfer());
  }

  private void writeAll() throws MediaException {
    for (JoinPlan.Step step : plan.steps()) {
      switch (step.part()) {
        case Part.Copied(FrameRange frames) -> copy(step.input(), frames);
        case Part.Encoded(FrameRange frames) -> encode(step.input(), frames);
      }
      shown += step.part().frames().length();
    }
  }

  private void copy(ScannedVideo input, FrameRange frames) throws MediaException {
    try (Source source = Source.open(input.file())) {
      for (int i = 0; i < frames.end() && source.read(packet); i++) {
        if (i >= frames.start()) {
          avcodec.av_packet_free_side_data(packet);
          write(input.index().shown(i) - frames.start());
        }
      }
    }
  }

  private void encode(ScannedVideo input, FrameRange frames) throws MediaException {
    EncoderSettings settings = plan.encoding().orElseThrow();
    try (FrameCursor cursor = CursorOpening.at(input, frames.start());
        FrameAdapter adapter = new FrameAdapter(settings);
        H264Encoder encoder = H264Encoder.open(settings)) {
      for (int i = 0; i < frames.length(); i++) {
        requireFrame(cursor.next(), input, frames, cursor.position());
        AVFrame frame = adapter.adapt(cursor.frame());
        frame.pts(i);
        encoder.send(frame);
        drain(encoder);
      }
      encoder.sendEnd();
      drain(encoder);
    }
  }

  private void drain(H264Encoder encoder) throws MediaException {
    while (encoder.receive(packet)) {
      byte[] units = Codecs.bytes(packet.data(), packet.size());
      long frame = packet.pts();
      boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
      fill(NalUnits.lengthPrefixed(NalUnits.ofAnnexB(units)));
      packet.flags(key ? avcodec.AV_PKT_FLAG_KEY : 0);
      write(frame);
    }
  }

  private void fill(byte[] bytes) throws MediaException {
    avcodec.av_packet_unref(packet);
    Ffmpeg.check(avcodec.av_new_packet(packet, bytes.length), "joining videos", "free memory");
    packet.data().put(bytes, 0, bytes.length);
  }

  private void write(long frameOfPart) throws MediaException {
    muxer.write(packet, shown + frameOfPart, decoded++ - delay);
  }

  static void requireFrame(boolean there, ScannedVideo input, FrameRange frames, int count)
      throws MediaException {
    if (!there) {
      throw new MediaException(
          "taking frames " + frames + " of " + input.file(),
          "the video has only " + count + " frames",
          "take frames below " + count);
    }
  }

  @Override
  public void close() {
    av_packet_free(packet);
    muxer.close();
  }
}
