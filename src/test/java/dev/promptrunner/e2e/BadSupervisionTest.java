package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that cannot be started from here, and what is said of them. */
class BadSupervisionTest extends CommandLine {
  private static final String STOPPED = "1 problem in the settings; nothing was started";

  /** Taken by no program, and not to be had without being root. */
  private static final String NOBODY = "http://127.0.0.1:1";

  @BeforeEach
  void writePrompt() throws Exception {
    environment.put("PATH", System.getenv("PATH"));
    environment.put("PROMPT_RUNNER_COMFYUI_URL", NOBODY);
    environment.put("PROMPT_RUNNER_OUTPUT", output().toString());
    good("walk");
  }

  @Test
  void one_on_another_machine() {
    environment.put("PROMPT_RUNNER_COMFYUI_COMMAND", "true");
    renderOn("http://10.0.0.7:8188")
        .only(
            2,
            "comfyui.url: a server there cannot be started from here, found '10.0.0.7:8188': write"
                + " http://127.0.0.1:PORT, or take comfyui.command and comfyui.folder away",
            STOPPED);
  }

  @Test
  void a_folder_without_comfyui() throws Exception {
    Files.createDirectories(dir.resolve("empty"));
    environment.put("PROMPT_RUNNER_COMFYUI_FOLDER", dir.resolve("empty").toString());
    tell("comfyui", "start")
        .only(
            2,
            "comfyui.folder: ComfyUI's main.py is not in it, found 'DIR/empty': give the folder"
                + " that has main.py",
            STOPPED);
  }

  @Test
  void nothing_that_says_how_it_is_started() {
    tell("comfyui", "start")
        .only(
            2,
            "comfyui.command: nothing says how ComfyUI is started: set comfyui.folder to where it"
                + " is installed, or comfyui.command",
            STOPPED);
  }

  @Test
  void one_that_does_not_run_is_shown_and_stopped_as_such() {
    assertThat(tell("comfyui", "status"))
        .isEqualTo(new Told(4, "http://HOST:PORT does not run\n", ""));
    assertThat(tell("comfyui", "status", "--json"))
        .isEqualTo(new Told(4, "[{\"url\":\"http://HOST:PORT\",\"running\":false}]\n", ""));
    assertThat(tell("comfyui", "stop"))
        .isEqualTo(new Told(0, "http://HOST:PORT does not run\n", ""));
  }

  @Test
  void one_that_ends_at_once_ends_the_run_with_its_last_words() {
    environment.put("PROMPT_RUNNER_COMFYUI_COMMAND", "echo 'no module torch'; exit 1");
    environment.put("PROMPT_RUNNER_COMFYUI_RESTARTS", "0");
    renderOn(NOBODY)
        .among(
            4,
            "comfyui.url: keeping ComfyUI running on http://HOST:PORT: it was down once: it ended"
                + " with exit code 1: a Python error, which its log tells; its log ends with 'no"
                + " module torch': see DIR/out/logs/comfyui-1.log; mend what ends it and run again:"
                + " what is finished is kept",
            "1 problem in the server; nothing was started");
  }

  @Test
  void a_start_that_fails_says_why() {
    environment.put("PROMPT_RUNNER_COMFYUI_COMMAND", "no-such-program-anywhere");
    Told told = tell("comfyui", "start");

    assertThat(told.code()).isEqualTo(4);
    assertThat(told.err())
        .contains(
            "starting ComfyUI on http://HOST:PORT: it ended with exit code 127: the shell does not"
                + " find the command; its log ends with '",
            "see DIR/out/logs/comfyui-1.log");
  }
}
