package dev.promptrunner.delivery;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Hands finished work over and proves that it arrived. Asking twice, also after a crash in the
 * middle, gives one object: its name derives from the work alone and a store never overwrites. Safe
 * for use by several threads; does not close the store.
 */
public final class Delivery {
  private final ObjectStore store;

  public Delivery(ObjectStore store) {
    this.store = store;
  }

  /**
   * Packs, sends and reads back.
   *
   * @param video the final video the manifest speaks of
   * @throws FailureException when it did not arrive or could not be proven to have
   */
  public Delivered deliver(Manifest manifest, Path video, ProgressListener progress)
      throws FailureException {
    return deliver(manifest.archiveName(), ArchivePlan.of(manifest, video), progress);
  }

  /**
   * The same for files of a folder: one zip, named by what is in it, so that other files never meet
   * an earlier object.
   *
   * @param stem how its name begins
   * @param files relative to the folder
   * @throws FailureException when it did not arrive or could not be proven to have
   */
  public Delivered deliver(
      String stem, Path folder, Collection<Path> files, ProgressListener progress)
      throws FailureException {
    ArchivePlan plan = ArchivePlan.of(folder, files);
    String name = "%s_%08x.zip".formatted(Portable.fileName(stem), plan.crc32c().value());
    return deliver(name, plan, progress);
  }

  private Delivered deliver(String name, ArchivePlan plan, ProgressListener progress)
      throws FailureException {
    try (ArchiveContent content = plan.open()) {
      requireWanted(name);
      DeliveredObject put = store.put(name, content, progress);
      return proven(name, content, put.already());
    } catch (IOException e) {
      throw Source.unreadable("delivering " + store.uri(name), e);
    } catch (RuntimeException e) {
      // A client that is interrupted in a pause may end in any way: Google's in a NullPointer.
      if (Thread.currentThread().isInterrupted()) {
        throw Source.cancelled("delivering " + store.uri(name), e);
      }
      throw e;
    }
  }

  /** Nothing is begun for a run that ends. */
  private void requireWanted(String name) throws FailureException {
    if (Thread.currentThread().isInterrupted()) {
      throw Source.cancelled("delivering " + store.uri(name), new InterruptedException());
    }
  }

  private Delivered proven(String name, ArchiveContent content, boolean already)
      throws FailureException {
    StoredObject found =
        store.find(name).orElseThrow(() -> unproven(name, content, "the store has no such object"));
    if (!found.holds(content)) {
      throw unproven(name, content, "the store has " + found.facts());
    }
    return new Delivered(found.uri(), found.bytes(), found.crc32c(), already);
  }

  private FailureException unproven(String name, ArchiveContent content, String found) {
    return new FailureException(
        new Failure.BadOutput(
            "reading back " + store.uri(name),
            found
                + ", but "
                + content.length()
                + " bytes, CRC32C "
                + content.crc32c()
                + " were sent",
            "nothing was proven to have arrived and what lies here is kept: see whether something"
                + " else writes or deletes there, remove the object, then give the same command"
                + " again"));
  }
}
