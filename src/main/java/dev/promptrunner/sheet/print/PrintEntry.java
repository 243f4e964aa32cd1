package dev.promptrunner.sheet.print;

import java.util.List;

/**
 * One result on the sheet. Texts may be of any length and script: what has no room is cut and ends
 * in {@code …}, what the font does not have is shown as {@code □}.
 *
 * @param title such as the run's name
 * @param posters JPEG pictures, shown side by side in this order; one that cannot be read is shown
 *     as a box that says so. May be empty
 * @param lines what it was made with and what was measured; the highlighted stand first
 * @param note what else has to be said, such as {@code failed: …}; may be empty
 */
public record PrintEntry(String title, List<byte[]> posters, List<Line> lines, String note) {
  public PrintEntry {
    posters = List.copyOf(posters);
    lines = List.copyOf(lines);
  }

  /**
   * A value with its name.
   *
   * @param highlighted whether it stands out, as one that varies between the results does
   */
  public record Line(String label, String value, boolean highlighted) {}
}
