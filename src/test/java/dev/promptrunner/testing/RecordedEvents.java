package dev.promptrunner.testing;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every event of a run. */
public final class RecordedEvents implements RunListener {
  public final List<RunEvent> all = new CopyOnWriteArrayList<>();

  @Override
  public void on(RunEvent event) {
    all.add(event);
  }

  public <E extends RunEvent> List<E> of(Class<E> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
