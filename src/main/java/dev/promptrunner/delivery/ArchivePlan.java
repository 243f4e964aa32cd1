package dev.promptrunner.delivery;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The zip of one video, worked out but written nowhere: entries {@code manifest.json} and {@code
 * NAME_final.mp4}, STORED (a video does not compress), in this order, with fixed times. The same
 * video and manifest give the same bytes on every machine. Immutable.
 */
public final class ArchivePlan {
  private static final String MANIFEST = "manifest.json";

  private final List<Segment> segments;

  private ArchivePlan(List<Segment> segments) {
    this.segments = List.copyOf(segments);
  }

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
    ZipEntryPlan first = new ZipEntryPlan(MANIFEST, json.length, crc32(json));
    ZipEntryPlan second =
        new ZipEntryPlan(manifest.work() + "_final.mp4", facts.size(), facts.crc32());
    List<Segment> segments = new ArrayList<>();
    segments.add(new Segment.Made(records.localHeader(first)));
    segments.add(new Segment.Made(json));
    long secondAt = length(segments);
    segments.add(new Segment.Made(records.localHeader(second)));
    segments.add(new Segment.FileRange(video, facts.size(), facts.crc32c()));
    long directoryAt = length(segments);
    segments.add(new Segment.Made(records.centralHeader(first, 0)));
    segments.add(new Segment.Made(records.centralHeader(second, secondAt)));
    long directoryLength = length(segments) - directoryAt;
    segments.add(new Segment.Made(records.end(2, directoryLength, directoryAt)));
    return new ArchivePlan(segments);
  }

  private static FileFacts facts(Manifest manifest, Path video) throws FailureException {
    String attempted = "packing " + video;
    FileFacts facts;
    try {
      facts = FileFacts.of(video);
    } catch (IOException e) {
      throw Source.unreadable(attempted, e);
    }
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
   * @throws IOException when the video is gone
   */
  public ArchiveContent open() throws IOException {
    return new Concatenation(segments);
  }
}
