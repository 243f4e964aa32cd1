package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoProbeTest {
  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static AbstractThrowableAssert<?, ?> refusal(Path file) {
    return assertThatThrownBy(() -> VideoProbe.probe(file)).isInstanceOf(MediaException.class);
  }

  private Path cut(Path video, String name, double share) throws Exception {
    byte[] bytes = Files.readAllBytes(video);
    return Files.write(file(name), Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  @Test
  void a_missing_file_is_told() {
    refusal(file("none.mp4"))
        .hasMessage(
            "reading video "
                + file("none.mp4")
                + ": there is no such file — check the path, or put the video there");
  }

  @Test
  void a_folder_is_told() {
    refusal(folder).hasMessageContaining("it is not a file that can be read");
  }

  @Test
  void an_empty_file_is_told() throws Exception {
    Path empty = Files.createFile(file("empty.mp4"));
    refusal(empty)
        .hasMessage(
            "reading video "
                + empty
                + ": the file is empty (0 bytes) — copy or render the file again");
  }

  @Test
  void a_text_file_is_told_with_its_beginning() throws Exception {
    for (String name : new String[] {"text.mp4", "text.txt"}) {
      Path text = Files.writeString(file(name), "A cat walks over hills.\n".repeat(100));
      refusal(text)
          .hasMessageContaining("reading video " + text + ": not a video: ")
          .hasMessageContaining("it begins with the text 'A cat walks over'")
          .hasMessageEndingWith("give an MP4, MOV, WebM or MKV file");
    }
  }

  @Test
  void bytes_of_no_meaning_are_told() throws Exception {
    Path noise = Files.write(file("noise.mp4"), new byte[] {1, 2, 3, (byte) 0xff, 5, 6, 7, 8});
    refusal(noise)
        .hasMessageContaining("not a video")
        .hasMessageContaining("it begins with the bytes 01 02 03 ff 05 06 07 08");
  }

  @Test
  void a_file_whose_end_with_the_index_is_missing_is_told() throws Exception {
    Path whole = OtherFormats.withIndexLast(Clips.plain(file("clip.mp4"), 0, 40), file("last.mp4"));
    assertThat(VideoProbe.probe(whole).frames()).isEqualTo(40);
    Path half = cut(whole, "half.mp4", 0.5);
    refusal(half)
        .hasMessageContaining("the file is truncated: after " + Files.size(half) + " bytes")
        .hasMessageContaining("its index (moov), written last, is missing")
        .hasMessageEndingWith("copy or render the file again");
  }

  @Test
  void a_file_whose_end_is_missing_behind_the_index_is_told() throws Exception {
    Path clip = Clips.plain(file("clip.mp4"), 0, 40);
    Path half = cut(clip, "half.mp4", 0.9);
    refusal(half)
        .hasMessageContaining("the file is truncated: it ends after " + Files.size(half) + " bytes")
        .hasMessageContaining("its index goes to " + Files.size(clip));
  }

  @Test
  void a_truncated_matroska_file_is_told() throws Exception {
    Path whole = OtherFormats.matroska(Clips.plain(file("clip.mp4"), 0, 40), file("clip.mkv"));
    assertThat(VideoProbe.probe(whole).frames()).isEqualTo(40);
    assertThat(VideoProbe.probe(whole).rate()).isEqualTo(Clips.RATE);
    refusal(cut(whole, "half.mkv", 0.6)).hasMessageContaining("the file is truncated");
  }

  @Test
  void sound_without_pictures_is_told() throws Exception {
    Path sound = Files.write(file("sound.mp4"), OtherFormats.wav(8000));
    refusal(sound)
        .hasMessage(
            "reading video "
                + sound
                + ": it holds audio only (pcm_s16le), no pictures — give a file with a video"
                + " track");
  }

  @Test
  void sound_beside_pictures_is_seen_and_does_not_change_the_count() throws Exception {
    Path clip = Clips.plain(file("clip.mp4"), 0, 33);
    Path both = OtherFormats.withSound(clip, file("both.mov"));
    assertThat(VideoProbe.probe(clip).audio()).isFalse();
    assertThat(VideoProbe.probe(both).audio()).isTrue();
    assertThat(VideoProbe.probe(both).frames()).isEqualTo(33);
  }

  @Test
  void other_codecs_are_counted_too() throws Exception {
    for (String encoder : new String[] {"mpeg4", "mjpeg", "libvpx-vp9", "ffv1"}) {
      Path clip = OtherFormats.encoded(file(encoder + ".mkv"), encoder, 0, 21);
      assertThat(VideoProbe.probe(clip).frames()).as(encoder).isEqualTo(21);
      Verification.verify(clip, 21);
    }
  }

  @Test
  void a_name_with_a_colon_is_only_a_name() throws Exception {
    Path clip = Clips.plain(file("concat:a|b %d.mp4"), 0, 3);
    assertThat(VideoProbe.probe(clip).frames()).isEqualTo(3);
  }

  @Test
  void the_failure_for_the_policy_has_the_same_parts() {
    assertThatThrownBy(() -> VideoProbe.probe(file("none.mp4")))
        .isInstanceOfSatisfying(
            MediaException.class,
            e ->
                assertThat(e.asFailure())
                    .isEqualTo(
                        new Failure.BadOutput(
                            "reading video " + file("none.mp4"),
                            "there is no such file",
                            "check the path, or put the video there")));
  }
}
