package dev.promptrunner.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** The buckets of {@link FakeGcs}. */
final class FakeGcsObjects {
  private final Path folder;
  private final Set<String> buckets = new HashSet<>();
  private final Map<String, Stored> objects = new TreeMap<>();
  private final Map<String, Integer> creations = new HashMap<>();
  private boolean damaging;
  private long generation = 1_700_000_000_000_000L;

  FakeGcsObjects(Path folder) {
    this.folder = folder;
  }

  /** An object, as it lies there. */
  record Stored(String bucket, String name, Path file, long size, String crc32c, long generation) {
    Map<String, Object> metadata() {
      Map<String, Object> metadata = new TreeMap<>();
      metadata.put("kind", "storage#object");
      metadata.put("id", bucket + "/" + name + "/" + generation);
      metadata.put("bucket", bucket);
      metadata.put("name", name);
      metadata.put("size", Long.toString(size));
      metadata.put("crc32c", crc32c);
      metadata.put("generation", Long.toString(generation));
      metadata.put("metageneration", "1");
      metadata.put("contentType", "application/zip");
      metadata.put("timeCreated", "2026-11-21T00:00:00.000Z");
      metadata.put("updated", "2026-11-21T00:00:00.000Z");
      return metadata;
    }
  }

  synchronized void addBucket(String bucket) {
    buckets.add(bucket);
  }

  synchronized void damageWhatIsStored() {
    damaging = true;
  }

  synchronized boolean hasBucket(String bucket) {
    return buckets.contains(bucket);
  }

  synchronized Optional<Stored> find(String bucket, String name) {
    return Optional.ofNullable(objects.get(bucket + "/" + name));
  }

  synchronized List<String> names(String bucket) {
    return objects.values().stream()
        .filter(object -> object.bucket().equals(bucket))
        .map(Stored::name)
        .toList();
  }

  synchronized int creations(String bucket, String name) {
    return creations.getOrDefault(bucket + "/" + name, 0);
  }

  synchronized void put(String bucket, String name, byte[] content) {
    try {
      Path file = Files.createTempFile(folder, "object", "");
      Files.write(file, content);
      create(bucket, name, file, crc32c(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void remove(String bucket, String name) {
    objects.remove(bucket + "/" + name);
  }

  /** Makes the object unless the precondition "no object of this name" fails; empty then. */
  synchronized Optional<Stored> createIf(
      boolean onlyIfAbsent, String bucket, String name, Path file, String crc32c)
      throws IOException {
    if (onlyIfAbsent && find(bucket, name).isPresent()) {
      return Optional.empty();
    }
    if (damaging) {
      flipFirstBit(file);
      return Optional.of(create(bucket, name, file, crc32c(file)));
    }
    return Optional.of(create(bucket, name, file, crc32c));
  }

  private static void flipFirstBit(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      int first = bytes.read();
      bytes.seek(0);
      bytes.write(first ^ 1);
    }
  }

  private Stored create(String bucket, String name, Path file, String crc32c) throws IOException {
    Stored stored = new Stored(bucket, name, file, Files.size(file), crc32c, generation++);
    objects.put(bucket + "/" + name, stored);
    creations.merge(bucket + "/" + name, 1, Integer::sum);
    return stored;
  }

  /** Metadata, bytes, list and deletion. */
  void serve(FakeGcsRequest request) throws IOException {
    request.drain();
    Optional<Stored> object = find(request.bucket(), request.object());
    if (!hasBucket(request.bucket())) {
      request.error(404, "The specified bucket does not exist.");
    } else if (request.object().isEmpty()) {
      list(request);
    } else if (object.isEmpty()) {
      request.error(404, "No such object: " + request.bucket() + "/" + request.object());
    } else {
      serve(request, object.get());
    }
  }

  private void serve(FakeGcsRequest request, Stored object) throws IOException {
    switch (request.kind()) {
      case DELETE -> delete(request, object);
      case DOWNLOAD -> request.file(object.file());
      default -> request.json(200, object.metadata());
    }
  }

  private synchronized void delete(FakeGcsRequest request, Stored object) throws IOException {
    String wanted = request.query().getOrDefault("ifGenerationMatch", "" + object.generation());
    if (!wanted.equals("" + object.generation())) {
      request.error(412, "At least one of the pre-conditions you specified did not hold.");
      return;
    }
    objects.remove(object.bucket() + "/" + object.name());
    request.empty(204);
  }

  private void list(FakeGcsRequest request) throws IOException {
    List<Map<String, Object>> items;
    synchronized (this) {
      items =
          objects.values().stream()
              .filter(object -> object.bucket().equals(request.bucket()))
              .map(Stored::metadata)
              .toList();
    }
    request.json(200, Map.of("kind", "storage#objects", "items", items));
  }

  static String crc32c(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer.clear()) >= 0) {
        crc.update(buffer.flip());
      }
    }
    byte[] bytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
