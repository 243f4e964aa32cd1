package dev.promptrunner.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tmpfs that can be filled to its last byte, where this process may mount one. */
final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 96;
  private static final int BLOCK = 1 << 16;

  private final Path folder;
  private final boolean mounted;

  /**
   * Mounts it, or leaves the folder as it is.
   *
   * @param folder that is there
   */
  SmallDisk(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.mounted =
        done("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", folder.toString());
  }

  boolean canBeFilled() {
    return mounted;
  }

  /** Writes until there is no room for another byte. */
  void fill() throws IOException {
    try (OutputStream file = Files.newOutputStream(filler())) {
      for (int size = BLOCK; size > 0; ) {
        size = fits(file, size) ? size : size / 2;
      }
    }
  }

  /** A full disk is what is wanted, so its error is the end of the filling. */
  private static boolean fits(OutputStream file, int size) {
    try {
      file.write(new byte[size]);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  /** Before it is gone, for whoever looks for what went wrong. */
  void copyTo(Path target) throws IOException, InterruptedException {
    if (mounted && !done("cp", "-a", folder.toString(), target.toString())) {
      throw new IOException("cannot copy " + folder + " to " + target);
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static boolean done(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** What lies on it is gone with it. */
  @Override
  public void close() throws IOException, InterruptedException {
    if (mounted && !done("umount", folder.toString())) {
      throw new IOException("cannot unmount " + folder);
    }
  }
}
