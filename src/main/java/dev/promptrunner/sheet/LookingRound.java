package dev.promptrunner.sheet;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One look at a folder's results. Thread-safe. */
final class LookingRound {
  private final Looker looker;
  private final KeptPreviews kept;
  private final Path root;
  private final Optional<Path> reference;
  private final String referenceMark;
  private final Progress progress;
  private final int total;
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private int done;

  LookingRound(
      Looker looker,
      KeptPreviews kept,
      ResultFolder folder,
      Optional<Path> reference,
      Progress progress)
      throws FailureException {
    this.looker = looker;
    this.kept = kept;
    this.root = folder.folder();
    this.reference = reference;
    this.referenceMark = reference.isPresent() ? markOf(reference.get()) : "";
    this.progress = progress;
    this.total = (int) folder.results().stream().filter(r -> Subject.fileOf(r).isPresent()).count();
  }

  private static String markOf(Path reference) throws FailureException {
    try {
      return reference.toAbsolutePath() + " " + Subject.mark(reference);
    } catch (IOException e) {
      throw new FailureException(
          new Failure.Configuration(
              "comparing with the reference " + reference,
              IoReason.of(e),
              "give the path of a video that exists"),
          e);
    }
  }

  /** The keys of all that was seen so far. */
  Set<String> keys() {
    return Set.copyOf(keys);
  }

  /**
   * What this result looks like.
   *
   * @throws IOException when it cannot be kept
   */
  Entry entry(Result result) throws IOException {
    Optional<String> file = Subject.fileOf(result);
    if (file.isEmpty()) {
      return new Entry(result, Optional.empty(), Optional.empty());
    }
    Entry entry = entry(result, file.get());
    advance();
    return entry;
  }

  private Entry entry(Result result, String file) throws IOException {
    Subject subject;
    try {
      subject = Subject.of(root, file, result.borders(), referenceMark);
    } catch (IOException e) {
      return trouble(
          result,
          new Failure.BadOutput(
              "looking at " + file, IoReason.of(e), "bring the file back, or render it again"));
    }
    Optional<Preview> before = kept.find(subject.key());
    Entry entry = before.isPresent() ? seen(result, before.get()) : look(result, file, subject);
    entry.preview().ifPresent(_ -> keys.add(subject.key()));
    return entry;
  }

  private Entry look(Result result, String file, Subject subject) throws IOException {
    Look look;
    try {
      look = looker.look(subject.file(), subject.borders(), reference);
    } catch (FailureException e) {
      return trouble(result, e.failure());
    } catch (RuntimeException e) {
      // One odd file must not cost the look at all others.
      return trouble(
          result,
          new Failure.BadOutput(
              "looking at " + file, e.toString(), "play the file; report it when it is in order"));
    }
    return seen(result, kept.keep(subject.key(), look));
  }

  private static Entry seen(Result result, Preview preview) {
    return new Entry(result, Optional.of(preview), Optional.empty());
  }

  private static Entry trouble(Result result, Failure failure) {
    return new Entry(result, Optional.empty(), Optional.of(failure));
  }

  private synchronized void advance() {
    progress.at(++done, total);
  }
}
