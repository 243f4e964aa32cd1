package dev.promptrunner.sheet;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import dev.promptrunner.explore.result.ResultJson;
import dev.promptrunner.media.MediaException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A sweep as it looks the morning after: most runs done, some failed, some open, one file damaged.
 * Its measures follow its parameters, so that the charts have something to show.
 */
final class SampleSweep {
  static final String HTML =
      "a lighthouse <img src=x onerror=\"document.title='owned'\">&amp; gulls";
  static final BigInteger SEED = new BigInteger("18446744073709551000");
  static final String TEXT =
      """
      # Which cfg suits the lighthouse?
      workflow: wan-t2v.json
      name: lighthouse
      strategy: sobol
      num_samples: 42
      parameters:
        sampler_cfg:        # higher is harder
          type: continuous
          min: 3
          max: 9
        sampler_steps:
          type: linear
          min: 10
          max: 30
          step: 5
        sampler_scheduler:
          type: values
          values: [euler, "dpmpp_2m", uni_pc]
        positive_text:
          type: prompt
          values:
            - "a lighthouse <img src=x onerror=\\"document.title='owned'\\">&amp; gulls"
            - a harbour in fog, slow pan, muted colours, 35 mm
        seed:
          type: random_seed
      """;

  private static final List<String> SCHEDULERS = List.of("euler", "dpmpp_2m", "uni_pc");
  private static final List<String> PROMPTS =
      List.of(HTML, "a harbour in fog, slow pan, muted colours, 35 mm");
  private static final int DIFFERENT = 12;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Path folder;
  private final FrameSize size;
  private final Random random = new Random(7);
  private final List<Result> results = new ArrayList<>();
  private final List<List<byte[]>> posters = new ArrayList<>();

  SampleSweep(Path folder, FrameSize size) {
    this.folder = folder;
    this.size = size;
  }

  /** The frames of the video with this number. */
  static int frames(int tint) {
    return 25 + 8 * (tint % 3);
  }

  /** So many results, of which the last six are not done well. */
  SampleSweep with(int count) throws IOException, MediaException {
    Path source = Files.createDirectories(folder.resolve(".videos"));
    for (int tint = 0; tint < Math.min(DIFFERENT, count); tint++) {
      SampleVideos.write(source.resolve(tint + ".mp4"), size, frames(tint), tint);
      posters.add(SampleVideos.posters(size, frames(tint), tint));
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Result result = result(i, i < count - 6 ? Result.State.DONE : late(count - i));
      results.add(result);
      if (!result.files().isEmpty()) {
        Path file = folder.resolve(result.files().getFirst());
        Files.createDirectories(file.getParent());
        Files.createLink(file, source.resolve(i % DIFFERENT + ".mp4"));
      }
      lines.append(ResultJson.write(result)).append('\n');
    }
    Files.writeString(folder.resolve(ResultFolder.LINES), lines.append("{\"run\":\"04"));
    return this;
  }

  private static Result.State late(int left) {
    return switch (left) {
      case 1, 2 -> Result.State.OPEN;
      case 3, 4, 5 -> Result.State.FAILED;
      default -> Result.State.DONE;
    };
  }

  private Result result(int i, Result.State state) {
    String run = "%03d".formatted(i + 1);
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    parameters.put("sampler_cfg", JSON.numberNode(3 + 6 * random.nextDouble()));
    parameters.put("sampler_steps", JSON.numberNode(10 + 5 * random.nextInt(5)));
    parameters.put("sampler_scheduler", JSON.stringNode(SCHEDULERS.get(i % 3)));
    parameters.put("positive_text", JSON.stringNode(PROMPTS.get(i % 2)));
    parameters.put("seed", JSON.numberNode(SEED.add(BigInteger.valueOf(random.nextInt(600)))));
    parameters.put("unet_name", JSON.stringNode("wan2.1_t2v_14B_fp8_scaled.safetensors"));
    parameters.put("size", JSON.stringNode(size.toString()));
    parameters.put("shift", JSON.numberNode(5));
    return new Result(
        run,
        i + 1,
        1 + i / 2,
        "",
        state,
        parameters,
        state == Result.State.DONE ? List.of(run + "/video.mp4") : List.of(),
        i % 4 == 0 ? List.of(16) : List.of(),
        state == Result.State.DONE
            ? Optional.of(
                Duration.ofMillis(41000 + 1700L * parameters.get("sampler_steps").asInt()))
            : Optional.empty(),
        state == Result.State.FAILED
            ? Optional.of(
                new Result.Why(
                    "OutOfMemory",
                    "the sampler wanted 23.4 GB, the GPU has 22.1 GB free",
                    "use a smaller frame size, or fp8 weights"))
            : Optional.empty(),
        "%064x".formatted(i));
  }

  List<Result> results() {
    return results;
  }

  /** Looks at what {@link #with} wrote; the sixth from the end is damaged. */
  Looker looker() {
    return (file, _, _) -> {
      int i = Integer.parseInt(file.getParent().getFileName().toString()) - 1;
      if (i == results.size() - 6) {
        throw new FailureException(
            new Failure.BadOutput(
                "decoding " + file.getParent().getFileName() + "/video.mp4",
                "the index of the file is missing (moov atom not found)",
                "render this run again"));
      }
      int tint = i % DIFFERENT;
      return new Look(frames(tint), size, SampleVideos.RATE, posters.get(tint), measures(i));
    };
  }

  private Map<String, Double> measures(int i) {
    Random noise = new Random(i);
    double cfg = results.get(i).parameters().get("sampler_cfg").doubleValue();
    double steps = results.get(i).parameters().get("sampler_steps").doubleValue();
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put("sharpness", 120 + 22 * cfg + 4 * steps + 25 * noise.nextGaussian());
    measures.put("motion", Math.max(0.2, 6.1 - 0.45 * cfg + 0.5 * noise.nextGaussian()));
    measures.put("flicker", 0.004 * cfg + 0.004 * noise.nextDouble());
    measures.put("colour_drift", Math.abs(1.8 + 0.4 * noise.nextGaussian()));
    if (i % 4 == 0) {
      measures.put("seam", 1.1 + 0.2 * noise.nextDouble());
    }
    measures.put("black", 0.0);
    measures.put("frozen", i % 11 == 5 ? 0.24 : 0);
    return measures;
  }

  /** The sweep file that made them. */
  static SweepSource source() {
    return new SweepSource(
        "lighthouse.yaml",
        TEXT,
        List.of(
            range("sampler_cfg", "continuous", 3, 9, Optional.empty()),
            range("sampler_steps", "linear", 10, 30, Optional.of(new BigDecimal(5))),
            choice("sampler_scheduler", "values", SCHEDULERS),
            choice("positive_text", "prompt", PROMPTS),
            choice("seed", "random_seed", List.of())));
  }

  private static SweepSource.Swept range(
      String name, String type, int min, int max, Optional<BigDecimal> step) {
    return new SweepSource.Swept(
        name,
        name,
        type,
        Optional.of(new BigDecimal(min)),
        Optional.of(new BigDecimal(max)),
        step,
        List.of());
  }

  private static SweepSource.Swept choice(String name, String type, List<String> values) {
    JsonNode array = JsonMapper.shared().valueToTree(values);
    return new SweepSource.Swept(
        name,
        name,
        type,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.copyOf(array.values()));
  }

  /** The sheet of it. */
  ContactSheet.Written sheet() throws Exception {
    return new ContactSheet(new Looking(looker(), 2))
        .write(
            ResultFolder.read(folder),
            new SheetOptions("lighthouse", true, Optional.empty(), Optional.of(source())),
            (_, _) -> {});
  }
}
