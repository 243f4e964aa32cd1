package dev.promptrunner.config;

import dev.promptrunner.base.Secret;
import dev.promptrunner.notice.NoticeSettings;
import dev.promptrunner.pod.PodSettings;
import java.util.List;

/**
 * All settings in groups, for the composition root.
 *
 * @param secrets every value that nothing may show
 */
public record Settings(
    RunConfig run,
    RenderConfig render,
    RecoveryConfig recovery,
    ServersConfig servers,
    ProcessConfig process,
    DeliveryConfig delivery,
    PodSettings pod,
    LimitsConfig limits,
    SimulatorConfig simulator,
    LogConfig log,
    NoticeSettings notice,
    MetricsConfig metrics,
    List<Secret> secrets) {
  public Settings {
    secrets = List.copyOf(secrets);
  }

  public static Settings of(Resolved settings) {
    return new Settings(
        RunConfig.of(settings),
        RenderConfig.of(settings),
        RecoveryConfig.of(settings),
        ServersConfig.of(settings),
        ProcessConfig.of(settings),
        delivery(settings),
        pod(settings),
        LimitsConfig.of(settings),
        SimulatorConfig.of(settings),
        LogConfig.of(settings),
        notice(settings),
        MetricsConfig.of(settings),
        settings.secrets());
  }

  /** The simulator delivers into the output folder, so that a first try shows the whole way. */
  private static DeliveryConfig delivery(Resolved settings) {
    DeliveryConfig given = DeliveryConfig.of(settings);
    boolean usual =
        given.uri().isEmpty() && settings.get(Keys.ENGINE) == RunConfig.Engine.SIMULATOR;
    return usual ? given.to(settings.get(Keys.OUTPUT).resolve("delivered")) : given;
  }

  private static NoticeSettings notice(Resolved settings) {
    return new NoticeSettings(
        settings.get(Keys.NOTICE_SLACK),
        settings.get(Keys.NOTICE_WEBHOOK),
        settings.get(Keys.NOTICE_WEBHOOK_SECRET),
        settings.get(Keys.NOTICE_EVENTS));
  }

  private static PodSettings pod(Resolved settings) {
    return new PodSettings(
        settings.get(Keys.POD_PROVIDER),
        settings.get(Keys.POD_STOP_COMMAND),
        settings.get(Keys.POD_TERMINATE_COMMAND),
        settings.get(Keys.POD_UNDELIVERED),
        settings.get(Keys.POD_RUNPOD_URL),
        settings.get(Keys.POD_VAST_URL),
        settings.get(Keys.POD_TIMEOUT),
        settings.get(Keys.POD_SETTLE),
        settings.get(Keys.POD_GIVE_UP_AFTER),
        settings.get(Keys.POD_PRICE_PER_HOUR));
  }
}
