package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Job;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks after the servers: waits for those that went away, starts anew those that need it, and
 * takes out those whose jobs keep failing. Used by the run's owner alone.
 */
final class ServerCare {
  private final Crew crew;
  private final Hands hands;
  private final Ledger ledger;
  private final Circuits circuits;
  private final Refusals refusals = new Refusals();
  private final Set<Renderer> notOurs = new HashSet<>();

  /** With a job on them that will be lost, however late it finds out. */
  private final Set<Renderer> seenToEnd = new HashSet<>();

  ServerCare(Crew crew, Hands hands, Ledger ledger, InstantSource clock) {
    this.crew = crew;
    this.hands = hands;
    this.ledger = ledger;
    this.circuits = new Circuits(clock);
  }

  void begin(Assignment assignment) {
    crew.occupy(assignment);
    assignment.server().ifPresent(this::begin);
  }

  private void begin(Renderer server) {
    seenToEnd.remove(server);
    circuits.begin(server);
  }

  void succeeded(Assignment assignment) {
    crew.release(assignment);
    assignment.server().ifPresent(circuits::succeeded);
    refusals.toBlame(assignment.job()).stream()
        .filter(server -> !assignment.server().equals(Optional.of(server)))
        .forEach(server -> blame(server, assignment.job()));
  }

  private void blame(Renderer server, Job job) {
    circuits.count(
        server,
        new Failure.NodeFailed(
            "rendering " + job.id(),
            "its nodes failed where another server's did not",
            "see its log"));
    if (circuits.isOpen(server) && crew.isFree(server)) {
      takeOut(
          server,
          "its nodes failed in %d jobs that another server did".formatted(Circuits.IN_A_ROW));
    }
  }

  /** Whether it failed in this server's nodes and another is there that has not tried it. */
  boolean isForAnother(Job job, Renderer server) {
    return refusals.isForAnother(job, server, crew);
  }

  /** How many of the server's jobs stalled one after the other; 0 for work on this machine. */
  int stalls(Assignment assignment) {
    return assignment.server().map(circuits::stalls).orElse(0);
  }

  /** Ends the job's time on its server, which may have to be waited for or be taken out. */
  void failed(Assignment assignment, Failure failure) {
    crew.release(assignment);
    Optional<Renderer> server = assignment.server();
    if (server.isPresent()) {
      circuits.failed(server.get(), assignment.job(), failure);
      refusals.failed(assignment.job(), server.get(), failure);
      if (failure instanceof Failure.ServerLost) {
        lost(server.get(), failure);
      } else if (circuits.isOpen(server.get())) {
        takeOut(
            server.get(),
            "its last %d jobs failed, the latest with %s: %s"
                .formatted(Circuits.IN_A_ROW, failure.kind(), failure.found()));
      }
    }
  }

  private void lost(Renderer server, Failure failure) {
    crew.away(server);
    if (!seenToEnd.remove(server) && !ledger.isDown(server)) {
      ledger.serverDown(
          server, failure.found(), "it is waited for; its job is looked for when it is back");
    }
    hands.awaitBack(server);
  }

  /** Whoever keeps its process saw it end. A job on it will fail by itself. */
  void seenDown(RunEvent.ServerDown down) {
    Optional<Renderer> server = crew.named(down.server()).filter(seen -> !ledger.isDown(seen));
    server.ifPresent(
        seen -> {
          ledger.serverDown(seen, down.found(), down.action());
          if (crew.isFree(seen)) {
            crew.away(seen);
            hands.awaitBack(seen);
          } else {
            seenToEnd.add(seen);
          }
        });
  }

  /** Whoever keeps its process saw it come up; it gets jobs once it was waited for. */
  void seenUp(RunEvent.ServerUp up) {
    crew.named(up.server())
        .filter(seen -> ledger.isDown(seen) && !crew.isOut(seen))
        .ifPresent(
            seen -> {
              giveNewTry(seen, up.how());
              ledger.serverUp(seen, up.how());
            });
  }

  /** A new process deserves one. */
  private void giveNewTry(Renderer server, String how) {
    if (circuits.isOpen(server) && how.equals("restarted")) {
      circuits.probe(server);
    }
  }

  private void takeOut(Renderer server, String why) {
    crew.out(server);
    var pause = circuits.waitOf(server);
    ledger.serverDown(
        server,
        why,
        "other servers take its jobs, if there are any; in %d s it gets one to see whether it works again"
            .formatted(pause.toSeconds()));
    hands.after(pause, new Message.Probation(server));
  }

  /** Its time out is over: one job shows whether it works again. */
  void probe(Renderer server) {
    if (crew.isOut(server)) {
      circuits.probe(server);
      crew.back(server);
      ledger.serverUp(server, "on probation");
    }
  }

  /** Starts it anew where this program may, unless it is waited for already. */
  void restart(Renderer server, String why) {
    if ((crew.isFree(server) || crew.isOut(server)) && !notOurs.contains(server)) {
      crew.away(server);
      hands.restart(server, why);
    }
  }

  /** Whether it is started anew before it gets a job. */
  boolean restartsFirst(Renderer server) {
    if (notOurs.contains(server)) {
      return false;
    }
    Optional<String> why = server.restartWanted();
    why.ifPresent(reason -> restart(server, reason));
    return why.isPresent();
  }

  void restarting(Renderer server, String why) {
    ledger.serverDown(server, why, "it is started anew");
  }

  /** Its restart was asked for, but it is someone else's to start. */
  void keptRunning(Renderer server) {
    notOurs.add(server);
    if (circuits.isOpen(server)) {
      takeOut(server, "its last %d jobs failed".formatted(Circuits.IN_A_ROW));
    } else {
      crew.back(server);
    }
  }

  void back(Renderer server, String how) {
    giveNewTry(server, how);
    if (circuits.isOpen(server)) {
      takeOut(server, "it answers, but its last %d jobs failed".formatted(Circuits.IN_A_ROW));
      return;
    }
    crew.back(server);
    if (ledger.isDown(server)) {
      ledger.serverUp(server, how);
    }
  }

  void gone(Renderer server, Failure failure) {
    crew.gone(server);
    ledger.warn(server.name(), failure.sentence());
  }
}
