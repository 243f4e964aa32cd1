package dev.promptrunner.simulator;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.FrameReader;
import dev.promptrunner.media.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Graphs of the core nodes, and what became of them. */
final class Graphs {
  static final Path TEXT_TO_VIDEO = Path.of("workflows/wan22-t2v.json");
  static final Path FIRST_TO_LAST = Path.of("workflows/wan22-first-last.json");

  private Graphs() {}

  static ObjectNode read(Path workflow) throws IOException {
    return (ObjectNode) Json.read(Files.readAllBytes(workflow));
  }

  /** The text-to-video example, shorter and smaller. */
  static ObjectNode small() throws IOException {
    ObjectNode graph = read(TEXT_TO_VIDEO);
    inputs(graph, "5").put("width", 160).put("height", 96).put("length", 5);
    return graph;
  }

  /** A checkpoint, two prompts, a sampler, one picture. */
  static ObjectNode textToImage() {
    return (ObjectNode)
        Json.read(
            """
            {"1": {"class_type": "CheckpointLoaderSimple",
                   "inputs": {"ckpt_name": "sd_xl_base_1.0.safetensors"}},
             "2": {"class_type": "LoraLoader",
                   "inputs": {"model": ["1", 0], "clip": ["1", 1],
                     "lora_name": "character.safetensors",
                     "strength_model": 0.8, "strength_clip": 0.8}},
             "3": {"class_type": "CLIPTextEncode",
                   "inputs": {"text": "a green valley under a pink sky", "clip": ["2", 1]}},
             "4": {"class_type": "CLIPTextEncode",
                   "inputs": {"text": "blurry", "clip": ["2", 1]}},
             "5": {"class_type": "EmptyLatentImage",
                   "inputs": {"width": 128, "height": 96, "batch_size": 1}},
             "6": {"class_type": "KSampler",
                   "inputs": {"model": ["2", 0], "positive": ["3", 0], "negative": ["4", 0],
                     "latent_image": ["5", 0], "seed": 1, "steps": 8, "cfg": 7.0,
                     "sampler_name": "euler", "scheduler": "normal", "denoise": 1.0}},
             "7": {"class_type": "VAEDecode", "inputs": {"samples": ["6", 0], "vae": ["1", 2]}},
             "8": {"class_type": "SaveImage",
                   "inputs": {"images": ["7", 0], "filename_prefix": "still"}}}
            """);
  }

  static ObjectNode inputs(ObjectNode graph, String node) {
    return (ObjectNode) graph.path(node).path("inputs");
  }

  /** The file that an output node shows among its images. */
  static Path file(Path output, JsonNode record, String node) {
    JsonNode status = record.path("status");
    if (!status.path("status_str").asString("").equals("success")) {
      throw new AssertionError(status);
    }
    JsonNode image = record.path("outputs").path(node).path("images").path(0);
    return output
        .resolve(image.path("subfolder").asString())
        .resolve(image.path("filename").asString());
  }

  static List<Picture> pictures(Path video) throws Exception {
    List<Picture> pictures = new ArrayList<>();
    try (FrameReader reader = FrameReader.open(video)) {
      for (Optional<Picture> p = reader.next(); p.isPresent(); p = reader.next()) {
        pictures.add(p.get());
      }
    }
    return pictures;
  }

  /** The mean difference of two pictures of one size in levels of 255. */
  static double difference(Picture a, Picture b) {
    if (!a.size().equals(b.size())) {
      throw new AssertionError(a.size() + " and " + b.size());
    }
    long sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs((a.rgb()[i] & 255) - (b.rgb()[i] & 255));
    }
    return (double) sum / a.rgb().length;
  }

  /** A picture of one colour, 0xRRGGBB. */
  static Picture plain(FrameSize size, int colour) {
    byte[] rgb = new byte[size.width() * size.height() * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (colour >> 16 - i % 3 * 8);
    }
    return new Picture(size.width(), size.height(), rgb);
  }
}
