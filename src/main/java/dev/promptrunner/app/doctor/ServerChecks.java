package dev.promptrunner.app.doctor;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.ServerStats;
import dev.promptrunner.comfy.process.WorkerProbe;
import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Recipe;
import dev.promptrunner.workflow.RecipeCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is asked of each server. */
final class ServerChecks {
  /** Longer than one answer may take, so that its own words are told. */
  private static final Duration ANSWER = Duration.ofSeconds(25);

  private static final Duration JOB = Duration.ofSeconds(20);

  /** The oldest that this program was tried with. */
  private static final List<Integer> TRIED = List.of(0, 3, 64);

  private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+).*");

  private final ServerSite site;
  private final boolean simulatorWanted;

  /**
   * @param simulatorWanted whether the simulator was asked for, so that meeting it is right
   */
  ServerChecks(ServerSite site, boolean simulatorWanted) {
    this.site = site;
    this.simulatorWanted = simulatorWanted;
  }

  /** Everything but the recipe; the first says why the others may be missing. */
  List<Check> checks() {
    String address = site.server().address();
    return List.of(
        Check.of(Area.SERVER, "server", () -> List.of(version())).within(ANSWER),
        Check.of(Area.SERVER, "worker", () -> whenReached(address, "worker", this::worker))
            .within(JOB.plusSeconds(15)),
        Check.of(
                Area.SERVER,
                "launch flags",
                () -> whenReached(address, "launch flags", this::flags))
            .within(ANSWER));
  }

  private interface Body {
    List<Finding> findings() throws FailureException, InterruptedException;
  }

  /** A server that is not there is told once; what cannot be looked at says only that. */
  private List<Finding> whenReached(String address, String name, Body body)
      throws FailureException, InterruptedException {
    return reached(site) ? body.findings() : List.of(notLookedAt(Area.SERVER, name, address));
  }

  static boolean reached(ServerSite site) throws InterruptedException {
    try {
      site.stats();
      return true;
    } catch (FailureException e) {
      return false; // told by the check of the version
    }
  }

  static Finding notLookedAt(Area area, String name, String address) {
    return Finding.warning(
        area,
        name,
        "not looked at: " + address + " does not answer as ComfyUI",
        "see to the line 'server' first");
  }

  private Finding version() throws FailureException, InterruptedException {
    ServerStats stats = site.stats();
    String found =
        "ComfyUI %s at %s%s, torch %s%s"
            .formatted(
                stats.version(),
                site.server().address(),
                python(stats.python()),
                stats.torch(),
                device(stats));
    if (site.isSimulator() && !simulatorWanted) {
      return Finding.warning(
          Area.SERVER,
          "server",
          found + ": it is the simulator, which renders nothing real",
          "give the address of a real ComfyUI with --comfyui URL");
    }
    if (olderThanTried(stats.version())) {
      return Finding.warning(
          Area.SERVER,
          "server",
          found + ": older than 0.3.64, with which this program was tried",
          "update ComfyUI, or try one short prompt file before the night");
    }
    boolean onCpu = stats.devices().stream().allMatch(device -> device.type().equals("cpu"));
    return onCpu && !site.isSimulator()
        ? Finding.warning(
            Area.SERVER,
            "server",
            found + ": it renders on the CPU",
            "start ComfyUI without --cpu, with a torch for this machine's GPU")
        : Finding.ok(Area.SERVER, "server", found);
  }

  /** What follows the number is how it was built. */
  private static String python(String version) {
    String number = version.strip().split("\\s")[0];
    return number.matches("\\d.*") ? ", Python " + number : "";
  }

  private static String device(ServerStats stats) {
    return stats.devices().stream()
        .findFirst()
        .map(
            device ->
                ", %s with %s, %s of it free"
                    .formatted(
                        device.name(),
                        new ByteSize(Math.max(0, device.vramTotal())),
                        new ByteSize(Math.max(0, device.vramFree()))))
        .orElse("");
  }

  static boolean olderThanTried(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return false; // a version that is no number is newer, or somebody's own
    }
    for (int i = 0; i < TRIED.size(); i++) {
      String text = numbers.group(i + 1);
      int number = text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text);
      if (number != TRIED.get(i)) {
        return number < TRIED.get(i);
      }
    }
    return false;
  }

  private List<Finding> worker() throws FailureException, InterruptedException {
    return List.of(worker(new WorkerProbe(site.server()).prove(JOB)));
  }

  static Finding worker(WorkerProbe.Proof proof) {
    return switch (proof) {
      case WorkerProbe.Proof.Done(Duration took) ->
          Finding.ok(
              Area.SERVER,
              "worker",
              String.format(Locale.ROOT, "made a picture in %.2f s", took.toMillis() / 1000.0));
      case WorkerProbe.Proof.Refused(Failure failure) ->
          Finding.problem(Area.SERVER, "worker", failure.found(), failure.remedy());
      case WorkerProbe.Proof.Late(int before) when before > 0 ->
          Finding.warning(
              Area.SERVER,
              "worker",
              "not proven: %d jobs were there before, and none ended within %d s"
                  .formatted(before, JOB.toSeconds()),
              "look again when they are done; when their progress stands still, restart"
                  + " ComfyUI");
      case WorkerProbe.Proof.Late _ ->
          Finding.problem(
              Area.SERVER,
              "worker",
              "a tiny job was taken and not done within %d s, with nothing before it: the"
                      .formatted(JOB.toSeconds())
                  + " worker thread is dead or hangs",
              "restart ComfyUI; its log tells why, look for (prompt_worker)");
    };
  }

  private List<Finding> flags() throws FailureException, InterruptedException {
    return LaunchFlags.look(site.stats(), site.isSimulator());
  }

  /** Every class, input and model of the recipe, against this server. */
  Check nodes(Recipe recipe, RecipeFiles files) {
    String address = site.server().address();
    return Check.of(
            Area.RECIPE,
            "recipe on server",
            () ->
                reached(site)
                    ? nodes(address, recipe, files)
                    : List.of(notLookedAt(Area.RECIPE, "recipe on server", address)))
        .within(Duration.ofSeconds(60));
  }

  private List<Finding> nodes(String address, Recipe recipe, RecipeFiles files)
      throws FailureException, InterruptedException {
    List<Finding> findings =
        new ArrayList<>(
            RecipeFindings.of(
                "recipe on server",
                RecipeCheck.online(recipe, ObjectInfo.of(site.server().objectInfo()))));
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              Area.RECIPE,
              "recipe on server",
              "all %d node classes and %d models are there (%s)"
                  .formatted(files.classes().size(), files.names().size(), address)));
    }
    return findings;
  }

  /** Memory of the first card, in bytes; empty for a CPU. */
  static Optional<Long> vram(ServerStats stats) {
    return stats.devices().stream()
        .filter(device -> !device.type().equals("cpu") && device.vramTotal() > 0)
        .map(ServerStats.Device::vramTotal)
        .findFirst();
  }
}
