package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;

/** What can be seen from a value alone. */
final class Literals {
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,40}(\\.\\d{1,40})?");
  private static final Pattern MODEL =
      ending("safetensors|gguf|ckpt|pth|pt|bin|onnx|sft|engine|pkl");
  private static final Pattern MEDIA =
      ending(
          "png|jpg|jpeg|webp|gif|bmp|tif|tiff|exr|mp4|mov|mkv|webm|avi|m4v"
              + "|wav|mp3|flac|ogg|opus|m4a|aac|latent|glb");

  private Literals() {}

  private static Pattern ending(String extensions) {
    return Pattern.compile("(?s)[^\\n]*[^\\n.]\\.(" + extensions + ")( \\[(input|output|temp)])?");
  }

  /** As a server reads it: text that is a number is one. */
  static Optional<BigDecimal> number(JsonNode value) {
    if (value instanceof NumericNode number) {
      return number.isNaN() ? Optional.empty() : Optional.of(value.decimalValue());
    }
    return value.isString() && NUMBER.matcher(value.stringValue().strip()).matches()
        ? Optional.of(new BigDecimal(value.stringValue().strip()))
        : Optional.empty();
  }

  static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  /** A file that holds weights. */
  static boolean isModelFile(JsonNode value) {
    return matches(MODEL, value);
  }

  /** A picture, a video, a sound or a latent. */
  static boolean isMediaFile(JsonNode value) {
    return matches(MEDIA, value);
  }

  private static boolean matches(Pattern pattern, JsonNode value) {
    return value.isString()
        && pattern.matcher(value.stringValue().strip().toLowerCase(Locale.ROOT)).matches();
  }
}
