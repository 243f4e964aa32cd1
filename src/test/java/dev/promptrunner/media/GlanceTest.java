package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlanceTest {
  @TempDir Path folder;

  private Path clip(int frames) throws MediaException {
    return Clips.plain(folder.resolve("clip.mp4"), 0, frames);
  }

  private static Glance usual(Path file) throws MediaException {
    return Glance.of(file, Glance.Asked.usual());
  }

  private List<Integer> numbers(Glance glance) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    for (byte[] poster : glance.posters()) {
      Path file = Files.write(folder.resolve("poster.jpg"), poster);
      numbers.add(TestPattern.readNumber(Png.read(file)).orElse(-1));
    }
    return numbers;
  }

  @Test
  void a_video_is_counted_and_shown_at_three_moments() throws Exception {
    Glance glance = usual(clip(81));
    assertThat(glance.frames()).isEqualTo(81);
    assertThat(glance.size()).isEqualTo(Clips.SIZE);
    assertThat(glance.rate()).contains(Clips.RATE);
    assertThat(numbers(glance)).containsExactly(13, 40, 67);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0 1", "3, 0 1 2", "4, 0 2 3", "6, 1 3 5"})
  void a_short_video_shows_no_frame_twice(int frames, String moments) throws Exception {
    assertThat(numbers(usual(clip(frames))))
        .containsExactlyElementsOf(Stream.of(moments.split(" ")).map(Integer::valueOf).toList());
  }

  @Test
  void posters_are_scaled_to_the_longest_side_asked_for() throws Exception {
    Path tall = folder.resolve("tall.mp4");
    TestPattern.write(tall, new FrameSize(240, 416), FrameRate.of(16), 3);
    for (byte[] poster : usual(tall).posters()) {
      var image = ImageIO.read(new ByteArrayInputStream(poster));
      assertThat(image.getHeight()).isEqualTo(320);
      assertThat(image.getWidth()).isEqualTo(185);
    }
    Glance small = Glance.of(tall, new Glance.Asked(64, List.of(), Optional.empty()));
    var image = ImageIO.read(new ByteArrayInputStream(small.posters().getFirst()));
    assertThat(image.getHeight()).isEqualTo(64);
  }

  @Test
  void a_still_picture_is_a_video_of_one_frame() throws Exception {
    Path png = folder.resolve("still.png");
    Picture picture = TestPattern.picture(Films.SIZE, 5);
    Png.write(png, picture);
    Path jpeg = Files.write(folder.resolve("still.jpg"), Jpeg.encode(picture, 320));
    for (Path still : List.of(png, jpeg)) {
      Glance glance = usual(still);
      assertThat(glance.frames()).isOne();
      assertThat(glance.rate()).isEmpty();
      assertThat(glance.size()).isEqualTo(Films.SIZE);
      assertThat(numbers(glance)).containsExactly(5);
      assertThat(glance.measures().asMap()).containsOnlyKeys("sharpness", "black");
      assertThat(glance.measures().sharpness()).isGreaterThan(10);
    }
  }

  @Test
  void a_picture_is_as_sharp_as_a_video_of_it() throws Exception {
    Path png = folder.resolve("still.png");
    Png.write(png, Films.scene(5));
    double video =
        usual(Films.of(folder.resolve("video.mp4"), 2, _ -> Films.scene(5))).measures().sharpness();
    assertThat(usual(png).measures().sharpness()).isBetween(video * 0.9, video * 1.1);
  }

  @Test
  void one_and_two_frames_have_the_measures_that_make_sense() throws Exception {
    assertThat(usual(clip(1)).measures().asMap()).containsOnlyKeys("sharpness", "black");
    assertThat(usual(clip(2)).measures().asMap())
        .containsOnlyKeys("sharpness", "motion", "colour_drift", "black", "frozen");
  }

  @ParameterizedTest
  @CsvSource({
    "yuv444p, 67x33",
    "yuv420p, 130x98",
    "yuv420p, 2x2",
    "yuv444p, 1x1",
    "yuv444p, 1024x3"
  })
  void any_size_and_layout_is_measured(String layout, String size) throws Exception {
    Path video = folder.resolve("odd.mp4");
    FrameSize frame = FrameSize.parse(size).orElseThrow();
    Encoding encoding = new Encoding(15, "fast", layout, Map.of());
    TestPattern.write(video, frame, FrameRate.of(16), 0, 5, encoding);
    Glance glance = Glance.of(video, new Glance.Asked(320, List.of(2), Optional.of(video)));
    assertThat(glance.size()).isEqualTo(frame);
    assertThat(glance.measures().asMap()).hasSize(9);
    assertThat(glance.measures().asMap().values()).allSatisfy(v -> assertThat(v).isFinite());
    assertThat(glance.measures().psnr()).hasValue(100);
  }

  @Test
  void other_codecs_and_containers_are_measured() throws Exception {
    for (String encoder : List.of("libvpx-vp9", "mjpeg", "ffv1", "mpeg4")) {
      Path video = OtherFormats.encoded(folder.resolve(encoder + ".mkv"), encoder, 0, 12);
      Glance glance = Glance.of(video, new Glance.Asked(320, List.of(), Optional.of(video)));
      assertThat(glance.frames()).as(encoder).isEqualTo(12);
      assertThat(glance.measures().ssim()).as(encoder).hasValue(1);
      assertThat(numbers(glance)).as(encoder).containsExactly(2, 6, 10);
    }
  }

  @Test
  void a_variable_rate_changes_nothing_but_the_rate() throws Exception {
    Path steady = Clips.x264(folder.resolve("steady.mp4"), 0, 10, "bframes=0");
    Path varying = OtherFormats.slowingDown(steady, folder.resolve("varying.mkv"));
    Glance glance = usual(varying);
    assertThat(glance.frames()).isEqualTo(10);
    assertThat(numbers(glance)).containsExactly(1, 5, 8);
    assertThat(glance.measures().motion()).isEqualTo(usual(steady).measures().motion());
  }

  @Test
  void the_same_file_gives_the_same_values_each_time_and_on_every_thread() throws Exception {
    Path video = clip(20);
    Glance.Asked asked = new Glance.Asked(320, List.of(10), Optional.of(video));
    Glance first = Glance.of(video, asked);
    List<Callable<Glance>> again =
        IntStream.range(0, 8)
            .<Callable<Glance>>mapToObj(_ -> () -> Glance.of(video, asked))
            .toList();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var done : threads.invokeAll(again)) {
        assertThat(done.get().measures()).isEqualTo(first.measures());
        assertThat(done.get().posters()).containsExactlyElementsOf(first.posters());
      }
    }
  }

  @Test
  void a_truncated_file_is_told_as_such() throws Exception {
    Path cut = folder.resolve("cut.mp4");
    Files.write(cut, Films.half(Files.readAllBytes(clip(40))));
    assertThatThrownBy(() -> usual(cut))
        .isInstanceOf(MediaException.class)
        .hasMessageStartingWith("reading video " + cut + ": the file is truncated: it ends after ")
        .hasMessageEndingWith(" — copy or render the file again");
    Path mkv = OtherFormats.matroska(clip(40), folder.resolve("whole.mkv"));
    Path cutMkv = folder.resolve("cut.mkv");
    Files.write(cutMkv, Films.half(Files.readAllBytes(mkv)));
    assertThatThrownBy(() -> usual(cutMkv))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("the file is truncated after frame ");
  }

  @Test
  void what_is_no_video_is_told_whichever_file_it_is() throws Exception {
    Path text = Files.writeString(folder.resolve("text.mp4"), "nothing to see here, move along");
    Path none = folder.resolve("none.mp4");
    assertThatThrownBy(() -> usual(text))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("not a video")
        .hasMessageEndingWith(" — give an MP4, MOV, WebM or MKV file");
    assertThatThrownBy(() -> usual(none))
        .hasMessage(
            "reading video "
                + none
                + ": there is no such file — check the path, or put the video there");
    Glance.Asked asked = new Glance.Asked(320, List.of(), Optional.of(none));
    Path video = clip(3);
    assertThatThrownBy(() -> Glance.of(video, asked)).hasMessageContaining(none.toString());
    assertThatThrownBy(() -> usual(folder)).isInstanceOf(MediaException.class);
  }

  @Test
  void what_cannot_be_asked_for_is_refused() {
    assertThatThrownBy(() -> new Glance.Asked(0, List.of(), Optional.empty()))
        .hasMessage("not a side in pixels: 0");
    assertThatThrownBy(() -> new Glance.Asked(320, List.of(5, 0), Optional.empty()))
        .hasMessage("a chunk's border is a frame from 1 on: [5, 0]");
  }
}
