package dev.promptrunner.chaos;

import dev.promptrunner.e2e.Renders;
import dev.promptrunner.e2e.Studio;
import dev.promptrunner.simulator.Journal;
import dev.promptrunner.store.DeliveryRow;
import dev.promptrunner.store.Status;
import dev.promptrunner.store.Store;
import dev.promptrunner.testing.FakeGcs;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.ZipFile;

/**
 * That a round lost nothing and doubled nothing.
 *
 * @param serverDeaths how often a render may have been cut off in the middle
 */
record Proof(Studio studio, FakeGcs gcs, String prefix, Path journal, int serverDeaths) {
  /** What is wrong; empty when all is well. */
  List<String> problems() throws Exception {
    List<String> problems = new ArrayList<>();
    for (String name : Round.NAMES) {
      frames(name, problems);
    }
    objects(problems);
    renders(problems);
    for (Path half : Renders.halfFiles(studio.output())) {
      problems.add("left behind: " + half);
    }
    return problems;
  }

  private void frames(String name, List<String> problems) throws Exception {
    Path video = studio.finalVideo(name);
    if (!Files.exists(video)) {
      problems.add("there is no " + video);
      return;
    }
    List<Integer> found = Studio.numbers(video);
    if (!found.equals(Studio.counted(Round.FRAMES, 2))) {
      problems.add(video + " holds the frames " + found);
    }
  }

  private void objects(List<String> problems) throws Exception {
    List<String> names =
        gcs.names(UnreliableStore.BUCKET).stream()
            .filter(name -> name.startsWith(prefix + "/"))
            .toList();
    Set<String> told = new HashSet<>();
    for (Status.Work work : Store.read(studio.output()).orElseThrow().status().works()) {
      DeliveryRow delivery = work.delivery().orElse(null);
      if (delivery == null) {
        problems.add(work.row().name() + " counts as undelivered");
        continue;
      }
      String name = delivery.uri().substring(("gs://" + UnreliableStore.BUCKET + "/").length());
      told.add(name);
      if (names.contains(name)) {
        object(name, delivery, studio.finalVideo(work.row().name()), problems);
      }
    }
    if (!told.equals(new HashSet<>(names)) || names.size() != Round.NAMES.size()) {
      problems.add("the store holds " + names + ", delivered are " + told);
    }
  }

  private void object(String name, DeliveryRow delivery, Path video, List<String> problems)
      throws Exception {
    Path file = gcs.file(UnreliableStore.BUCKET, name);
    int times = gcs.creations(UnreliableStore.BUCKET, name);
    if (times != 1) {
      problems.add(name + " was made " + times + " times");
    }
    if (!crc32c(Files.readAllBytes(file)).equals(delivery.checksum())) {
      problems.add(name + " has another CRC32C than " + delivery.checksum());
    }
    if (!Files.exists(video)) {
      return;
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] inside =
          zip.getInputStream(zip.getEntry(video.getFileName().toString())).readAllBytes();
      if (!Arrays.equals(inside, Files.readAllBytes(video))) {
        problems.add(name + " holds another video than " + video);
      }
    }
  }

  private static String crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }

  /**
   * Every finished render was used, or was no good; every other one was cut off by a death of the
   * server, or by a fault that ended it.
   */
  private void renders(List<String> problems) throws Exception {
    Books books = Books.read(studio.output());
    Renders renders = Renders.of(journal);
    Map<String, Integer> finished = new HashMap<>();
    for (Journal.Line line : renders.lines()) {
      if (line.event().equals("success")) {
        finished.merge(line.prompt(), 1, Integer::sum);
      }
    }
    finished.forEach(
        (prompt, times) -> {
          if (times > 1) {
            problems.add("rendered " + times + " times as the same job: " + prompt);
          }
          Books.Attempt attempt = books.of(prompt).orElse(null);
          if (attempt == null || !(attempt.was("DONE") || attempt.wasBad())) {
            problems.add("rendered and not used: " + prompt + " of attempt " + attempt);
          }
        });
    long cutOff = renders.count("started") - ended(renders);
    if (cutOff > serverDeaths) {
      problems.add(cutOff + " renders were cut off by " + serverDeaths + " deaths of the server");
    }
  }

  private static long ended(Renders renders) {
    return renders.count("success") + renders.count("error") + renders.count("interrupted");
  }
}
