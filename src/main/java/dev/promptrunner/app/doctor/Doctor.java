package dev.promptrunner.app.doctor;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.config.RunConfig;
import dev.promptrunner.config.Settings;
import dev.promptrunner.delivery.DeliverySettings;
import dev.promptrunner.notice.Notices;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the checks that fit and runs them. One use; the servers are the caller's to close. */
public final class Doctor {
  private static final Duration OUTSIDE = Duration.ofSeconds(25);

  private final Machine machine;
  private final InstantSource clock;
  private final Sleeper sleeper;

  public Doctor(Machine machine, InstantSource clock, Sleeper sleeper) {
    this.machine = machine;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * What a run with the same settings would use.
   *
   * @param recipe as read, good or bad
   * @param servers those of the run, not asked yet
   * @param local whether a real server is meant to be on this machine
   * @param pod as detected, or why that failed
   * @param delivery empty when nothing is delivered
   * @param signedFor whose clock counts; empty when nothing is signed
   */
  public record Setup(
      Settings settings,
      Reading<Recipe> recipe,
      List<ComfyServer> servers,
      boolean local,
      PodFound pod,
      Optional<DeliverySettings> delivery,
      Optional<URI> signedFor) {
    boolean simulated() {
      return settings.run().engine() == RunConfig.Engine.SIMULATOR;
    }

    boolean insidePod() {
      return pod instanceof PodFound.Found(Pod found) && found.exists();
    }
  }

  /** The pod, or why it is not known which one this is. */
  public sealed interface PodFound {
    record Found(Pod pod) implements PodFound {}

    record Failed(Failure failure) implements PodFound {}
  }

  /** All of it; at most as long as the slowest check may take. */
  public Report look(Setup setup) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.of(
            Area.SETTINGS,
            "settings",
            () -> SettingsChecks.fit(setup.settings(), setup.insidePod(), clock.instant())));
    checks.add(
        Check.of(
            Area.SETTINGS,
            "prompt files",
            () -> List.of(SettingsChecks.promptFiles(setup.settings().run().promptFiles()))));
    machine(setup.local(), checks);
    checks.add(
        Check.of(
                Area.MACHINE, "clock", () -> List.of(new ClockCheck(clock).look(setup.signedFor())))
            .within(OUTSIDE));
    List<ServerSite> sites = setup.servers().stream().map(ServerSite::new).toList();
    pod(setup, checks);
    disk(setup, sites, checks);
    servers(setup, sites, checks);
    delivery(setup, checks);
    checks.add(
        Check.of(
                Area.NOTICES,
                "notices",
                () -> NoticeCheck.look(Notices.reachable(setup.settings().notice(), clock)))
            .within(OUTSIDE));
    return new Report(Examination.run(checks));
  }

  /** When the settings cannot be used, the machine can still be looked at. */
  public Report look(List<Problem> problems) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    machine(false, checks);
    List<Finding> findings = new ArrayList<>(Examination.run(checks));
    problems.forEach(
        problem -> findings.add(RecipeFindings.of(Area.SETTINGS, "settings", problem)));
    return new Report(findings);
  }

  private void machine(boolean local, List<Check> checks) {
    checks.add(
        one(
            "Java",
            () ->
                SoftwareChecks.java(
                    Runtime.version(), System.getProperty("java.vendor", "unknown vendor"))));
    checks.add(one("FFmpeg", SoftwareChecks::ffmpeg).within(Duration.ofSeconds(60)));
    checks.add(
        one(
            "system",
            () ->
                SoftwareChecks.system(
                    machine,
                    System.getProperty("os.name", "unknown"),
                    System.getProperty("os.arch", "unknown"))));
    checks.add(Check.of(Area.MACHINE, "GPU", () -> Gpus.look(machine, local)).within(OUTSIDE));
    checks.add(one("CPU", () -> HardwareChecks.cpu(machine)));
    checks.add(one("memory", () -> HardwareChecks.memory(machine, local)));
  }

  private interface OneLook {
    Finding look() throws IOException, InterruptedException;
  }

  private static Check one(String name, OneLook look) {
    return Check.of(Area.MACHINE, name, () -> List.of(look.look()));
  }

  private static void pod(Setup setup, List<Check> checks) {
    boolean delivers = setup.delivery().isPresent();
    switch (setup.pod()) {
      case PodFound.Found(Pod pod) -> {
        checks.add(
            Check.of(
                    Area.POD,
                    "pod",
                    () -> new PodChecks(pod, setup.settings().run().after(), delivers).look())
                .within(OUTSIDE));
        checks.add(
            Check.of(
                    Area.SETTINGS,
                    SettingsChecks.BUDGET,
                    () -> SettingsChecks.budget(setup.settings(), pod))
                .within(OUTSIDE));
      }
      case PodFound.Failed(Failure failure) ->
          checks.add(
              Check.of(
                  Area.POD,
                  "pod",
                  () ->
                      List.of(
                          Finding.problem(
                              Area.POD,
                              "pod",
                              failure.attempted() + ": " + failure.found(),
                              failure.remedy()))));
    }
  }

  private static void disk(Setup setup, List<ServerSite> sites, List<Check> checks) {
    RunConfig run = setup.settings().run();
    DiskChecks disk = new DiskChecks(run.output());
    boolean kept =
        !(setup.pod() instanceof PodFound.Found(Pod pod)) || pod.keepsOnStop(run.output());
    checks.add(
        Check.of(Area.DISK, "output folder", () -> List.of(disk.room(run.diskFloor(), kept))));
    checks.add(Check.of(Area.DISK, "hard links", () -> disk.links(sites)).within(OUTSIDE));
  }

  private static void servers(Setup setup, List<ServerSite> sites, List<Check> checks) {
    Optional<Recipe> recipe = recipe(setup.recipe(), checks);
    for (int i = 0; i < sites.size(); i++) {
      ServerSite site = sites.get(i);
      ServerChecks server = new ServerChecks(site, setup.simulated());
      List<Check> asked = new ArrayList<>(server.checks());
      if (recipe.isPresent()) {
        RecipeFiles files = RecipeFiles.of(recipe.get());
        asked.add(server.nodes(recipe.get(), files));
        asked.add(ModelFiles.check(site, files));
      }
      int number = i + 1;
      asked.forEach(check -> checks.add(sites.size() == 1 ? check : check.numbered(number)));
    }
  }

  /** What the files alone tell; the recipe, when it can be used. */
  private static Optional<Recipe> recipe(Reading<Recipe> reading, List<Check> checks) {
    return switch (reading) {
      case Reading.Bad<Recipe>(List<Problem> problems) -> {
        checks.add(Check.of(Area.RECIPE, "recipe", () -> RecipeFindings.of("recipe", problems)));
        yield Optional.empty();
      }
      case Reading.Good<Recipe>(Recipe recipe) -> {
        String found = recipe + " fits its workflows";
        checks.add(
            Check.of(
                Area.RECIPE, "recipe", () -> List.of(Finding.ok(Area.RECIPE, "recipe", found))));
        checks.add(
            Check.of(Area.MODELS, "LoRA pairs", () -> LoraPairs.look(RecipeFiles.of(recipe))));
        yield Optional.of(recipe);
      }
    };
  }

  private void delivery(Setup setup, List<Check> checks) {
    if (setup.delivery().isEmpty()) {
      checks.add(
          Check.of(
              Area.DELIVERY,
              "object store",
              () -> List.of(DeliveryChecks.none(setup.insidePod()))));
      return;
    }
    DeliveryChecks delivery = new DeliveryChecks(setup.delivery().get(), clock, sleeper);
    checks.add(
        Check.of(Area.DELIVERY, "object store", () -> List.of(delivery.store())).within(OUTSIDE));
    checks.add(Check.of(Area.DELIVERY, "rights", delivery::rights).within(OUTSIDE));
    checks.add(Check.of(Area.DELIVERY, "key file", delivery::key));
  }
}
