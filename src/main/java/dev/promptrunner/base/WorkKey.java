package dev.promptrunner.base;

/**
 * What makes two prompt files the same work: the digest of the prompt's parts, its control video
 * and reference image, the recipe and every setting that changes pixels. The same key is resumed,
 * never done twice.
 *
 * @param digest SHA-256 over those parts
 */
public record WorkKey(Digest digest) {
  /** The first 8 hexadecimal digits, as they stand in job ids and object names. */
  public String key8() {
    return digest.hex().substring(0, 8);
  }

  @Override
  public String toString() {
    return digest.hex();
  }
}
