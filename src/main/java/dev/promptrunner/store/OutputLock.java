package dev.promptrunner.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writing process per output root: an operating system's lock on {@code state.lock}, which ends
 * with its process however that ends, so that what a dead process left is no obstacle. Who holds it
 * stands in {@code state.owner}. Those are two files because on POSIX systems closing any other
 * channel of a locked file, even one for reading, gives the process's lock away: nothing in this
 * program opens {@code state.lock} but who means to hold it.
 */
final class OutputLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputLock.class);
  private static final String LOCK = "state.lock";
  static final String OWNER = "state.owner";

  private final Path root;
  private final FileChannel channel;

  private OutputLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  static OutputLock take(Path root, Instant now, long pid)
      throws OutputRootBusyException, IOException {
    Owner self = new Owner(pid, born(), now, host());
    Optional<Owner> last = owner(root);
    if (last.filter(self::isSameProcess).isPresent()) {
      throw new OutputRootBusyException(root, last.get());
    }
    FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    hold(root, channel);
    last.filter(left -> !left.host().equals(self.host())).ifPresent(left -> warn(root, left));
    Files.writeString(root.resolve(OWNER), self.text());
    return new OutputLock(root, channel);
  }

  private static void hold(Path root, FileChannel channel)
      throws OutputRootBusyException, IOException {
    boolean held = false;
    boolean ours = false;
    try {
      held = tryLock(root, channel) != null;
    } catch (OverlappingFileLockException e) {
      // Closing this channel would give the lock of this process's other store away, and the
      // collector closes what nobody holds: the hook holds it to the end.
      Runtime.getRuntime().addShutdownHook(new Thread(channel::isOpen));
      ours = true;
    } finally {
      if (!held && !ours) {
        channel.close();
      }
    }
    if (!held) {
      throw new OutputRootBusyException(root, owner(root).orElse(Owner.UNKNOWN));
    }
  }

  private static @Nullable FileLock tryLock(Path root, FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (IOException e) {
      throw new IOException(
          ("locking %s: the volume refuses file locks (%s), so two runs could spoil each other's"
               + " state — give an --output on a local disk, or mount the volume with locks (NFS:"
               + " without 'nolock', with a lock daemon on the server)")
              .formatted(root.resolve(LOCK), e.getMessage()),
          e);
    }
  }

  /** What the owner file says; empty when nobody holds or held the output root. */
  static Optional<Owner> owner(Path root) {
    try {
      return Owner.parse(Files.readString(root.resolve(OWNER)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void warn(Path root, Owner left) {
    LOG.warn(
        "{} was left in use by process {} on host {} since {}: file locks do not reach every kind"
            + " of network volume, so make sure that it has ended",
        root,
        left.pid(),
        left.host(),
        left.since());
  }

  static Optional<Instant> born() {
    return ProcessHandle.current().info().startInstant();
  }

  static String host() {
    String named = System.getenv("HOSTNAME");
    if (named != null && !named.isBlank()) {
      return named;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /** Gives the output root to others; again it does nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try (channel) {
        Files.deleteIfExists(root.resolve(OWNER));
      }
    }
  }
}
