package dev.promptrunner.delivery;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A zip that is worked out but written nowhere: entries STORED (videos do not compress), in a fixed
 * order, with fixed times, so that the same files give the same bytes on every machine. That of a
 * video holds {@code manifest.json} and {@code NAME_final.mp4}. Immutable.
 */
public final class ArchivePlan {
  private static final String MANIFEST = "manifest.json";

  private final List<Segment> segments;

  private ArchivePlan(List<Segment> segments) {
    this.segments = List.copyOf(segments);
  }

  private record Entry(ZipEntryPlan plan, Segment content) {}

  /**
   * Reads the video once for its check values.
   *
   * @throws FailureException when it cannot be read, or is no longer the video of the manifest
   */
  public static ArchivePlan of(Manifest manifest, Path video) throws FailureException {
    return of(manifest, video, ZipRecords.STANDARD);
  }

  static ArchivePlan of(Manifest manifest, Path video, ZipRecords records) throws FailureException {
    FileFacts facts = facts(manifest, video);
    byte[] json = manifest.json();
    return of(
        List.of(
            new Entry(new ZipEntryPlan(MANIFEST, json.length, crc32(json)), new Segment.Made(json)),
            new Entry(
                new ZipEntryPlan(manifest.work() + "_final.mp4", facts.size(), facts.crc32()),
                new Segment.FileRange(video, facts.size(), facts.crc32c()))),
        records);
  }

  /**
   * Files below a folder, by their names within it. Each is read once for its check values.
   *
   * @param files relative to the folder
   * @throws FailureException when one cannot be read
   */
  public static ArchivePlan of(Path folder, Collection<Path> files) throws FailureException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files.stream().sorted().toList()) {
      Path whole = folder.resolve(file);
      FileFacts facts = facts("packing " + whole, whole);
      String name = file.toString().replace('\\', '/');
      entries.add(
          new Entry(
              new ZipEntryPlan(name, facts.size(), facts.crc32()),
              new Segment.FileOnDemand(whole, facts.size(), facts.crc32c())));
    }
    return of(entries, ZipRecords.STANDARD);
  }

  private static ArchivePlan of(List<Entry> entries, ZipRecords records) {
    List<Segment> segments = new ArrayList<>();
    List<Segment> directory = new ArrayList<>();
    long at = 0;
    for (Entry entry : entries) {
      Segment header = new Segment.Made(records.localHeader(entry.plan()));
      directory.add(new Segment.Made(records.centralHeader(entry.plan(), at)));
      segments.add(header);
      segments.add(entry.content());
      at += header.length() + entry.content().length();
    }
    segments.addAll(directory);
    segments.add(new Segment.Made(records.end(entries.size(), length(directory), at)));
    return new ArchivePlan(segments);
  }

  private static FileFacts facts(String attempted, Path file) throws FailureException {
    try {
      return FileFacts.of(file);
    } catch (IOException e) {
      throw Source.unreadable(attempted, e);
    }
  }

  private static FileFacts facts(Manifest manifest, Path video) throws FailureException {
    String attempted = "packing " + video;
    FileFacts facts = facts(attempted, video);
    if (!facts.sha256().equals(manifest.video().sha256())) {
      throw new FailureException(
          new Failure.BadOutput(
              attempted,
              "the final video has SHA-256 "
                  + facts.sha256()
                  + " and "
                  + facts.size()
                  + " bytes, but was finished with "
                  + manifest.video().sha256()
                  + " and "
                  + manifest.video().bytes(),
              "something changed it since: delete it and 'run' again, it is then made anew"));
    }
    return facts;
  }

  private static long length(List<Segment> segments) {
    return segments.stream().mapToLong(Segment::length).sum();
  }

  private static int crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Of the whole zip, in bytes. */
  public long length() {
    return length(segments);
  }

  /** Of the whole zip. */
  public Crc32c crc32c() {
    return Concatenation.crc32cOf(segments);
  }

  /**
   * Opens the zip for reading.
   *
   * @throws IOException when a file is gone
   */
  public ArchiveContent open() throws IOException {
    return new Concatenation(segments);
  }
}
