package dev.promptrunner.execution;

import dev.promptrunner.plan.JobKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which resources are free: servers by name, CPU workers and uploads by number. Used by the run's
 * owner alone.
 */
final class Crew {
  private enum State {
    FREE,
    BUSY,
    AWAY,
    GONE
  }

  private final List<Renderer> servers;
  private final Map<Renderer, State> states = new HashMap<>();
  private int media;
  private int uploads;

  Crew(List<Renderer> servers, int media, int uploads) {
    this.servers = List.copyOf(servers);
    this.media = media;
    this.uploads = uploads;
    servers.forEach(server -> states.put(server, State.FREE));
  }

  List<Renderer> freeServers() {
    List<Renderer> free = new ArrayList<>(servers);
    free.removeIf(server -> states.get(server) != State.FREE);
    return free;
  }

  /** Whether a server of this name may still come to take a job. */
  boolean mayReturn(String name) {
    return servers.stream()
        .anyMatch(server -> server.name().equals(name) && states.get(server) != State.GONE);
  }

  /** Whether any server is there, at work or expected back. */
  boolean hasServers() {
    return states.values().stream().anyMatch(state -> state != State.GONE);
  }

  boolean hasFree(JobKind.Resource resource) {
    return switch (resource) {
      case SERVER -> !freeServers().isEmpty();
      case MEDIA -> media > 0;
      case UPLOAD -> uploads > 0;
    };
  }

  void occupy(Assignment assignment) {
    change(assignment, State.BUSY, -1);
  }

  void release(Assignment assignment) {
    change(assignment, State.FREE, 1);
  }

  private void change(Assignment assignment, State server, int by) {
    switch (assignment.job().kind().resource()) {
      case SERVER -> states.put(assignment.server().orElseThrow(), server);
      case MEDIA -> media += by;
      case UPLOAD -> uploads += by;
    }
  }

  /** Returns whether it was not away already. */
  boolean away(Renderer server) {
    return states.put(server, State.AWAY) != State.AWAY;
  }

  boolean anyAway() {
    return states.containsValue(State.AWAY);
  }

  void back(Renderer server) {
    states.put(server, State.FREE);
  }

  void gone(Renderer server) {
    states.put(server, State.GONE);
  }
}
