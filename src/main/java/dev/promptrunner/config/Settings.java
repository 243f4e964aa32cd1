package dev.promptrunner.config;

import dev.promptrunner.pod.PodSettings;

/** All settings in groups, for the composition root. */
public record Settings(
    RunConfig run,
    RenderConfig render,
    ServersConfig servers,
    DeliveryConfig delivery,
    PodSettings pod,
    SimulatorConfig simulator,
    LogConfig log) {

  public static Settings of(Resolved settings) {
    return new Settings(
        RunConfig.of(settings),
        RenderConfig.of(settings),
        ServersConfig.of(settings),
        DeliveryConfig.of(settings),
        pod(settings),
        SimulatorConfig.of(settings),
        LogConfig.of(settings));
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
        settings.get(Keys.POD_GIVE_UP_AFTER));
  }
}
