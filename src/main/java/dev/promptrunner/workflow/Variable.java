package dev.promptrunner.workflow;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The variables that a recipe may use, as {@code ${frames}}; which have a value depends on the
 * pass.
 */
public enum Variable {
  /** How many frames the server is asked for: the recipe's frame rule holds. */
  FRAMES(Scope.RENDER, 101),
  /** The first frame of the control video to follow, from 0. */
  START_FRAME(Scope.RENDER, 0),
  /** Pixels. */
  WIDTH(Scope.RENDER, 640),
  /** Pixels. */
  HEIGHT(Scope.RENDER, 640),
  /** 0 … 2⁶⁴−1. */
  SEED(Scope.RENDER, new BigInteger("18446744073709551615")),
  /** Sampling steps of both passes; an edit that uses it is left out when no one asked for any. */
  STEPS(Scope.RENDER_OPTIONAL, 8),
  POSITIVE(Scope.RENDER, "positive prompt"),
  NEGATIVE(Scope.RENDER, "negative prompt"),
  /** A name in the server's input folder. */
  CONTROL_VIDEO(Scope.RENDER, "control.mp4"),
  /** Absolute; every pair has its own. */
  LATENT_DIR(Scope.RENDER, "/output/latents/walk/walk_job_001"),
  /** The latent's file name without counter and extension. */
  LATENT_NAME(Scope.RENDER, "walk_job_001"),
  /** Absolute path of a PNG. */
  REFERENCE(Scope.REFERENCE, "/output/references/walk/walk_job_002_ref.png"),
  /** Prefix of what is saved, relative to the server's output folder. */
  OUTPUT_PREFIX(Scope.ALWAYS, "walk_job_001"),
  /** Frames per second of segments. */
  FRAME_RATE(Scope.ALWAYS, 16),
  /** Absolute path of the segment that is combined. */
  SEGMENT(Scope.COMBINE, "/output/videos/walk/walk_job_002.mp4"),
  /** Absolute path of the video made so far. */
  PREVIOUS(Scope.COMBINE_NEXT, "/output/combined/walk/walk_combined_001.mp4"),
  /** Frames to leave out at the segment's start. */
  TRIM_SKIP(Scope.COMBINE, 0),
  /** Frames to take of the segment after those. */
  TRIM_FRAMES(Scope.COMBINE, 100),
  /** Frames per second of combined videos. */
  COMBINE_FRAME_RATE(Scope.COMBINE, 32);

  private enum Scope {
    RENDER,
    RENDER_OPTIONAL,
    REFERENCE,
    COMBINE,
    COMBINE_NEXT,
    ALWAYS
  }

  private final Scope scope;
  private final String sample;
  private final boolean isNumber;

  Variable(Scope scope, String sample) {
    this.scope = scope;
    this.sample = sample;
    this.isNumber = false;
  }

  Variable(Scope scope, int sample) {
    this(scope, BigInteger.valueOf(sample));
  }

  Variable(Scope scope, BigInteger sample) {
    this.scope = scope;
    this.sample = sample.toString();
    this.isNumber = true;
  }

  /** As it stands between the braces: {@code start_frame}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Variable> of(String key) {
    return Arrays.stream(values()).filter(variable -> variable.key().equals(key)).findFirst();
  }

  /** Whether it has a value in that pass. */
  public boolean isKnownIn(Pass pass, boolean withReference) {
    return switch (scope) {
      case RENDER, RENDER_OPTIONAL -> pass.renders();
      case REFERENCE -> pass.renders() && withReference;
      case COMBINE -> !pass.renders();
      case COMBINE_NEXT -> pass == Pass.COMBINE_NEXT;
      case ALWAYS -> true;
    };
  }

  /** Whether an edit that uses it is left out when it has no value. */
  public boolean isOptional() {
    return scope == Scope.RENDER_OPTIONAL;
  }

  /** Whether it names a file that a server will have only when the job comes. */
  boolean isFile() {
    return switch (this) {
      case CONTROL_VIDEO, REFERENCE, SEGMENT, PREVIOUS -> true;
      case FRAMES,
          START_FRAME,
          WIDTH,
          HEIGHT,
          SEED,
          STEPS,
          POSITIVE,
          NEGATIVE,
          LATENT_DIR,
          LATENT_NAME,
          OUTPUT_PREFIX,
          FRAME_RATE,
          TRIM_SKIP,
          TRIM_FRAMES,
          COMBINE_FRAME_RATE ->
          false;
    };
  }

  /** A value of the right kind, to check a recipe with. */
  JsonNode sample() {
    return isNumber
        ? Trees.NODES.numberNode(new BigInteger(sample))
        : Trees.NODES.stringNode(sample);
  }

  static List<String> keysIn(Pass pass, boolean withReference) {
    return Arrays.stream(values())
        .filter(variable -> variable.isKnownIn(pass, withReference))
        .map(Variable::key)
        .toList();
  }
}
