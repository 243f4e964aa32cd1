package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.FrameRange;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.ComfySettings;
import dev.promptrunner.comfy.OutputFile;
import dev.promptrunner.execution.Placement;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Piece;
import dev.promptrunner.media.TestPattern;
import dev.promptrunner.media.VideoJoiner;
import dev.promptrunner.media.VideoProbe;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreException;
import dev.promptrunner.store.WorkRow;
import dev.promptrunner.testing.ScriptedComfy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real disk of a few megabytes that fills up in the middle of a run. */
@Timeout(300)
class DiskFullIT {
  private static final int CHUNKS = 4;
  private static final int FRAMES = 8 * CHUNKS;

  @TempDir Path folder;

  @Test
  void below_the_floor_the_run_pauses_and_goes_on_when_there_is_room() throws Exception {
    Studio studio = studio();
    try (SmallDisk disk = SmallDisk.mount(studio.output(), 24);
        Child run = child(studio)) {
      run.awaitOutput("\"type\":\"job_done\"");
      disk.fill(700_000);
      run.awaitOutput("\"type\":\"paused\"");
      assertThat(run.isAlive()).as(run.err()).isTrue();
      disk.free();

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out())
          .containsOnlyOnce("\"type\":\"resumed\"")
          .contains(" free, ", "disk.floor is 1.0 MB");
      assertWhole(studio);
    }
  }

  @Test
  void filled_to_the_last_byte_it_ends_or_waits_in_plain_words_and_loses_nothing()
      throws Exception {
    Studio studio = studio().set("disk.patience", "0s");
    try (SmallDisk disk = SmallDisk.mount(studio.output(), 24)) {
      try (Child run = child(studio)) {
        run.awaitOutput("\"type\":\"job_done\"");
        disk.fill(0);
        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.out() + run.err())
            .doesNotContain("error of Prompt Runner itself")
            .doesNotContain("a defect of this program")
            .containsAnyOf(
                "no further job is begun; free some space", "free some space and run again");
      }
      disk.free();
      try (Child again = child(studio)) {
        assertThat(again.exit()).as(again.err()).isZero();
      }
      assertWhole(studio);
    }
  }

  @Test
  void a_join_on_a_full_disk_leaves_no_half_file_and_names_the_disk() throws Exception {
    Path clip = folder.resolve("clip.mp4");
    TestPattern.write(clip, Studio.SIZE, FrameRate.of(16), 200);
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 1)) {
      disk.fill(8_192);
      Path target = disk.folder().resolve("joined.mp4");
      FrameRange all = new FrameRange(0, VideoProbe.probe(clip).frames());
      List<Piece> pieces = List.of(new Piece(clip, all), new Piece(clip, all));

      MediaException failed =
          catchThrowableOfType(
              MediaException.class, () -> VideoJoiner.join(pieces, target, Map.of()));

      assertThat(failed.asFailure(target))
          .isInstanceOf(Failure.Disk.class)
          .satisfies(f -> assertThat(f.found()).startsWith("no space left on device: "));
      disk.free();
      assertThat(disk.folder()).isEmptyDirectory();
    }
  }

  @Test
  void a_copy_onto_a_full_disk_leaves_no_half_file() throws Exception {
    Path whole = Files.write(folder.resolve("whole"), new byte[300_000]);
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 1)) {
      disk.fill(100_000);

      assertThatThrownBy(() -> Placement.link(whole, disk.folder().resolve("copy")))
          .isInstanceOf(IOException.class)
          .satisfies(e -> assertThat(IoReason.disk("copying", disk.folder(), 0, e)).isPresent());

      disk.free();
      assertThat(disk.folder()).isEmptyDirectory();
    }
  }

  @Test
  void a_store_on_a_full_disk_says_so_and_keeps_all_that_it_had_promised() throws Exception {
    InstantSource clock = InstantSource.system();
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 4)) {
      List<WorkRow> kept = new ArrayList<>();
      try (Store store = Store.open(disk.folder(), clock, 1)) {
        disk.fill(200_000);
        StoreException failed =
            catchThrowableOfType(StoreException.class, () -> rememberMany(store, kept));
        assertThat(failed.isOfTheDisk()).isTrue();
        assertThat(failed.getMessage()).contains("state.db").contains("disk");
        disk.free();
      }
      try (Store store = Store.open(disk.folder(), clock, 1)) {
        assertThat(store.works()).hasSize(kept.size()).isNotEmpty();
      }
    }
  }

  private static void rememberMany(Store store, List<WorkRow> kept) {
    for (int i = 0; i < 100_000; i++) {
      WorkRow row =
          WorkRow.open(new WorkKey(Digest.of("work " + i)), "walk" + i, "p/walk" + i + ".txt", 500);
      store.rememberWork(row);
      kept.add(row);
    }
  }

  @Test
  void a_download_without_an_end_stops_before_the_disk_does() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 80);
        ScriptedComfy server = new ScriptedComfy();
        ComfyServer comfy = ComfyServer.connect(ComfySettings.of(server.url()))) {
      server.on("GET /view", (_, socket) -> endless(socket));
      OutputFile file = new OutputFile("9", "gifs", "a.mp4", "", "output", Optional.empty());

      FailureException failed =
          catchThrowableOfType(
              FailureException.class, () -> comfy.fetch(file, disk.folder().resolve("a.mp4")));

      assertThat(failed.failure()).isInstanceOf(Failure.BadOutput.class);
      assertThat(failed.failure().found()).startsWith("it has more than 1");
      assertThat(disk.folder()).isEmptyDirectory();
    }
  }

  private static boolean endless(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    while (true) {
      out.write(new byte[1 << 20]);
    }
  }

  private void assertWhole(Studio studio) throws Exception {
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 2));
    assertThat(Renders.halfFiles(studio.output())).isEmpty();
  }

  private Studio studio() throws Exception {
    Studio studio = new Studio(folder).set("engine", "simulator").set("simulator.step", "60ms");
    studio.set("frames-per-chunk", FRAMES / CHUNKS).prompt("walk", FRAMES, FRAMES + 4);
    return studio;
  }

  private Child child(Studio studio) throws IOException {
    return Child.start(folder.resolve("logs"), studio.environment(), "run", "--json");
  }
}
