package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  private static final int THREADS = 4;

  @TempDir Path folder;

  private void atOnce(Task task) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        calls.add(
            () -> {
              task.run(thread);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(calls, 120, TimeUnit.SECONDS)) {
        done.get();
      }
    }
  }

  private interface Task {
    void run(int thread) throws Exception;
  }

  @Test
  void videos_are_written_joined_and_cut_side_by_side() throws Exception {
    atOnce(
        thread -> {
          int first = thread * 1000;
          Path clip = Clips.plain(folder.resolve("clip_" + thread + ".mp4"), first, 40);
          Path joined = folder.resolve("joined_" + thread + ".mp4");
          VideoJoiner.join(List.of(Clips.all(clip), Clips.some(clip, 3, 35)), joined);
          List<Integer> expected = new ArrayList<>(Clips.range(first, first + 40));
          expected.addAll(Clips.range(first + 3, first + 38));
          assertThat(Clips.numbers(joined)).isEqualTo(expected);
          assertThat(TestPattern.readNumber(ReferenceFrames.frame(joined, 41))).hasValue(first + 4);
        });
  }

  @Test
  void every_thread_is_told_its_own_files_fault() throws Exception {
    Path text = Files.writeString(folder.resolve("text.mp4"), "nothing to see here, move along");
    Path half = folder.resolve("half.mp4");
    Path last =
        OtherFormats.withIndexLast(
            Clips.plain(folder.resolve("clip.mp4"), 0, 20), folder.resolve("last.mp4"));
    byte[] bytes = Files.readAllBytes(last);
    Files.write(half, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    atOnce(
        thread -> {
          for (int i = 0; i < 50; i++) {
            boolean even = (thread + i) % 2 == 0;
            assertThatThrownBy(() -> VideoProbe.probe(even ? text : half))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining(even ? "not a video" : "the file is truncated");
          }
        });
  }

  @Test
  void two_writers_of_one_target_leave_one_whole_file() throws Exception {
    Path target = folder.resolve("same.mp4");
    atOnce(thread -> Clips.plain(target, thread * 100, 10));
    List<Integer> numbers = Clips.numbers(target);
    assertThat(numbers).isEqualTo(Clips.range(numbers.getFirst(), numbers.getFirst() + 10));
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(target);
    }
  }
}
