package dev.promptrunner.simulator.node;

import dev.promptrunner.media.MediaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Latents between jobs. A relative folder is one below the output folder. */
final class LatentNodes {
  private static final Comparator<Path> BY_NAME = Comparator.comparing(Path::getFileName);
  private static final Comparator<Path> BY_DATE =
      Comparator.comparingLong(LatentNodes::modified).thenComparing(BY_NAME);

  private LatentNodes() {}

  static NodeResult save(Inputs inputs, NodeContext context)
      throws NodeException, MediaException, IOException, InterruptedException {
    Latent latent = inputs.get("latent", Latent.class);
    Path folder = folder(inputs, context).resolve(inputs.text("subfolder_name", "")).normalize();
    Files.createDirectories(folder);
    String name = inputs.text("filename", "latent");
    int counter = count(folder, name) + 1;
    Path file = folder.resolve("%s_%05d.latent".formatted(name, counter));
    LatentFile.write(file, latent.samples(), LatentNodes::stopWhenInterrupted);
    return NodeResult.of(latent);
  }

  private static void stopWhenInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the server is closing");
    }
  }

  /** The latent written last to a folder, or the last by name. */
  static NodeResult newest(Inputs inputs, NodeContext context) throws NodeException, IOException {
    Path folder = folder(inputs, context);
    Comparator<Path> order = inputs.text("sort_by", "date").equals("date") ? BY_DATE : BY_NAME;
    List<Path> latents = latents(folder).stream().sorted(order).toList();
    if (latents.isEmpty()) {
      throw new NodeException("FileNotFoundError", "no .latent in " + folder);
    }
    boolean invert = inputs.flag("invert_order", false);
    Path chosen = invert ? latents.getFirst() : latents.getLast();
    return NodeResult.of(new Latent(LatentFile.read(chosen)));
  }

  static NodeResult range(Inputs inputs, NodeContext context) throws NodeException {
    Frames samples = inputs.get("latents", Latent.class).samples();
    int asked = inputs.integer("start_index", 0);
    int start = asked < 0 ? Math.max(0, samples.count() + asked) : asked;
    if (start >= samples.count()) {
      throw new NodeException(
          "ValueError", "start_index " + start + " of a latent with " + samples.count());
    }
    int wanted = Math.max(1, inputs.integer("num_frames", 1));
    int count = Math.min(wanted, samples.count() - start);
    return NodeResult.of(new Latent(new FrameSlice(samples, start, count)));
  }

  private static Path folder(Inputs inputs, NodeContext context) {
    return context.folders().output().resolve(inputs.text("folder_path", "")).normalize();
  }

  private static int count(Path folder, String name) throws IOException {
    return (int)
        latents(folder).stream()
            .filter(file -> file.getFileName().toString().startsWith(name + "_"))
            .count();
  }

  private static List<Path> latents(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".latent"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
