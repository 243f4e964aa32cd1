package dev.promptrunner.app.doctor;

import dev.promptrunner.pod.After;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.pod.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who rents this machine out, whether it may be ended from here, and what it costs. */
final class PodChecks {
  private static final String NAME = "pod";

  private final Pod pod;
  private final After after;
  private final boolean delivers;

  /**
   * @param after as set; what it stands for here is found out
   * @param delivers whether finished videos go to an object store
   */
  PodChecks(Pod pod, After after, boolean delivers) {
    this.pod = pod;
    this.after = after;
    this.delivers = delivers;
  }

  List<Finding> look() throws InterruptedException {
    After decided = after.decided(pod.exists(), delivers);
    if (!pod.exists()) {
      return List.of(none(decided));
    }
    Probe probe = pod.canStop();
    String price =
        probe.dollarsPerHour().isPresent()
            ? String.format(Locale.ROOT, ", $%.2f an hour", probe.dollarsPerHour().getAsDouble())
            : ", price not told";
    List<Finding> findings = new ArrayList<>();
    findings.add(able(probe, price, decided));
    if (decided == After.NONE) {
      findings.add(staysUp(price));
    }
    return findings;
  }

  private static Finding none(After decided) {
    String found = "none: neither RunPod nor Vast.ai, and no pod.stop-command";
    return decided == After.NONE
        ? Finding.ok(Area.POD, NAME, found)
        : Finding.problem(
            Area.POD,
            NAME,
            found + ", but --after " + decided.name().toLowerCase(Locale.ROOT) + " is set",
            "set pod.stop-command to what stops this machine, or use --after none");
  }

  private Finding able(Probe probe, String price, After decided) {
    String found = probe.words() + price;
    if (probe.able()) {
      return Finding.ok(Area.POD, NAME, found);
    }
    String remedy = "give this pod a key that may stop it, or set pod.stop-command";
    return decided == After.NONE
        ? Finding.warning(Area.POD, NAME, found, remedy)
        : Finding.problem(Area.POD, NAME, found, remedy);
  }

  private Finding staysUp(String price) {
    return Finding.warning(
        Area.POD,
        "afterwards",
        pod.describe() + " stays up when the run is over" + price,
        delivers
            ? "use --after stop, unless you end it yourself"
            : "use --deliver and --after stop, unless you end it yourself");
  }
}
