package dev.promptrunner.simulator.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every node class that the simulator can run, by name. */
public final class Nodes {
  /** Stands in the metadata of every file with frames, so that none passes for a render. */
  public static final String MARK = "Prompt Runner simulator";

  private static final Node.Freshness SAME = (literals, folders) -> Optional.of("");

  private static final Map<String, Type> TYPES = types();

  private Nodes() {}

  /** A class: what it does, and when its result goes stale. */
  private record Type(Node node, Node.Freshness freshness) {}

  /** What the class does; empty when the simulator cannot run it. */
  public static Optional<Node> find(String name) {
    return Optional.ofNullable(TYPES.get(name)).map(Type::node);
  }

  /** What besides its inputs makes the class's result; see {@link Node.Freshness}. */
  public static Optional<String> freshness(String name, Inputs literals, Folders folders) {
    Type type = TYPES.get(name);
    return (type == null ? SAME : type.freshness()).of(literals, folders);
  }

  private static Map<String, Type> types() {
    Map<String, Type> types = new HashMap<>();
    plain().forEach((name, node) -> types.put(name, new Type(node, SAME)));
    CoreNodes.all().forEach((name, node) -> types.put(name, new Type(node, SAME)));
    types.put("VHS_LoadVideo", new Type(VideoNodes::loadUploaded, VideoNodes::uploadedStamp));
    types.put("VHS_LoadVideoPath", new Type(VideoNodes::loadPath, VideoNodes::pathStamp));
    types.put("LoadImage", new Type(ImageNodes::loadUploaded, ImageNodes::uploadedStamp));
    types.put("Load Image From Path [DVB]", new Type(ImageNodes::loadPath, ImageNodes::pathStamp));
    types.put("LoadLastLatent", new Type(LatentNodes::newest, (in, folders) -> Optional.empty()));
    return Map.copyOf(types);
  }

  private static Map<String, Node> plain() {
    Map<String, Node> nodes = new HashMap<>();
    for (String settings :
        List.of(
            "WanVideoTorchCompileSettings",
            "WanVideoBlockSwap",
            "LoadWanVideoT5TextEncoder",
            "WanVideoVAELoader",
            "WanVideoTextEncode",
            "WanVideoEnhanceAVideo",
            "WanVideoLoraSelect")) {
      nodes.put(settings, (inputs, context) -> NodeResult.of(inputs));
    }
    nodes.put("INTConstant", ValueNodes::constant);
    nodes.put("PrimitiveInt", ValueNodes::constant);
    nodes.put("Seed Everywhere", ValueNodes::seed);
    nodes.put("Divide [DVB]", ValueNodes::divide);
    nodes.put("WanVideoModelLoader", WanNodes::load);
    nodes.put("WanVideoVACEEncode", WanNodes::encode);
    nodes.put("WanVideoSampler", WanNodes::sample);
    nodes.put("WanVideoDecode", WanNodes::decode);
    nodes.put("SaveLatentWithPath", LatentNodes::save);
    nodes.put("GetLatentRangeFromBatch", LatentNodes::range);
    nodes.put("VHS_VideoCombine", VideoCombine::run);
    nodes.put("SaveImage", ImageNodes::save);
    nodes.put("PreviewImage", ImageNodes::preview);
    nodes.put("EmptyImage", ImageNodes::empty);
    nodes.put("CRTFirstLastFrameSelector", BatchNodes::firstAndLast);
    nodes.put("ImageBatchMultiple+", BatchNodes::join);
    nodes.put("CR Upscale Image", BatchNodes::upscale);
    nodes.put("RIFE VFI", BatchNodes::interpolate);
    nodes.put("DepthAnythingV2Preprocessor", (in, context) -> BatchNodes.same(in, "image"));
    nodes.put("FastFilmGrain", (in, context) -> BatchNodes.same(in, "images"));
    nodes.put("BatchColorCorrection", (in, context) -> BatchNodes.same(in, "images"));
    nodes.put("easy cleanGpuUsed", ValueNodes::pass);
    return nodes;
  }
}
