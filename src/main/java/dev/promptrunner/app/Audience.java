package dev.promptrunner.app;

import dev.promptrunner.base.Redaction;
import dev.promptrunner.event.EventText;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import java.util.List;

/**
 * Everybody who hears of a run. The one way from those who announce to those who listen: texts lose
 * every known secret here, and although servers, pod and the run's owner announce on threads of
 * their own, listeners hear one event at a time. Thread-safe.
 */
final class Audience implements RunListener {
  private final Redaction redaction;
  private final List<RunListener> listeners;

  Audience(Redaction redaction, List<RunListener> listeners) {
    this.redaction = redaction;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public synchronized void on(RunEvent event) {
    RunEvent clean = redaction.isEmpty() ? event : EventText.map(event, redaction::clean);
    listeners.forEach(listener -> listener.on(clean));
  }
}
