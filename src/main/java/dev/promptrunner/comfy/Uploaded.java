package dev.promptrunner.comfy;

/**
 * A file in the server's input folder, under the name the server chose: another file of the wished
 * name makes it {@code name (1).ext}.
 */
public record Uploaded(String name, String subfolder, String type) {
  /** As a loader node's input names it. */
  public String reference() {
    return subfolder.isEmpty() ? name : subfolder + "/" + name;
  }
}
