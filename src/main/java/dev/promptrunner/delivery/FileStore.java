package dev.promptrunner.delivery;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder as an object store. It is made when it is not there. */
final class FileStore implements ObjectStore {
  private static final String PROBE = ".prompt-runner-probe";

  private final Path folder;

  FileStore(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public String uri(String name) {
    return "file://" + folder.resolve(name);
  }

  @Override
  public Optional<StoredObject> find(String name) throws FailureException {
    try {
      return lookUp(name);
    } catch (IOException e) {
      throw failure("reading " + uri(name), e);
    }
  }

  private Optional<StoredObject> lookUp(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    StoredFile stored = StoredFile.read(file);
    return Optional.of(new StoredObject(uri(name), stored.bytes(), stored.crc32c()));
  }

  @Override
  public DeliveredObject put(String name, ArchiveContent content, ProgressListener progress)
      throws FailureException {
    String attempted = "delivering " + uri(name);
    try {
      Files.createDirectories(folder);
      Optional<StoredObject> before = lookUp(name);
      if (before.isPresent()) {
        return AlreadyThere.accept(before.get(), content);
      }
      requireRoom(attempted, content);
      return write(name, content, progress);
    } catch (IOException e) {
      throw failure(attempted, e);
    }
  }

  private DeliveredObject write(String name, ArchiveContent content, ProgressListener progress)
      throws IOException, FailureException {
    try (PartFile part = PartFile.lock(folder.resolve(name))) {
      Optional<StoredObject> meanwhile = lookUp(name);
      if (meanwhile.isPresent()) {
        return AlreadyThere.accept(meanwhile.get(), content);
      }
      part.write(content, progress);
      StoredFile stored = part.stored();
      StoredObject object = new StoredObject(uri(name), stored.bytes(), stored.crc32c());
      if (!object.holds(content)) {
        throw damaged(object, content);
      }
      return part.publish()
          ? new DeliveredObject(object, false)
          : AlreadyThere.accept(read(name), content);
    }
  }

  private StoredObject read(String name) throws IOException {
    return lookUp(name).orElseThrow(() -> new NoSuchFileException(uri(name)));
  }

  private static FailureException damaged(StoredObject object, ArchiveContent content) {
    return new FailureException(
        new Failure.Transient(
            "delivering " + object.uri(),
            "the disk gave back "
                + object.facts()
                + " instead of "
                + content.length()
                + " bytes, CRC32C "
                + content.crc32c(),
            "the damaged copy was removed; see whether the drive is healthy"));
  }

  private void requireRoom(String attempted, ArchiveContent content)
      throws IOException, FailureException {
    long room = Files.getFileStore(folder).getUsableSpace();
    if (room < content.length()) {
      throw new FailureException(
          new Failure.Store(
              attempted,
              "the drive has "
                  + new ByteSize(room)
                  + " left, the archive needs "
                  + new ByteSize(content.length()),
              "make room or deliver elsewhere, then give the same command again; what lies here is"
                  + " kept"));
    }
  }

  @Override
  public Optional<Problem> verifyAccess() throws FailureException {
    Path probe = folder.resolve(PROBE);
    try {
      Files.createDirectories(folder);
      Files.write(probe, new byte[] {1});
      Files.delete(probe);
      return Optional.empty();
    } catch (IOException e) {
      throw failure("writing to the folder " + folder, e);
    }
  }

  private FailureException failure(String attempted, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return Source.cancelled(attempted, e);
    }
    if (IoReason.disk(attempted, folder, 0, e).isPresent()) {
      return new FailureException(
          new Failure.Store(
              attempted,
              "the drive refuses (" + IoReason.of(e) + ")",
              "make room there or deliver elsewhere, then give the same command again; what lies"
                  + " here is kept"),
          e);
    }
    String found =
        e instanceof FileAlreadyExistsException
            ? "something that is no folder has that name (" + e.getMessage() + ")"
            : "the folder refuses (" + IoReason.of(e) + ")";
    return new FailureException(
        new Failure.Rejected(
            attempted,
            found,
            "name a folder with room that this user may write to: --deliver file:///FOLDER"),
        e);
  }

  @Override
  public void close() {
    // holds nothing open
  }
}
