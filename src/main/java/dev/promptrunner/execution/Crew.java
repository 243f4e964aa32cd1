package dev.promptrunner.execution;

import dev.promptrunner.plan.JobKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which resources are free: servers by name, CPU workers and uploads by number. Used by the run's
 * owner alone.
 */
final class Crew {
  private enum State {
    FREE,
    BUSY,
    /** Does not answer, or is being started anew: it is waited for. */
    AWAY,
    /** Its jobs kept failing: it gets none for a while. */
    OUT,
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

  /** Those that have a job or could have one. */
  List<Renderer> atWork() {
    List<Renderer> working = new ArrayList<>(servers);
    working.removeIf(
        server -> states.get(server) != State.FREE && states.get(server) != State.BUSY);
    return working;
  }

  Optional<Renderer> named(String name) {
    return servers.stream().filter(server -> server.name().equals(name)).findFirst();
  }

  boolean isFree(Renderer server) {
    return states.get(server) == State.FREE;
  }

  boolean isOut(Renderer server) {
    return states.get(server) == State.OUT;
  }

  /** Whether a server of this name may soon come to take a job that it was given before. */
  boolean mayReturn(String name) {
    return servers.stream()
        .filter(server -> server.name().equals(name))
        .map(states::get)
        .anyMatch(state -> state != State.GONE && state != State.OUT);
  }

  /** Whether any server is there, at work or expected back. */
  boolean hasServers() {
    return states.values().stream().anyMatch(state -> state != State.GONE);
  }

  /** Whether such a job may get a server, now or later. */
  boolean mayTake(JobKind kind) {
    return servers.stream()
        .anyMatch(server -> states.get(server) != State.GONE && server.takes(kind));
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

  void away(Renderer server) {
    states.put(server, State.AWAY);
  }

  void out(Renderer server) {
    states.put(server, State.OUT);
  }

  /** Whether a server that gets no job now may get some later. */
  boolean anyExpected() {
    return states.containsValue(State.AWAY) || states.containsValue(State.OUT);
  }

  void back(Renderer server) {
    states.put(server, State.FREE);
  }

  void gone(Renderer server) {
    states.put(server, State.GONE);
  }
}
