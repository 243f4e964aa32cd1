package dev.promptrunner.e2e;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** A real disk of a few megabytes: a tmpfs, which only root may mount. */
record SmallDisk(Path folder) implements AutoCloseable {
  private static final int BLOCK = 4096;

  /** Mounts it on the folder; where that is not possible the test is skipped, saying why. */
  static SmallDisk mount(Path folder, int megabytes) throws Exception {
    Files.createDirectories(folder);
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root may mount a small disk");
    int done = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder);
    Assumptions.assumeTrue(done == 0, "this container may not mount a small disk");
    return new SmallDisk(folder);
  }

  /** Fills it up, but for so many bytes, with a file that {@link #free} removes. */
  void fill(long rest) throws IOException {
    try (FileChannel ballast =
        FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (Files.getFileStore(folder).getUsableSpace() >= rest + BLOCK) {
        ballast.write(ByteBuffer.allocate(BLOCK));
      }
    }
  }

  void free() throws IOException {
    Files.delete(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static int run(Object... command) throws Exception {
    String[] words = java.util.Arrays.stream(command).map(Object::toString).toArray(String[]::new);
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  @Override
  public void close() throws Exception {
    run("umount", "-l", folder);
  }
}
