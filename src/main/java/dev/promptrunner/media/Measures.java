package dev.promptrunner.media;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What can be measured of a video without a person looking at it. Each value is finite and the same
 * on every run. Brightness is luma over the full range, 0 (black) to 255 (white).
 *
 * <p>Sharpness is taken at full size, the others of each frame reduced to at most {@value
 * Meters#LONGEST_SIDE} pixels: that is enough for them, and keeps grain out. Values tell only
 * between videos of one size and rate.
 *
 * @param sharpness variance of the luma's Laplacian (the four neighbours less four times the
 *     pixel), mean over the frames, in squared levels; 0 (one colour) to about 10⁶. More is
 *     sharper, but noise counts as sharp too. 0 for a picture of less than 3 pixels a side
 * @param motion mean absolute difference of luma between neighbouring frames, after the change of
 *     the mean brightness is taken out, in levels a frame; 0 (a still) to 255. Neither end is
 *     better. Empty below two frames
 * @param flicker mean of |L(t−1) − 2·L(t) + L(t+1)|, L being a frame's mean luma, in levels; 0 to
 *     510. Less is better; a steady fade is none. Empty below three frames
 * @param colourDrift distance ΔE*ab (CIE 1976) between the mean colours of the first and the last
 *     second, in CIELAB under D65, from the mean of red, green and blue as stored; 0 to about 260,
 *     seen from about 2. Less is better. Of a video shorter than two seconds its halves are
 *     compared. Empty below two frames
 * @param seam how far the worst border between chunks stands out: the difference across it (mean
 *     over red, green and blue) by the median of the up to eight differences on each side; ≥ 0, 1
 *     is a border like any place. Less is better. A difference below FFmpeg's freeze threshold
 *     counts as that threshold. Empty without a border inside the video
 * @param black share of black frames by blackdetect's usual thresholds, 0 to 1. Less is better
 * @param frozen share of neighbouring frames that differ by no more than freezedetect's usual −60
 *     dB, 0 to 1. Less is better. Empty below two frames
 * @param ssim structural similarity to the reference, FFmpeg's {@code ssim} over all planes, mean
 *     over the frames both have; −1 to 1 (the same). More is better. Empty without a reference
 * @param psnr peak signal to noise ratio to the reference, FFmpeg's {@code psnr} of the mean
 *     squared error over all planes and frames, in decibels, at most {@value Likeness#IDENTICAL}
 *     (the same). More is better. Empty without a reference
 */
public record Measures(
    double sharpness,
    OptionalDouble motion,
    OptionalDouble flicker,
    OptionalDouble colourDrift,
    OptionalDouble seam,
    double black,
    OptionalDouble frozen,
    OptionalDouble ssim,
    OptionalDouble psnr) {

  /**
   * Those that exist, in a fixed order, by the names {@code sharpness motion flicker colour_drift
   * seam black frozen ssim psnr}.
   */
  public SequencedMap<String, Double> asMap() {
    SequencedMap<String, Double> map = new LinkedHashMap<>();
    map.put("sharpness", sharpness);
    put(map, "motion", motion);
    put(map, "flicker", flicker);
    put(map, "colour_drift", colourDrift);
    put(map, "seam", seam);
    map.put("black", black);
    put(map, "frozen", frozen);
    put(map, "ssim", ssim);
    put(map, "psnr", psnr);
    return map;
  }

  private static void put(Map<String, Double> map, String name, OptionalDouble value) {
    value.ifPresent(found -> map.put(name, found));
  }
}
