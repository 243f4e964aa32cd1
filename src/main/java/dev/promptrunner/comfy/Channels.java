package dev.promptrunner.comfy;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings each event to the job it speaks of. Events of a job can come before the answer to its
 * submission, so a job's mailbox is opened before it is sent. Thread-safe.
 */
final class Channels {
  private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private volatile Optional<String> current = Optional.empty();

  /** Opens the job's mailbox, or gives the one that is open. */
  Mailbox open(String promptId) {
    return mailboxes.computeIfAbsent(promptId, _ -> new Mailbox());
  }

  boolean isOpen(String promptId) {
    return mailboxes.containsKey(promptId);
  }

  void close(String promptId) {
    mailboxes.remove(promptId);
  }

  /** Pictures and texts without a job belong to the one that spoke last. */
  void deliver(ServerEvent event, int connection) {
    switch (event) {
      case ServerEvent.Status _, ServerEvent.Features _, ServerEvent.Unknown _ -> {}
      case ServerEvent.Preview _, ServerEvent.Text _ ->
          event.promptId().or(() -> current).ifPresent(id -> hand(id, event, connection));
      case ServerEvent.ExecutionStart _,
          ServerEvent.Cached _,
          ServerEvent.Executing _,
          ServerEvent.Progress _,
          ServerEvent.ProgressState _,
          ServerEvent.Executed _,
          ServerEvent.Success _,
          ServerEvent.Failed _,
          ServerEvent.Interrupted _ -> {
        if (event.promptId().isPresent()) {
          current = event.promptId();
          hand(event.promptId().get(), event, connection);
        }
      }
    }
  }

  private void hand(String promptId, ServerEvent event, int connection) {
    Mailbox mailbox = mailboxes.get(promptId);
    if (mailbox != null) {
      mailbox.offer(event, connection);
    }
  }

  void declareLost(String found) {
    mailboxes.values().forEach(mailbox -> mailbox.declareLost(found));
  }

  void wakeAll() {
    mailboxes.values().forEach(Mailbox::wake);
  }
}
