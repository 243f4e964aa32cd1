package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.ComfySettings;
import dev.promptrunner.comfy.Folders;
import dev.promptrunner.comfy.OutputFile;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that a server names, and what it does not get with them. */
class StrangeFilesTest {
  @TempDir Path dir;
  private Path output;
  private Path staging;
  private Path secret;
  private Folders folders;

  @BeforeEach
  void prepare() throws IOException {
    output = Files.createDirectories(dir.resolve("server/output"));
    Path input = Files.createDirectories(dir.resolve("server/input"));
    staging = Files.createDirectories(dir.resolve("root/.staging/id"));
    secret = Files.writeString(dir.resolve("secret.key"), "private");
    folders = new Folders(Optional.of(input), Optional.of(output), Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "../../secret.key,''",
    "secret.key,../..",
    "secret.key,/",
    "'a\u0000b',''",
    "'\ud800.mp4',''",
    "..,''"
  })
  void no_name_leads_out_of_the_servers_folder_or_of_ours(String name, String subfolder)
      throws Exception {
    OutputFile file = file(name, subfolder);
    try (ComfyServer server =
        ComfyServer.connect(ComfySettings.of(URI.create("http://127.0.0.1:9")))) {
      for (ServerFiles files :
          new ServerFiles[] {new SharedDisk(folders), new RemoteServer(server, folders)}) {
        Failure failure = failure(files, file);
        assertThat(failure).isInstanceOf(Failure.BadOutput.class);
        assertThat(failure.remedy())
            .isEqualTo("the workflow's output node must save below the server's output folder");
      }
    }
    assertThat(staging).isEmptyDirectory();
  }

  @Test
  void a_symbolic_link_out_of_the_servers_folder_is_not_taken() throws Exception {
    Files.createSymbolicLink(output.resolve("walk.mp4"), secret);
    Files.createSymbolicLink(output.resolve("away"), dir);

    Failure link = failure(new SharedDisk(folders), file("walk.mp4", ""));
    Failure folder = failure(new SharedDisk(folders), file("secret.key", "away"));

    assertThat(link.found())
        .isEqualTo("it is a symbolic link to %s, outside of %s".formatted(secret, output));
    assertThat(folder).isInstanceOf(Failure.BadOutput.class);
    assertThat(staging).isEmptyDirectory();
  }

  @Test
  void a_link_within_the_servers_folder_is_taken_as_the_file_that_it_means() throws Exception {
    Path real = Files.writeString(output.resolve("real.mp4"), "video");
    Files.createSymbolicLink(output.resolve("walk.mp4"), Path.of("real.mp4"));

    Path taken = new SharedDisk(folders).take(file("walk.mp4", ""), staging);

    assertThat(Files.isSymbolicLink(taken)).isFalse();
    assertThat(taken).hasSameBinaryContentAs(real);
  }

  @Test
  void an_output_folder_that_is_itself_a_link_is_as_good_as_any() throws Exception {
    Path other = Files.createDirectories(dir.resolve("volume"));
    Files.createSymbolicLink(output.resolve(ServerFiles.WORK), other);
    Files.createDirectories(other.resolve("id"));
    Files.writeString(other.resolve("id/walk.mp4"), "video");

    Path taken = new SharedDisk(folders).take(file("walk.mp4", ServerFiles.WORK + "/id"), staging);

    assertThat(taken).hasContent("video");
  }

  @Test
  void what_was_left_behind_as_a_link_is_not_taken_either() throws Exception {
    Path order = Files.createDirectories(output.resolve(ServerFiles.WORK).resolve("id"));
    Files.createSymbolicLink(order.resolve("walk_00001.mp4"), secret);
    SharedDisk disk = new SharedDisk(folders);

    FailureException failed =
        catchThrowableOfType(
            FailureException.class,
            () ->
                disk.takeLeft(
                    java.util.Map.of(
                        dev.promptrunner.plan.Role.SEGMENT, disk.leftBehind("id").getFirst()),
                    staging));

    assertThat(failed.failure().found()).contains("symbolic link");
    assertThat(staging).isEmptyDirectory();
  }

  @Test
  void a_latent_whose_header_would_fill_the_memory_is_not_whole() throws IOException {
    Path file = dir.resolve("huge.latent");
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(90_000_000);
    try (var channel =
        java.nio.channels.FileChannel.open(
            file,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(head.flip());
      channel.write(ByteBuffer.allocate(1), 90_000_100);
    }

    assertThat(Leftovers.isWholeLatent(file)).isFalse();
  }

  @Test
  void a_relative_link_to_a_control_video_still_leads_to_it_in_the_servers_folder()
      throws Exception {
    Path videos = Files.createDirectories(dir.resolve("videos"));
    Path prompts = Files.createDirectories(dir.resolve("prompts"));
    Files.writeString(videos.resolve("walk.mp4"), "control");
    Path link =
        Files.createSymbolicLink(prompts.resolve("walk.mp4"), Path.of("../videos/walk.mp4"));

    String name = new SharedDisk(folders).inputFile(link);

    assertThat(folders.input().orElseThrow().resolve(name)).hasContent("control");
    try (Stream<Path> all = Files.list(folders.input().orElseThrow())) {
      assertThat(all).hasSize(1);
    }
  }

  private Failure failure(ServerFiles files, OutputFile file) {
    return catchThrowableOfType(FailureException.class, () -> files.take(file, staging)).failure();
  }

  private static OutputFile file(String name, String subfolder) {
    return new OutputFile("340", "gifs", name, subfolder, "output", Optional.empty());
  }
}
