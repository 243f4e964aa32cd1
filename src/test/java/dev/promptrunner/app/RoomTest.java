package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
  @TempDir Path folder;

  @Test
  void a_folder_that_cannot_be_read_for_a_moment_leaves_its_room_unknown() throws Exception {
    Path root = folder.resolve("output");
    Room room = new Room(root);

    assertThat(room.usable()).isEmpty();

    Files.createDirectory(root);
    assertThat(room.usable().orElseThrow()).isPositive();
  }
}
