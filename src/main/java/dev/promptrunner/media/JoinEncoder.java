package dev.promptrunner.media;

import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * How parts are encoded that are to stand beside copied ones.
 *
 * @param settings the same for all parts, so that one pair of parameter sets serves them all
 * @param parameterSets the pair
 */
record JoinEncoder(EncoderSettings settings, ParameterSets parameterSets) {
  /** Hardly any loss: the encoded parts are few, or would be the second generation. */
  private static final int CRF = 12;

  private static final String PRESET = "fast";

  /**
   * 0 is what segments come with; a set that this class made before is found again by its number.
   */
  private static final int FIRST_ID = 1;

  private static final int LAST_ID = 31;

  private static final Set<Integer> KEPT_FORMATS =
      Set.of(
          avutil.AV_PIX_FMT_YUV420P,
          avutil.AV_PIX_FMT_YUVJ420P,
          avutil.AV_PIX_FMT_YUV422P,
          avutil.AV_PIX_FMT_YUV444P,
          avutil.AV_PIX_FMT_YUVJ444P);

  /**
   * Looks for a number that is free among the sets; empty when the encoder cannot number its own.
   */
  static Optional<JoinEncoder> beside(ParameterSets taken, ScannedVideo first)
      throws MediaException {
    for (int id = FIRST_ID; id <= LAST_ID; id++) {
      JoinEncoder candidate = of(settings(first, id));
      if (taken.agreesWith(candidate.parameterSets())) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static JoinEncoder of(EncoderSettings settings) throws MediaException {
    try (H264Encoder encoder = H264Encoder.open(settings)) {
      return new JoinEncoder(settings, ParameterSets.ofAnnexB(encoder.header()));
    }
  }

  private static EncoderSettings settings(ScannedVideo first, int id) {
    Shape shape = first.track().shape();
    ColourCodes colour = first.track().colour();
    if (!KEPT_FORMATS.contains(shape.format())) {
      colour = ColourCodes.BT709;
      shape =
          new Shape(
              shape.width() + shape.width() % 2,
              shape.height() + shape.height() % 2,
              avutil.AV_PIX_FMT_YUV420P,
              colour.space(),
              false);
    }
    return new EncoderSettings(shape, colour, first.rate(), CRF, PRESET, "sps-id=" + id);
  }
}
