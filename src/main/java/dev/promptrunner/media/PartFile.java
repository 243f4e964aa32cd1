package dev.promptrunner.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file in the making, under a hidden name beside its target, so that the target is whole or
 * absent. Closing it without {@link #publish()} deletes it. Not for use by several threads.
 */
final class PartFile implements Resources.Closing {
  private final Path target;
  private final Path part;

  private PartFile(Path target, Path part) {
    this.target = target;
    this.part = part;
  }

  /** Creates the target's folder where it is missing. */
  static PartFile of(Path target) throws MediaException {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.resolveSibling("").toAbsolutePath();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failure(absolute, "its folder cannot be made (" + e + ")", e);
    }
    if (!Files.isWritable(folder)) {
      throw failure(absolute, "the folder " + folder + " is not writable", null);
    }
    String name = "." + absolute.getFileName() + "." + UUID.randomUUID() + ".part";
    return new PartFile(absolute, folder.resolve(name));
  }

  Path path() {
    return part;
  }

  Path target() {
    return target;
  }

  /** Gives the finished file its name in one step, replacing what had it. */
  void publish() throws MediaException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure(target, "the finished file could not be renamed to it (" + e + ")", e);
    }
  }

  @Override
  public void close() throws MediaException {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw failure(target, "its unfinished part " + part + " could not be deleted", e);
    }
  }

  private static MediaException failure(Path target, String found, @Nullable IOException cause) {
    return new MediaException(
        "writing " + target, found, "check the folder's rights and the free space", cause);
  }
}
