package dev.promptrunner.sheet;

import dev.promptrunner.base.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The previews of a folder's results, by a key that changes with the file. Each is on the disk when
 * {@link #keep} returns, so a crash costs at most what is being looked at. Thread-safe.
 */
final class KeptPreviews {
  private static final String LINES = "looks.jsonl";
  private static final Pattern OWN =
      Pattern.compile("[0-9a-f]{16}-\\d+\\.jpg|.*" + Pattern.quote(WholeFile.PART));

  private final Path root;
  private final Path folder;
  private final Map<String, Preview> byKey = new ConcurrentHashMap<>();
  private boolean appended;

  private KeptPreviews(Path root) {
    this.root = root;
    this.folder = root.resolve(ContactSheet.FOLDER);
  }

  /** Those of before; a line that is damaged is forgotten and its file looked at again. */
  static KeptPreviews open(Path root) throws IOException {
    KeptPreviews kept = new KeptPreviews(root);
    Files.createDirectories(kept.folder);
    Path lines = kept.folder.resolve(LINES);
    if (Files.isRegularFile(lines)) {
      // A damaged file need not be UTF-8 everywhere; the replacement sign spoils only its line.
      new String(Files.readAllBytes(lines), StandardCharsets.UTF_8)
          .lines()
          .flatMap(line -> PreviewJson.read(line).stream())
          .forEach(keyed -> kept.byKey.put(keyed.key(), keyed.preview()));
    }
    return kept;
  }

  /** The preview of this key, when all its posters are still there. */
  Optional<Preview> find(String key) {
    return Optional.ofNullable(byKey.get(key))
        .filter(
            preview ->
                preview.posters().stream()
                    .allMatch(poster -> Files.isRegularFile(root.resolve(poster))));
  }

  Preview keep(String key, Look look) throws IOException {
    List<String> posters = new ArrayList<>();
    for (byte[] jpeg : look.posters()) {
      String name = key + "-" + (posters.size() + 1) + ".jpg";
      WholeFile.write(folder.resolve(name), jpeg);
      posters.add(ContactSheet.FOLDER + "/" + name);
    }
    Map<String, Double> finite = new TreeMap<>(look.measures());
    finite.values().removeIf(value -> !Double.isFinite(value));
    Preview preview = new Preview(look.frames(), look.size(), look.rate(), posters, finite);
    byKey.put(key, preview);
    append(PreviewJson.write(key, preview));
    return preview;
  }

  private synchronized void append(String line) throws IOException {
    // The file may end in half a line.
    String whole = (appended ? "" : "\n") + line + "\n";
    Files.writeString(
        folder.resolve(LINES), whole, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    appended = true;
  }

  /** Forgets all other keys and removes their posters. */
  synchronized void retain(Set<String> keys) throws IOException {
    byKey.keySet().retainAll(keys);
    StringBuilder lines = new StringBuilder();
    Set<Path> needed = ConcurrentHashMap.newKeySet();
    new TreeMap<>(byKey)
        .forEach(
            (key, preview) -> {
              lines.append(PreviewJson.write(key, preview)).append('\n');
              preview.posters().forEach(poster -> needed.add(root.resolve(poster)));
            });
    WholeFile.write(folder.resolve(LINES), lines.toString());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (OWN.matcher(file.getFileName().toString()).matches() && !needed.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
