package dev.promptrunner.delivery;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.zip.CRC32C;

/**
 * One resumable upload from its first byte to its last. Within it Google's client sends a chunk
 * again, from the byte the server asks for, when an answer is 503 or a connection breaks.
 */
final class GcsSession {
  /** A multiple of 256 KiB, as the protocol wants; this much is held in memory. */
  private static final int CHUNK = 8 << 20;

  private static final int BUFFER = 1 << 20;

  private final Storage storage;
  private final BlobId id;
  private final ArchiveContent content;
  private final ProgressListener progress;
  private final InstantSource clock;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private Instant lastProgress;

  GcsSession(
      Storage storage,
      BlobId id,
      ArchiveContent content,
      ProgressListener progress,
      InstantSource clock) {
    this.storage = storage;
    this.id = id;
    this.content = content;
    this.progress = progress;
    this.clock = clock;
    lastProgress = clock.instant();
  }

  /** How a session ended. */
  sealed interface End {
    /** The store has an object that was made by this session. */
    record Stored(Blob blob) implements End {}

    /** An object of this name came into being meanwhile. */
    record Taken() implements End {}

    /**
     * The store did not take it.
     *
     * @param opened whether the session existed at all
     */
    record Broken(StorageException cause, boolean opened) implements End {}
  }

  /** When the store last took something. */
  Instant lastProgress() {
    return lastProgress;
  }

  String attempted() {
    return "delivering " + id.toGsUtilUri();
  }

  /** A fresh session; may be called again after one that broke. */
  End run() throws FailureException {
    WriteChannel channel;
    try {
      channel = open();
    } catch (StorageException e) {
      return ended(e, false);
    }
    try {
      send(channel);
      return stored();
    } catch (IOException e) {
      return ended(GcsErrors.unwrap(e), true);
    } catch (StorageException e) {
      return ended(e, true);
    }
  }

  private static End ended(StorageException e, boolean opened) {
    return e.getCode() == 412 ? new End.Taken() : new End.Broken(e, opened);
  }

  private WriteChannel open() {
    BlobInfo object =
        BlobInfo.newBuilder(id)
            .setContentType("application/zip")
            .setCrc32c(content.crc32c().base64())
            .build();
    WriteChannel channel =
        storage.writer(object, BlobWriteOption.doesNotExist(), BlobWriteOption.crc32cMatch());
    channel.setChunkSize(CHUNK);
    return channel;
  }

  /** Closes the channel only after the last byte: closing is what makes the object. */
  @SuppressWarnings("MustBeClosedChecker")
  private void send(WriteChannel channel) throws IOException, FailureException {
    CRC32C crc = new CRC32C();
    for (long at = 0; at < content.length(); at += buffer.limit()) {
      if (Thread.currentThread().isInterrupted()) {
        throw Source.cancelled(attempted(), new InterruptedException());
      }
      Source.read(content, at, buffer, attempted());
      crc.update(buffer.duplicate());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      lastProgress = clock.instant();
      progress.sent(at + buffer.limit(), content.length());
    }
    requireUnchanged(new Crc32c((int) crc.getValue()));
    channel.close();
  }

  private void requireUnchanged(Crc32c read) throws FailureException {
    if (!read.equals(content.crc32c())) {
      throw Source.changed(attempted(), content.crc32c(), read);
    }
  }

  private End stored() throws IOException {
    Blob blob = storage.get(id);
    if (blob == null) {
      throw new NoSuchFileException("the object is not there after its upload");
    }
    lastProgress = clock.instant();
    return new End.Stored(blob);
  }
}
