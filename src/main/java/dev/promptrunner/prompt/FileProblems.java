package dev.promptrunner.prompt;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.nio.file.Path;

/** What can be wrong with a path before its text is read, in the words that a person reads. */
final class FileProblems {
  /** A prompt is a page of text; what is larger was given by mistake. */
  static final ByteSize LARGEST = ByteSize.ofMegabytes(1);

  private FileProblems() {}

  static Problem noPromptFile(Path folder) {
    return new Problem(
        folder.toString(),
        "the folder holds no prompt file",
        "",
        "put a .txt file into it, with " + PromptParser.PARTS);
  }

  static Problem missing(Path file) {
    return new Problem(
        file.toString(),
        "there is no such file or folder",
        "",
        "check the path, or give the folder that holds the prompt files");
  }

  static Problem notAFile(Path file) {
    return new Problem(
        file.toString(),
        "this is neither a file nor a folder",
        "",
        "give a prompt file or a folder of prompt files");
  }

  static Problem tooLarge(Path file, long size) {
    return new Problem(
        file.toString(),
        "a prompt file is at most " + LARGEST,
        size + " bytes",
        "give the text file with the prompt, not the video");
  }

  static Problem unreadable(Path path, IOException cause) {
    return new Problem(
        path.toString(), "it cannot be read", IoReason.of(cause), "make it readable for this user");
  }
}
