package dev.promptrunner.comfy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The allowed value that a wrong one was most likely meant to be. */
final class Nearest {
  private Nearest() {}

  /** Empty when nothing is alike: more than half of the letters before the extension differ. */
  static Optional<String> to(String value, Collection<String> allowed) {
    String wanted = plain(value);
    return allowed.stream()
        .filter(each -> alike(wanted, plain(each)))
        .min(Comparator.comparingInt(each -> distance(wanted, plain(each))));
  }

  private static boolean alike(String wanted, String offered) {
    return distance(wanted, offered) * 2 <= Math.max(wanted.length(), offered.length());
  }

  private static String plain(String value) {
    String name = value.toLowerCase(Locale.ROOT).replace('\\', '/');
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  /** Letters to insert, delete or change (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
