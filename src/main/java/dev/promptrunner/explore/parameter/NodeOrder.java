package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.Node;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Nodes in the order of their ids, read as numbers where they are. The editor gives a new node a
 * larger id than all before, while its files list nodes in an order that moves with every edit.
 */
final class NodeOrder {
  static final Comparator<Node> BY_ID = Comparator.comparing(Node::id, NodeOrder::compare);

  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

  private NodeOrder() {}

  private static int compare(String a, String b) {
    String[] left = a.split(":", -1);
    String[] right = b.split(":", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = comparePart(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(left.length, right.length);
    return order != 0 ? order : a.compareTo(b);
  }

  /** Numbers come before other ids. */
  private static int comparePart(String a, String b) {
    boolean left = WHOLE.matcher(a).matches();
    boolean right = WHOLE.matcher(b).matches();
    if (left && right) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return left == right ? a.compareTo(b) : left ? -1 : 1;
  }
}
