package dev.promptrunner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.e2e.Studio;
import dev.promptrunner.testing.FakeGcs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The proof after a chaos run sees what it is there for: a good run passes, and no spoilt one. */
@Timeout(120)
@Tag("crash")
class ProofIT {
  @TempDir Path folder;

  @Test
  void a_good_run_passes_and_whatever_is_spoilt_is_told() throws Exception {
    try (FakeGcs gcs =
        FakeGcs.start(Files.createDirectory(folder.resolve("gcs")))
            .withBucket(UnreliableStore.BUCKET)) {
      Studio studio = rendered(gcs);
      assertThat(problems(studio, gcs)).isEmpty();

      gcs.put(UnreliableStore.BUCKET, "round1/walk_twice.zip", new byte[] {1});
      assertThat(problems(studio, gcs)).singleElement().asString().contains("walk_twice.zip");
      gcs.remove(UnreliableStore.BUCKET, "round1/walk_twice.zip");

      Path half = Files.createFile(studio.output().resolve("half.mp4.part"));
      assertThat(problems(studio, gcs)).containsExactly("left behind: " + half);
      Files.delete(half);

      String journal = Files.readString(journal());
      String success =
          journal.lines().filter(line -> line.contains("\"success\"")).findFirst().orElseThrow();
      Files.writeString(journal(), journal + success + "\n");
      assertThat(problems(studio, gcs)).anyMatch(told -> told.startsWith("rendered 2 times"));
      Files.writeString(journal(), journal + success.replaceAll("[0-9a-f]{8}-", "00000000-"));
      assertThat(problems(studio, gcs)).anyMatch(told -> told.startsWith("rendered and not used"));
      Files.writeString(journal(), journal + success.replace("\"success\"", "\"started\""));
      assertThat(problems(studio, gcs))
          .containsExactly("1 renders were cut off by 0 deaths of the server");
      Files.writeString(journal(), journal);

      Files.copy(
          studio.prompts().resolve("walk.mp4"),
          studio.finalVideo("walk"),
          StandardCopyOption.REPLACE_EXISTING);
      Files.delete(studio.finalVideo("fall"));
      assertThat(problems(studio, gcs))
          .anyMatch(told -> told.startsWith("there is no "))
          .anyMatch(told -> told.contains(" holds the frames "))
          .anyMatch(told -> told.contains(" holds another video than "));
    }
  }

  private Studio rendered(FakeGcs gcs) throws Exception {
    Studio studio = new Studio(folder).set("engine", "simulator");
    studio.set("frames-per-chunk", Round.FRAMES / Round.CHUNKS);
    studio.set("simulator.journal", journal()).set("delivery.host", gcs.host());
    studio.set("deliver", "gs://" + UnreliableStore.BUCKET + "/round1");
    for (String name : Round.NAMES) {
      studio.prompt(name, Round.FRAMES, Round.FRAMES + 4);
    }
    assertThat(studio.run().exit()).isZero();
    return studio;
  }

  private List<String> problems(Studio studio, FakeGcs gcs) throws Exception {
    return new Proof(studio, gcs, "round1", journal(), 0).problems();
  }

  private Path journal() {
    return folder.resolve("journal");
  }
}
