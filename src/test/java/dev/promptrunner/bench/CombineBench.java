package dev.promptrunner.bench;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Encoding;
import dev.promptrunner.media.FrameReader;
import dev.promptrunner.media.FrameWriter;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.Piece;
import dev.promptrunner.media.TestPattern;
import dev.promptrunner.media.Verification;
import dev.promptrunner.media.VideoJoiner;
import dev.promptrunner.media.VideoProbe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Combining 12 segments of 77 frames at 480x832, one after the other: by copy, by copy of segments
 * that lose their overlap or their last frames first, and by encoding everything again at each step
 * as the combine workflow does. Prints a line for each; ends with 1 when copy is less than 50 times
 * faster, loses frames or loses quality.
 */
public final class CombineBench {
  private static final int SEGMENTS = 12;
  private static final int LENGTH = 77;
  private static final int FACTOR = 50;
  private static final FrameSize SIZE = new FrameSize(480, 832);
  private static final FrameRate RATE = FrameRate.of(16);

  private CombineBench() {}

  /** One way to put the next segment behind what is there. */
  private interface Way {
    void combine(Optional<Path> previous, Path segment, Path target) throws MediaException;
  }

  private record Result(double seconds, Path video) {}

  public static void main(String[] args) throws Exception {
    Marks marks = new Marks();
    try (BenchFolder folder = BenchFolder.open("combine")) {
      run(folder.path(), marks);
    }
    marks.exit();
  }

  private static void run(Path folder, Marks marks) throws MediaException {
    List<Path> segments = segments(folder);
    progressive(folder.resolve("warm"), segments.subList(0, 2), CombineBench::copy);
    Result copy = progressive(folder.resolve("copy"), segments, CombineBench::copy);
    Result tail = progressive(folder.resolve("tail"), segments, CombineBench::withoutTail);
    Result head = progressive(folder.resolve("head"), segments, CombineBench::withoutHead);
    Result encode = progressive(folder.resolve("encode"), segments, CombineBench::encode);
    double ratio = encode.seconds() / copy.seconds();
    System.out.printf("%-34s %8s %8s %10s %7s%n", "way", "s", "ratio", "PSNR dB", "frames");
    print("copy", copy, encode, segments);
    print("copy, 3 tail frames trimmed", tail, encode, segments);
    print("copy, 10 overlap frames trimmed", head, encode, segments);
    print("encode all at each step", encode, encode, segments);
    marks.atLeast("combine: encoding all / copy", ratio, FACTOR, "x");
    marks.atLeast("combine: frames in order", numbersRun(copy.video()), SEGMENTS * LENGTH, "");
    double psnr = psnr(copy.video(), segments.getFirst());
    marks.atLeast("combine: PSNR, 100 is identical", psnr, 100, "dB");
  }

  private static List<Path> segments(Path folder) throws MediaException {
    List<Path> segments = new ArrayList<>();
    for (int k = 0; k < SEGMENTS; k++) {
      Path segment = folder.resolve("segment_" + k + ".mp4");
      try (FrameWriter writer = FrameWriter.create(segment, SIZE, RATE, Encoding.standard())) {
        for (int i = 0; i < LENGTH; i++) {
          writer.write(grainy(TestPattern.picture(SIZE, k * LENGTH + i), k * LENGTH + i));
        }
        writer.finish();
      }
      segments.add(segment);
    }
    return segments;
  }

  /** Rendered video has grain; without it the encoder would have nothing to do. */
  private static Picture grainy(Picture picture, int seed) {
    Random random = new Random(seed);
    byte[] rgb = picture.rgb().clone();
    for (int i = 0; i + 2 < rgb.length; i += 3) {
      int grain = random.nextInt(7) - 3;
      for (int c = i; c < i + 3; c++) {
        rgb[c] = (byte) Math.clamp((rgb[c] & 0xff) + grain, 0, 255);
      }
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }

  private static Result progressive(Path folder, List<Path> segments, Way way)
      throws MediaException {
    Optional<Path> previous = Optional.empty();
    long start = System.nanoTime();
    for (int k = 0; k < segments.size(); k++) {
      Path target = folder.resolve("combined_" + k + ".mp4");
      way.combine(previous, segments.get(k), target);
      previous = Optional.of(target);
    }
    return new Result((System.nanoTime() - start) / 1e9, previous.orElseThrow());
  }

  private static void copy(Optional<Path> previous, Path segment, Path target)
      throws MediaException {
    join(previous, new Piece(segment, new FrameRange(0, LENGTH)), target);
  }

  private static void withoutTail(Optional<Path> previous, Path segment, Path target)
      throws MediaException {
    join(previous, new Piece(segment, new FrameRange(0, LENGTH - 3)), target);
  }

  private static void withoutHead(Optional<Path> previous, Path segment, Path target)
      throws MediaException {
    int overlap = previous.isPresent() ? 10 : 0;
    join(previous, new Piece(segment, new FrameRange(overlap, LENGTH - overlap)), target);
  }

  private static void join(Optional<Path> previous, Piece next, Path target) throws MediaException {
    List<Piece> pieces = new ArrayList<>();
    if (previous.isPresent()) {
      pieces.add(new Piece(previous.get(), new FrameRange(0, frames(previous.get()))));
    }
    pieces.add(next);
    VideoJoiner.join(pieces, target);
  }

  private static void encode(Optional<Path> previous, Path segment, Path target)
      throws MediaException {
    List<Path> sources = new ArrayList<>(previous.stream().toList());
    sources.add(segment);
    try (FrameWriter writer = FrameWriter.create(target, SIZE, RATE, Encoding.standard())) {
      for (Path source : sources) {
        try (FrameReader reader = FrameReader.open(source)) {
          for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            writer.write(next.get());
          }
        }
      }
      writer.finish();
    }
  }

  private static int frames(Path video) throws MediaException {
    return VideoProbe.probe(video).frames();
  }

  private static void print(String way, Result result, Result encode, List<Path> segments)
      throws MediaException {
    Verification.verify(result.video(), frames(result.video()));
    System.out.printf(
        "%-34s %8.2f %7.1fx %10.1f %7d%n",
        way,
        result.seconds(),
        encode.seconds() / result.seconds(),
        psnr(result.video(), segments.getFirst()),
        frames(result.video()));
  }

  /** How many frames carry their own place's number, from the first on. */
  private static int numbersRun(Path video) throws MediaException {
    int number = 0;
    try (FrameReader reader = FrameReader.open(video)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        if (TestPattern.readNumber(next.get()).orElse(-1) != number) {
          return number;
        }
        number++;
      }
    }
    return number;
  }

  /** Of the first segment's frames, all but the last three; 100 stands for identical. */
  private static double psnr(Path video, Path segment) throws MediaException {
    double sum = 0;
    long values = 0;
    try (FrameReader ours = FrameReader.open(video);
        FrameReader theirs = FrameReader.open(segment)) {
      for (int i = 0; i < LENGTH - 3; i++) {
        byte[] a = ours.next().orElseThrow().rgb();
        byte[] b = theirs.next().orElseThrow().rgb();
        for (int c = 0; c < a.length; c++) {
          int difference = (a[c] & 0xff) - (b[c] & 0xff);
          sum += difference * difference;
        }
        values += a.length;
      }
    }
    return sum == 0 ? 100 : 10 * Math.log10(255.0 * 255.0 * values / sum);
  }
}
