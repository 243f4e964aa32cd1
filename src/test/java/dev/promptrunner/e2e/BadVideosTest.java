package dev.promptrunner.e2e;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BadVideosTest extends CommandLine {
  private static final String STOPPED = "1 problem in the input; nothing was started";
  private static final String UNUSABLE =
      "DIR/prompts/walk.txt:1: the control video cannot be used: ";
  private static final String FOUND = ", found 'DIR/prompts/walk.mp4': ";

  @BeforeEach
  void writePrompt() throws Exception {
    prompt("walk", "walk\n\n4\n\na cat\n\nblurry\n");
  }

  private void video(byte[] content) throws Exception {
    Files.write(prompts().resolve("walk.mp4"), content);
  }

  @Test
  void one_that_is_missing() {
    render()
        .only(
            3,
            "DIR/prompts/walk.txt:1: there is no control video beside the prompt file or in"
                + " DIR/out/.simulator/input, found 'walk': put walk.mp4 (or .mov, .webm, .mkv)"
                + " there, or correct the name",
            STOPPED);
  }

  @Test
  void one_that_is_missing_is_told_by_plan_too() {
    tell("plan", prompts().toString())
        .only(
            3,
            "DIR/prompts/walk.txt:1: there is no control video beside the prompt file, found"
                + " 'walk': put walk.mp4 (or .mov, .webm, .mkv) there, or correct the name",
            "1 problem in 1 file; no prompt file is left to run");
  }

  @Test
  void one_that_is_truncated() throws Exception {
    byte[] whole = Files.readAllBytes(sample());
    video(Arrays.copyOf(whole, whole.length / 2));
    render()
        .only(
            3,
            UNUSABLE
                + "the file is truncated: it ends after %d bytes, its index goes to %d"
                    .formatted(whole.length / 2, whole.length)
                + FOUND
                + "copy or render the file again",
            STOPPED);
  }

  @Test
  void one_that_is_empty() throws Exception {
    video(new byte[0]);
    render()
        .only(
            3,
            UNUSABLE + "the file is empty (0 bytes)" + FOUND + "copy or render the file again",
            STOPPED);
  }

  @Test
  void one_that_is_no_video() throws Exception {
    video("no video".getBytes());
    render()
        .only(
            3,
            UNUSABLE
                + "not a video: Invalid data found when processing input; it begins with the text"
                + " 'no video'"
                + FOUND
                + "give an MP4, MOV, WebM or MKV file",
            STOPPED);
  }

  @Test
  void one_that_holds_sound_only() throws Exception {
    ByteArrayOutputStream sound = new ByteArrayOutputStream();
    AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
    ByteArrayInputStream silence = new ByteArrayInputStream(new byte[16_000]);
    AudioSystem.write(
        new AudioInputStream(silence, format, 8000), AudioFileFormat.Type.WAVE, sound);
    video(sound.toByteArray());
    render()
        .only(
            3,
            UNUSABLE
                + "it holds audio only (pcm_s16le), no pictures"
                + FOUND
                + "give a file with a video track",
            STOPPED);
  }

  @Test
  void one_that_is_too_short_names_the_line_of_the_frames() throws Exception {
    prompt("walk", "\nwalk\n\n\n\n" + (FRAMES + 1) + "\n\na cat\n\nblurry\n");
    video("walk");
    render()
        .only(
            3,
            "DIR/prompts/walk.txt:6: asks for 13 frames, but the control video walk.mp4 has only"
                + " 12; the model would invent the rest, found '13': write 12 or fewer, or run with"
                + " --short-control-video clamp",
            STOPPED);
  }

  @Test
  void one_that_is_too_short_is_clamped_when_told_to() throws Exception {
    prompt("walk", "walk\n\n" + (FRAMES + 1) + "\n\na cat\n\nblurry\n");
    video("walk");
    render("--short-control-video", "clamp")
        .among(
            0,
            "note: DIR/prompts/walk.txt: is shortened to the control video's 12 frames, found '13':"
                + " as short-control-video=clamp asks",
            "done     walk_KEY in TIME, 12 frames");
  }
}
