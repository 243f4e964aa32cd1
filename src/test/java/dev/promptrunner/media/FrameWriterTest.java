package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameWriterTest {
  @TempDir Path folder;

  private Path write(Picture picture, Encoding encoding) throws MediaException {
    Path video = folder.resolve("v.mp4");
    try (FrameWriter writer =
        FrameWriter.create(video, picture.size(), FrameRate.of(16), encoding)) {
      writer.write(picture);
      writer.finish();
    }
    return video;
  }

  /** Every colour at 16 steps a channel, in patches of 4x4 so that 4:2:0 can hold them. */
  private static Picture colours() {
    byte[] rgb = new byte[256 * 256 * 3];
    for (int y = 0; y < 256; y++) {
      for (int x = 0; x < 256; x++) {
        int patch = (y / 4) * 64 + x / 4;
        int i = (y * 256 + x) * 3;
        rgb[i] = (byte) ((patch & 15) * 17);
        rgb[i + 1] = (byte) ((patch >> 4 & 15) * 17);
        rgb[i + 2] = (byte) ((patch >> 8 & 15) * 17);
      }
    }
    return new Picture(256, 256, rgb);
  }

  @Test
  void colours_come_back_closely_in_full_chroma() throws Exception {
    Picture colours = colours();
    Path video = write(colours, new Encoding(0, "medium", "yuv444p", Map.of()));
    Picture back = Clips.pictures(video).getFirst();
    int worst = 0;
    for (int i = 0; i < back.rgb().length; i++) {
      worst = Math.max(worst, Math.abs((back.rgb()[i] & 0xff) - (colours.rgb()[i] & 0xff)));
    }
    assertThat(worst).isLessThanOrEqualTo(3);
    assertThat(Clips.psnr(back, colours)).isGreaterThan(48);
    assertThat(VideoProbe.probe(video).pixelFormat()).isEqualTo("yuv444p");
    assertThat(VideoProbe.probe(video).colour()).isEqualTo(Colour.BT709);
  }

  @Test
  void a_plain_colour_comes_back_the_same_after_ten_generations() throws Exception {
    Picture picture = new Picture(64, 64, patch(64 * 64, 200, 60, 30));
    for (int generation = 0; generation < 10; generation++) {
      picture = Clips.pictures(write(picture, Encoding.standard().withCrf(10))).getFirst();
    }
    int middle = (32 * 64 + 32) * 3;
    assertThat(picture.rgb()[middle] & 0xff).isBetween(196, 204);
    assertThat(picture.rgb()[middle + 1] & 0xff).isBetween(56, 64);
    assertThat(picture.rgb()[middle + 2] & 0xff).isBetween(26, 34);
  }

  private static byte[] patch(int pixels, int red, int green, int blue) {
    byte[] rgb = new byte[pixels * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) red;
      rgb[i + 1] = (byte) green;
      rgb[i + 2] = (byte) blue;
    }
    return rgb;
  }

  @ParameterizedTest
  @CsvSource({"yuv420p,161,97,162,98", "yuv420p,160,97,160,98", "yuv444p,161,97,161,97"})
  void odd_sides_get_their_last_pixel_twice_where_chroma_is_halved(
      String format, int width, int height, int codedWidth, int codedHeight) throws Exception {
    Picture picture = TestPattern.picture(new FrameSize(width, height), 1234);
    Path video = write(picture, new Encoding(12, "fast", format, Map.of()));
    assertThat(VideoProbe.probe(video).size()).isEqualTo(new FrameSize(codedWidth, codedHeight));
    assertThat(TestPattern.readNumber(Clips.pictures(video).getFirst())).hasValue(1234);
  }

  @Test
  void closing_without_finishing_leaves_nothing() throws Exception {
    Path video = folder.resolve("v.mp4");
    try (FrameWriter writer =
        FrameWriter.create(video, Clips.SIZE, Clips.RATE, Encoding.standard())) {
      writer.write(TestPattern.picture(Clips.SIZE, 0));
      assertThat(video).doesNotExist();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void an_older_video_stays_until_the_new_one_is_finished() throws Exception {
    Path video = Clips.plain(folder.resolve("v.mp4"), 0, 3);
    try (FrameWriter writer =
        FrameWriter.create(video, Clips.SIZE, Clips.RATE, Encoding.standard())) {
      writer.write(TestPattern.picture(Clips.SIZE, 9));
      assertThat(Clips.numbers(video)).containsExactly(0, 1, 2);
      writer.finish();
    }
    assertThat(Clips.numbers(video)).containsExactly(9);
  }

  @Test
  void a_picture_of_another_size_is_refused() throws Exception {
    Path video = folder.resolve("v.mp4");
    try (FrameWriter writer =
        FrameWriter.create(video, Clips.SIZE, Clips.RATE, Encoding.standard())) {
      assertThatThrownBy(() -> writer.write(TestPattern.picture(new FrameSize(64, 64), 0)))
          .isInstanceOf(MediaException.class)
          .hasMessage(
              "writing frame 0 of %s: the picture is 64x64, the video 160x96 — scale the picture first"
                  .formatted(video));
      assertThatThrownBy(writer::finish).hasMessageContaining("no frame was written");
    }
    assertThat(video).doesNotExist();
  }

  @Test
  void a_folder_that_cannot_be_made_is_told() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Path video = file.resolve("v.mp4");
    assertThatThrownBy(() -> FrameWriter.create(video, Clips.SIZE, Clips.RATE, Encoding.standard()))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("writing " + video + ": its folder cannot be made")
        .hasMessageEndingWith("check the folder's rights and the free space");
  }

  @Test
  void fractional_rates_stay_exact() throws Exception {
    for (FrameRate rate : List.of(new FrameRate(30000, 1001), new FrameRate(25, 2))) {
      Path video = folder.resolve("v.mp4");
      TestPattern.write(video, Clips.SIZE, rate, 50);
      assertThat(VideoProbe.probe(video).rate()).isEqualTo(rate);
      assertThat(VideoProbe.probe(video).frames()).isEqualTo(50);
    }
  }

  @Test
  void nonsense_encodings_are_refused() {
    assertThatThrownBy(() -> Encoding.standard().withCrf(52)).hasMessageContaining("crf 52");
    assertThatThrownBy(() -> Encoding.standard().withPreset("warp"))
        .hasMessageContaining("preset 'warp'");
    assertThatThrownBy(() -> new Encoding(19, "fast", "rgb24", Map.of()))
        .hasMessageContaining("pixel format 'rgb24'");
  }

  @Test
  void without_libx264_the_free_encoder_is_taken() throws Exception {
    Shape shape = new Shape(160, 96, avutil.AV_PIX_FMT_YUV420P, avutil.AVCOL_SPC_BT709, false);
    EncoderSettings settings =
        new EncoderSettings(shape, ColourCodes.BT709, Clips.RATE, 23, "fast", "");
    try (H264Encoder encoder = H264Encoder.open(settings, List.of("absent", "libopenh264"))) {
      AVFrame frame = Frames.allocate(shape);
      frame.pts(0);
      encoder.send(frame);
      encoder.sendEnd();
      assertThat(ParameterSets.ofAnnexB(encoder.header()).isSingle()).isTrue();
      avutil.av_frame_free(frame);
    }
    assertThatThrownBy(() -> H264Encoder.open(settings, List.of("absent")))
        .hasMessageContaining("this build of FFmpeg has none of [absent]")
        .hasMessageContaining("use the GPL build");
  }
}
