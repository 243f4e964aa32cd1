package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadPromptFilesTest extends CommandLine {
  private static final String PARTS =
      "four parts separated by empty lines: video name, number of frames, positive prompt,"
          + " negative prompt";
  private static final String STOPPED = "1 problem in the input; nothing was started";

  @Test
  void a_path_that_is_not_there() {
    tell("run", dir + "/nowhere", "--engine", "simulator", "--output", output().toString())
        .only(
            3,
            "DIR/nowhere: there is no such file or folder: check the path, or give the folder that"
                + " holds the prompt files",
            STOPPED);
  }

  @Test
  void a_folder_without_prompt_files() {
    String nothing =
        "DIR/prompts: the folder holds no prompt file: put a .txt file into it, with " + PARTS;
    render().only(3, nothing, STOPPED);
    tell("plan", prompts().toString())
        .only(3, nothing, "1 problem in 1 file; no prompt file is left to run");
  }

  @Test
  void nobody_waits_for_a_server_when_there_is_nothing_to_send() {
    renderOn("http://127.0.0.1:1", "--comfyui-wait", "24h")
        .among(3, "1 problem in the input; nothing was started");
  }

  @ParameterizedTest
  @CsvSource({"''", "' \n\n\t\n'"})
  void an_empty_file(String text) throws Exception {
    prompt("walk", text);
    render().only(3, "DIR/prompts/walk.txt:1: the prompt file is empty: write " + PARTS, STOPPED);
  }

  @Test
  void a_binary_file() throws Exception {
    prompt("walk", "\u0001\u0000\u0002\u0000\u0000\u0004");
    render()
        .only(
            3,
            "DIR/prompts/walk.txt:1: this is not a text file, found 'NUL bytes': give a prompt"
                + " file: UTF-8 text",
            STOPPED);
  }

  @Test
  void a_file_of_more_than_a_megabyte() throws Exception {
    prompt("walk", "x".repeat(1_000_001));
    render()
        .only(
            3,
            "DIR/prompts/walk.txt: a prompt file is at most 1.0 MB, found '1000001 bytes': give the"
                + " text file with the prompt, not the video",
            STOPPED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ISO-8859-1|5|byte 0xE4|save the file as UTF-8, or convert it: iconv -f GB18030 -t UTF-8"
            + " (Chinese) or iconv -f WINDOWS-1252 -t UTF-8 (Western)",
        "UTF-16|1|UTF-16|save the file as UTF-8 (in Notepad: Save as, Encoding, UTF-8), or convert"
            + " it: iconv -f UTF-16 -t UTF-8"
      })
  void a_file_in_another_encoding(String charset, int line, String found, String remedy)
      throws Exception {
    byte[] text = "walk\n\n4\n\nein Mädchen\n\nno\n".getBytes(Charset.forName(charset));
    Files.write(prompts().resolve("walk.txt"), text);
    render()
        .only(
            3,
            "DIR/prompts/walk.txt:%d: the text is not UTF-8, found '%s': %s"
                .formatted(line, found, remedy),
            STOPPED);
  }

  @Test
  void three_parts() throws Exception {
    prompt("walk", "walk\n\n4\n\na cat\n");
    render()
        .only(
            3,
            "DIR/prompts/walk.txt:5: a prompt file has "
                + PARTS
                + ", found '3 parts': add what is missing; to have no negative prompt write - as"
                + " the last part",
            STOPPED);
  }

  @ParameterizedTest
  @CsvSource({"abc", "0", "-5", "1e9"})
  void a_number_of_frames_that_is_none(String frames) throws Exception {
    prompt("walk", "walk\n\n" + frames + "\n\na cat\n\nblurry\n");
    render()
        .only(
            3,
            "DIR/prompts/walk.txt:3: the number of frames must be a whole number from 1 to 1000000,"
                + " found '"
                + frames
                + "': write plain digits, such as 500",
            STOPPED);
  }

  @Test
  void a_video_name_that_leads_elsewhere() throws Exception {
    prompt("walk", "../../etc/passwd\n\n4\n\na cat\n\nblurry\n");
    render()
        .only(
            3,
            "DIR/prompts/walk.txt:1: the video name is a path, found '../../etc/passwd': write"
                + " passwd and put the video beside the prompt file",
            STOPPED);
  }

  @Test
  void a_bad_file_among_good_ones_is_left_out_and_the_others_run() throws Exception {
    prompt("bad", "../x\n\nmany\n\na cat\n");
    good("one");
    good("two");
    Told told = render();
    told.among(
        1,
        "DIR/prompts/bad.txt:1: the video name is a path, found '../x': write x and put the video"
            + " beside the prompt file",
        "DIR/prompts/bad.txt:3: the number of frames must be a whole number from 1 to 1000000,"
            + " found 'many': write plain digits, such as 500",
        "3 problems in 1 file; the other 2 prompt files run",
        "run RUN: finished in TIME, 2 done, 0 not done, exit code 1",
        "left out for its problems, told at the start: DIR/prompts/bad.txt",
        "2 of 2 prompt files done in TIME.",
        "To go on, give the same command again: what is done is kept and not done twice.");
    assertThat(output().resolve("final/one_final.mp4")).isNotEmptyFile();
    assertThat(output().resolve("final/two_final.mp4")).isNotEmptyFile();
    assertThat(output().resolve("logs/prompt-runner.log"))
        .content(StandardCharsets.UTF_8)
        .contains("exit code 1");
  }
}
