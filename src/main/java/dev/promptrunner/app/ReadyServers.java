package dev.promptrunner.app;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.config.ServersConfig.Pass;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which of several servers are there, after all were waited for at the same time: one that does not
 * start must not hold up the others. Used by one thread.
 */
final class ReadyServers {
  private final List<Expected> servers;
  private final Map<Integer, Optional<Failure>> settled = new TreeMap<>();

  /**
   * A server.
   *
   * @param passes what it is meant for
   */
  record Expected(Set<Pass> passes, Arrival arrival) {}

  /** Returns when the server is there. */
  @FunctionalInterface
  interface Arrival {
    void await() throws FailureException, InterruptedException;
  }

  private record News(int server, Optional<Failure> failure) {}

  /**
   * Waits until all servers are there or have failed.
   *
   * @param patience how long the next one is waited for once every pass has a server
   */
  static ReadyServers await(List<Expected> servers, Duration patience) throws InterruptedException {
    ReadyServers ready = new ReadyServers(servers);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        ready.await(new ExecutorCompletionService<>(threads), patience);
      } finally {
        threads.shutdownNow();
      }
    }
    return ready;
  }

  private ReadyServers(List<Expected> servers) {
    this.servers = servers;
  }

  private void await(CompletionService<News> news, Duration patience) throws InterruptedException {
    for (int i = 0; i < servers.size(); i++) {
      int server = i;
      news.submit(() -> outcome(server));
    }
    while (settled.size() < servers.size()) {
      Future<News> next =
          suffice() ? news.poll(patience.toMillis(), TimeUnit.MILLISECONDS) : news.take();
      if (next == null) {
        return;
      }
      News told = told(next);
      settled.put(told.server(), told.failure());
    }
  }

  private News outcome(int server) throws InterruptedException {
    try {
      servers.get(server).arrival().await();
      return new News(server, Optional.empty());
    } catch (FailureException e) {
      return new News(server, Optional.of(e.failure()));
    }
  }

  private static News told(Future<News> next) throws InterruptedException {
    try {
      return next.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a server", e.getCause());
    }
  }

  /** Whether every pass that has a server has one that is there. */
  boolean suffice() {
    Set<Pass> wanted = EnumSet.noneOf(Pass.class);
    Set<Pass> there = EnumSet.noneOf(Pass.class);
    for (int i = 0; i < servers.size(); i++) {
      wanted.addAll(servers.get(i).passes());
      if (isThere(i)) {
        there.addAll(servers.get(i).passes());
      }
    }
    return there.equals(wanted);
  }

  /** Whether the server, counted from 0, is there. */
  boolean isThere(int server) {
    @Nullable Optional<Failure> known = settled.get(server);
    return known != null && known.isEmpty();
  }

  /** Why it is not there; empty also while it may still come. */
  Optional<Failure> failure(int server) {
    return settled.getOrDefault(server, Optional.empty());
  }
}
