package dev.promptrunner.prompt;

import java.util.Comparator;

/**
 * Names as people sort them: {@code shot2} before {@code shot10}. Runs of digits compare by value,
 * the rest without case; names that are equal so far fall back to plain order, so that the order is
 * total.
 */
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() && j < right.length()) {
      int order;
      if (isDigit(left.charAt(i)) && isDigit(right.charAt(j))) {
        int leftEnd = endOfDigits(left, i);
        int rightEnd = endOfDigits(right, j);
        order =
            compareNumbers(
                left, start(left, i, leftEnd), leftEnd, right, start(right, j, rightEnd), rightEnd);
        i = leftEnd;
        j = rightEnd;
      } else {
        order = Character.compare(fold(left.charAt(i++)), fold(right.charAt(j++)));
      }
      if (order != 0) {
        return order;
      }
    }
    int rest = Integer.compare(left.length() - i, right.length() - j);
    return rest != 0 ? rest : left.compareTo(right);
  }

  /** Digits without leading zeros: the longer run is the larger number. */
  private static int compareNumbers(
      String left, int leftStart, int leftEnd, String right, int rightStart, int rightEnd) {
    int longer = Integer.compare(leftEnd - leftStart, rightEnd - rightStart);
    for (int i = leftStart, j = rightStart; longer == 0 && i < leftEnd; i++, j++) {
      longer = Character.compare(left.charAt(i), right.charAt(j));
    }
    return longer;
  }

  /** Of the first digit that is not a leading zero. */
  private static int start(String text, int start, int end) {
    int first = start;
    while (first < end - 1 && text.charAt(first) == '0') {
      first++;
    }
    return first;
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static char fold(char c) {
    return Character.toLowerCase(c);
  }
}
