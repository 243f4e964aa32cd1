package dev.promptrunner.simulator.picture;

/**
 * The word in a corner of every picture that the simulator made up, so that none passes for a
 * render.
 */
public final class Mark {
  /** Five rows of each letter of SIMULATOR, one character a dot. */
  private static final String[] ROWS = {
    "### # #   # # # #   ### ### ### ###",
    "#   # ## ## # # #   # #  #  # # # #",
    "### # # # # # # #   ###  #  # # ## ",
    "  # # #   # # # #   # #  #  # # # #",
    "### # #   # ### ### # #  #  ### # #"
  };

  private static final int LIGHT = 0xf4f4f4;
  private static final int SHADE = 0x101418;

  /** One dot a side for so many rows of the picture. */
  private static final int ROWS_OF_A_DOT = 150;

  private Mark() {}

  /** Paints it into the lower left corner; a picture too small for it gets its beginning. */
  public static void paint(byte[] rgb, int width, int height) {
    int dot = Math.max(1, Math.round((float) height / ROWS_OF_A_DOT));
    int columns = (ROWS[0].length() + 4) * dot;
    int rows = (ROWS.length + 4) * dot;
    int top = Math.max(0, height - rows);
    for (int y = top; y < height; y++) {
      for (int x = 0; x < Math.min(columns, width); x++) {
        boolean lit = isLit((y - height + rows) / dot - 2, x / dot - 2);
        blend(rgb, (y * width + x) * 3, lit ? LIGHT : SHADE, lit ? 230 : 110);
      }
    }
  }

  private static boolean isLit(int row, int column) {
    return row >= 0
        && row < ROWS.length
        && column >= 0
        && column < ROWS[row].length()
        && ROWS[row].charAt(column) == '#';
  }

  private static void blend(byte[] rgb, int at, int colour, int share) {
    int under = (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | rgb[at + 2] & 255;
    Pixels.set(rgb, at, Pixels.mix(under, colour, share));
  }
}
