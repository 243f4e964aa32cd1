package dev.promptrunner.simulator.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The colours of a picture.
 *
 * @param sky hue of the sky, in turns from red
 * @param land hue of the land, in turns from red
 * @param saturation 0 (grey) … 1
 * @param light 0 (night) … 1 (full day)
 */
public record Palette(double sky, double land, double saturation, double light) {
  private static final double DAY = 0.75;
  private static final double NIGHT = 0.45;

  /** Hues in degrees by the words that name them. */
  private static final Map<String, Integer> HUES =
      Map.ofEntries(
          Map.entry("red", 2),
          Map.entry("sunset", 12),
          Map.entry("autumn", 22),
          Map.entry("orange", 28),
          Map.entry("golden", 42),
          Map.entry("gold", 42),
          Map.entry("desert", 36),
          Map.entry("yellow", 54),
          Map.entry("green", 125),
          Map.entry("forest", 135),
          Map.entry("turquoise", 172),
          Map.entry("teal", 180),
          Map.entry("cyan", 188),
          Map.entry("sea", 200),
          Map.entry("blue", 214),
          Map.entry("purple", 272),
          Map.entry("violet", 272),
          Map.entry("magenta", 305),
          Map.entry("pink", 332));

  private static final List<String> PALE =
      List.of("white", "grey", "gray", "black", "snow", "fog", "foggy", "misty", "monochrome");
  private static final List<String> DARK = List.of("night", "dark", "moon", "moonlit", "midnight");

  /**
   * What the words of a prompt ask for: its first colour is the sky's, its second the land's. Where
   * it names none, the whole text decides.
   */
  public static Palette of(String prompt) {
    List<String> words = List.of(prompt.toLowerCase(Locale.ROOT).split("[^a-z]+"));
    List<Double> named = new ArrayList<>();
    for (String word : words) {
      Integer degrees = HUES.get(word);
      if (degrees != null) {
        named.add(degrees / 360.0);
      }
    }
    long text = Chance.of(prompt);
    double sky = named.isEmpty() ? Chance.share(text, 1) : named.getFirst();
    double apart = 0.08 + 0.34 * Chance.share(text, 2);
    double land = named.size() < 2 ? turn(sky + apart) : named.get(1);
    double saturation = 0.55 + 0.15 * Chance.share(text, 3);
    boolean pale = words.stream().anyMatch(PALE::contains);
    boolean dark = words.stream().anyMatch(DARK::contains);
    return new Palette(sky, land, pale ? saturation / 3 : saturation, dark ? NIGHT : DAY);
  }

  /** All hues turned. */
  public Palette turned(double turns) {
    return new Palette(turn(sky + turns), turn(land + turns), saturation, light);
  }

  /** More colour, or less. */
  public Palette saturated(double factor) {
    return new Palette(sky, land, Math.clamp(saturation * factor, 0.0, 1.0), light);
  }

  private static double turn(double hue) {
    return hue - Math.floor(hue);
  }
}
