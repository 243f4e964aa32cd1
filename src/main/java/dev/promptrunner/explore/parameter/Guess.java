package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The type of an input that nobody knows, from its name and its value. */
final class Guess {
  private static final Pattern SEED = Pattern.compile("(?i)(.*[_ ])?(noise_?)?seed([_ ]?\\d+)?");
  private static final Pattern PROSE =
      Pattern.compile(
          "(?i)(.*_)?(text|prompt|prompts|caption|description|lyrics|tags|script|instruct"
              + "|instruction|dialogue|wildcard_text)(_[a-z0-9])?");
  private static final Pattern CHOSEN =
      Pattern.compile(
          "(?i)(.*_)?(sampler|sampler_name|scheduler|mode|method|dtype|precision|device|type"
              + "|format|pix_fmt|codec|quantization|attention|backend|interpolation|resampling"
              + "|crop|preset|language|lang|voice|speaker|emotion|model|version|quality|channel"
              + "|operation|sort_by|sort_method|algorithm|variant|style|aspect_ratio|resize_method"
              + "|upscale_method|rope_function|normalization|condition|colormap|direction)");
  private static final Pattern FRACTION =
      Pattern.compile(
          "(?i)(.*_)?(cfg|cfg_scale|guidance|guidance_scale|denoise|denoising|strength|weight|shift"
              + "|percent|scale|scale_by|ratio|factor|eta|sigma|sigma_min|sigma_max|noise_aug"
              + "|threshold|opacity|temperature|top_p|alpha|beta|gamma|intensity|amount|seconds"
              + "|duration|speed|megapixels|repetition_penalty|volume|fps|frame_rate)"
              + "|(strength|denoise|guidance|weight)_.*");
  private static final BigDecimal SMALL_SEED = new BigDecimal("4294967295");
  private static final Set<String> SWITCH = Set.of("enable", "disable", "enabled", "disabled");

  private Guess() {}

  static boolean isSeed(String field) {
    return SEED.matcher(field).matches();
  }

  static Domain of(String field, JsonNode value) {
    ParameterType type = type(field, value);
    return type == ParameterType.SEED ? seed(value) : Domain.of(type);
  }

  /** Many nodes take no seed over 2³²−1, unless they have one. */
  private static Domain seed(JsonNode value) {
    BigDecimal now = Literals.number(value).orElse(BigDecimal.ZERO);
    BigDecimal most = now.compareTo(SMALL_SEED) > 0 ? Domain.LARGEST_SEED : SMALL_SEED;
    return new Domain(
        ParameterType.SEED,
        Optional.of(BigDecimal.ZERO.min(now)),
        Optional.of(most),
        Optional.empty(),
        List.of());
  }

  private static ParameterType type(String field, JsonNode value) {
    if (value.isBoolean()) {
      return ParameterType.BOOLEAN;
    }
    if (Literals.number(value).isPresent() && !(value.isString() && isProse(field, value))) {
      return numberType(field, value);
    }
    return value.isString() ? textType(field, value) : ParameterType.STRING;
  }

  private static ParameterType numberType(String field, JsonNode value) {
    boolean whole = Literals.number(value).filter(Literals::isWhole).isPresent();
    if (whole && isSeed(field)) {
      return ParameterType.SEED;
    }
    boolean written = value.isIntegralNumber() || (value.isString() && whole);
    return written && !FRACTION.matcher(field).matches()
        ? ParameterType.INTEGER
        : ParameterType.NUMBER;
  }

  private static ParameterType textType(String field, JsonNode value) {
    if (Literals.isModelFile(value)) {
      return ParameterType.CHOICE;
    }
    if (Literals.isMediaFile(value)) {
      return ParameterType.FILE;
    }
    if (isProse(field, value)) {
      return ParameterType.TEXT;
    }
    return CHOSEN.matcher(field).matches() || SWITCH.contains(value.stringValue())
        ? ParameterType.CHOICE
        : ParameterType.STRING;
  }

  private static boolean isProse(String field, JsonNode value) {
    return PROSE.matcher(field).matches() || value.stringValue().contains("\n");
  }
}
