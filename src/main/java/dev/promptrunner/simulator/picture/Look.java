package dev.promptrunner.simulator.picture;

import java.util.List;

/**
 * All that a picture depends on.
 *
 * @param layout where hills and sun are
 * @param palette its colours
 * @param contrast 1 is natural, less is dull, more is burnt
 * @param detail 0 (a soft sketch) … 1 (sharp)
 * @param noise 0 (none) … 1 (nothing but noise)
 * @param motion 1 is a stroll
 * @param style how many ridges there are, and of which form
 * @param texture what covers the land
 * @param orbs the lights over it
 * @param grain the finest grain, which no two looks share
 */
public record Look(
    long layout,
    Palette palette,
    double contrast,
    double detail,
    double noise,
    double motion,
    long style,
    Texture texture,
    List<Orb> orbs,
    long grain) {
  public Look {
    orbs = List.copyOf(orbs);
    if (!(noise >= 0 && noise <= 1) || !(detail >= 0 && detail <= 1)) {
      throw new IllegalArgumentException(
          "noise and detail are from 0 to 1, found " + noise + " and " + detail);
    }
  }

  /**
   * What covers the land.
   *
   * @param pattern its form
   * @param weave how fine it is
   */
  public record Texture(long pattern, long weave) {}

  /** The same look of another place: the next picture of a batch. */
  public Look elsewhere(int number) {
    return number == 0
        ? this
        : new Look(
            Chance.mixed(layout, number),
            palette,
            contrast,
            detail,
            noise,
            motion,
            style,
            texture,
            orbs,
            grain);
  }
}
