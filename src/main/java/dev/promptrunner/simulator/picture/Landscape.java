package dev.promptrunner.simulator.picture;

import dev.promptrunner.base.FrameSize;

/**
 * Hills behind hills under a sun, gliding by: painted frame by frame for one look and size. Places
 * are shares of the picture, so that a larger picture shows the same. Immutable.
 */
public final class Landscape {
  private static final int FEWEST_RIDGES = 3;

  /** Amplitudes of the values that choose a colour, of 255. */
  private static final int CLOUDS = 60;

  private static final int SUN = 120;
  private static final int MIST = 150;
  private static final int GRAIN = 4;

  private final Look look;
  private final int width;
  private final int height;
  private final Ridge[] ridges;
  private final Ramp[] land;
  private final Ramp sky;
  private final Tile clouds;
  private final Tile cover;
  private final Tile grain;
  private final Noise noise;

  /** Pixels over which an edge is soft. */
  private final float soft;

  /** How fast a slope goes over into mist, per pixel. */
  private final float misty;

  /** How strongly the cover shows, of 128. */
  private final int relief;

  public Landscape(Look look, FrameSize size) {
    this.look = look;
    this.width = size.width();
    this.height = size.height();
    this.ridges = ridges(look);
    this.land = land(look.palette(), ridges.length, look.contrast());
    this.sky = sky(look);
    this.clouds = Tile.spots(Chance.mixed(look.layout(), 90), 128, 32, 4);
    this.cover = cover(look.texture(), look.detail());
    this.grain = Tile.grain(look.grain());
    this.noise = new Noise(Chance.mixed(look.grain(), 1));
    this.soft = (float) (1 + height * 0.06 * (1 - look.detail()));
    this.misty = MIST / (0.4f * height);
    this.relief = (int) (4 + 92 * look.detail());
  }

  private static Ridge[] ridges(Look look) {
    Ridge[] ridges = new Ridge[FEWEST_RIDGES + (int) Math.floorMod(look.style(), 3L)];
    double peaks = Chance.share(look.style(), 1);
    for (int i = 0; i < ridges.length; i++) {
      ridges[i] = new Ridge(Chance.mixed(look.layout(), i), peaks, look.detail());
    }
    return ridges;
  }

  /** The far ridges have the light of the sky, the near ones the colour of the land. */
  private static Ramp[] land(Palette palette, int count, double contrast) {
    Ramp[] ramps = new Ramp[count];
    for (int i = 0; i < count; i++) {
      double near = (i + 1.0) / count;
      double turn = palette.land() - palette.sky();
      double hue = palette.sky() + (turn - Math.rint(turn)) * Math.min(1, near * 1.2);
      double dark = palette.light() * (0.5 - 0.42 * near);
      double bright = palette.light() * (1.05 - 0.45 * near);
      ramps[i] = new Ramp(hue, palette.sky(), palette.saturation(), dark, bright, contrast);
    }
    return ramps;
  }

  private static Ramp sky(Look look) {
    Palette palette = look.palette();
    return new Ramp(
        palette.sky(),
        palette.sky() + 0.06,
        palette.saturation(),
        palette.light() * 0.42,
        Math.min(1, palette.light() * 1.3),
        look.contrast());
  }

  private static Tile cover(Look.Texture texture, double detail) {
    int across = 4 << Math.floorMod(texture.pattern(), 4L);
    int down = 4 << Math.floorMod(texture.pattern() >> 8, 3L);
    int layers = 1 + (int) (4 * detail) + (int) Math.floorMod(texture.weave(), 3L);
    return Tile.spots(Chance.mixed(texture.pattern(), texture.weave()), across, down, layers);
  }

  /**
   * The pixels of a frame, three bytes each, as the caller's own.
   *
   * @param frame counted from 0
   */
  public byte[] paint(int frame) {
    byte[] rgb = new byte[width * height * 3];
    Moment moment = new Moment(frame);
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at += 3) {
        Pixels.set(rgb, at, moment.pixel(x, y));
      }
    }
    double travelled = frame * look.motion();
    for (Orb orb : look.orbs()) {
      orb.paint(rgb, width, height, travelled);
    }
    noise.add(rgb, width, frame, look.noise());
    return rgb;
  }

  /** What is where in one frame. */
  private final class Moment {
    /** The upper edge of each ridge in each column, in pixels from the top. */
    private final float[][] tops = new float[ridges.length][width];

    /** How far each ridge has gone by, in pixels. */
    private final int[] gone = new int[ridges.length];

    private final int[] sunAcross = new int[width];
    private final int[] sunDown = new int[height];
    private final int cloudsGone;
    private final int grainX;
    private final int grainY;

    Moment(int frame) {
      double travelled = frame * look.motion();
      for (int i = 0; i < ridges.length; i++) {
        raise(i, travelled);
      }
      this.cloudsGone = (int) (travelled * width * 0.0015);
      this.grainX = (int) Chance.mixed(frame, 5) & 255;
      this.grainY = (int) Chance.mixed(frame, 6) & 255;
      double sunX = 0.15 + 0.7 * Chance.share(look.layout(), 50) + travelled * 0.0006;
      double sunY = 0.12 + 0.28 * Chance.share(look.layout(), 51);
      glow(sunAcross, sunX * width);
      glow(sunDown, sunY * height);
    }

    private void raise(int ridge, double travelled) {
      double near = (ridge + 1.0) / ridges.length;
      double speed = 0.0012 + 0.011 * near * near;
      double base = 0.30 + 0.50 * near;
      double tall = 0.36 - 0.16 * near;
      double hills = 1.4 + 1.1 * near;
      gone[ridge] = (int) (travelled * speed * height);
      for (int x = 0; x < width; x++) {
        double place = ((double) x / height + travelled * speed) * hills;
        tops[ridge][x] = (float) (height * (base + tall * (0.5 - ridges[ridge].height(place))));
      }
    }

    /** A bell about the middle, of 255. */
    private void glow(int[] bell, double middle) {
      double wide = height * 0.16;
      for (int i = 0; i < bell.length; i++) {
        double away = (i - middle) / wide;
        bell[i] = (int) (255 * Math.exp(-away * away));
      }
    }

    int pixel(int x, int y) {
      for (int ridge = ridges.length - 1; ridge >= 0; ridge--) {
        float depth = y - tops[ridge][x];
        if (depth >= soft) {
          return land(ridge, x, y, depth);
        }
        if (depth > 0) {
          int share = (int) (256 * depth / soft);
          return Pixels.mix(behind(ridge - 1, x, y), land(ridge, x, y, depth), share);
        }
      }
      return sky(x, y);
    }

    private int behind(int nearest, int x, int y) {
      for (int ridge = nearest; ridge >= 0; ridge--) {
        float depth = y - tops[ridge][x];
        if (depth > 0) {
          return land(ridge, x, y, depth);
        }
      }
      return sky(x, y);
    }

    private int land(int ridge, int x, int y, float depth) {
      int mist = (int) Math.min(MIST, depth * misty);
      int relieved = cover.at(x + gone[ridge], y) * relief >> 7;
      return land[ridge].at(50 + mist + relieved + grain(x, y));
    }

    private int sky(int x, int y) {
      int up = 40 + 150 * y / height;
      int cloud = Math.max(0, clouds.at(x + cloudsGone, y)) * CLOUDS >> 7;
      int sun = sunAcross[x] * sunDown[y] >> 8;
      int disc = sun > 205 ? 255 : sun * SUN >> 8;
      return sky.at(up + cloud + disc + grain(x, y));
    }

    private int grain(int x, int y) {
      return grain.at(x + grainX, y + grainY) * GRAIN >> 7;
    }
  }
}
