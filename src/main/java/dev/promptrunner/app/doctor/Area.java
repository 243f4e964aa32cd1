package dev.promptrunner.app.doctor;

/** What a finding is about, in the order in which people are shown them. */
public enum Area {
  SETTINGS,
  MACHINE,
  POD,
  DISK,
  SERVER,
  RECIPE,
  MODELS,
  DELIVERY,
  NOTICES
}
