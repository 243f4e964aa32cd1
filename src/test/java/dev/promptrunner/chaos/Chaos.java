package dev.promptrunner.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Rounds of mischief until the time or the number of kills is reached; ends with 1, and keeps the
 * folder, when something was lost, doubled or left behind.
 */
public final class Chaos {
  private final ChaosOptions options;
  private final Diary diary = new Diary(System.out);
  private final Path folder;

  private Chaos(ChaosOptions options) throws IOException {
    this.options = options;
    this.folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "chaos-")
            .toAbsolutePath();
  }

  public static void main(String[] args) throws Exception {
    ChaosOptions options;
    try {
      options = ChaosOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(new Chaos(options).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    diary.say(options.again() + ", folder " + folder);
    int rounds = 0;
    try (UnreliableStore store =
        new UnreliableStore(Files.createDirectories(folder.resolve("store")))) {
      do {
        rounds++;
        if (!isGood(rounds, store)) {
          return false;
        }
      } while (!enough());
    }
    diary.say(
        "%d kills (%d of the runner, %d of the server) in %d rounds of %d videos and %.0f s:"
                .formatted(
                    kills(),
                    diary.count(Round.RUNNER_DIED),
                    diary.count(Round.SERVER_DIED),
                    rounds,
                    Round.NAMES.size(),
                    diary.seconds())
            + " nothing lost, nothing doubled, nothing left behind");
    diary.say("all that was done: " + diary.counts());
    delete(folder);
    return true;
  }

  private boolean isGood(int round, UnreliableStore store) throws Exception {
    diary.say("-- round " + round);
    Path place = folder.resolve("round" + round);
    Random random = new Random(options.seed() * 1_000_003 + round);
    List<String> problems = new Round(round, place, random, diary, store).play(this::enough);
    if (ProcessHandle.current().descendants().findAny().isPresent()) {
      problems.add("a process was left: " + ProcessHandle.current().descendants().toList());
    }
    if (!problems.isEmpty()) {
      problems.forEach(diary::say);
      diary.say("WRONG in round " + round + "; everything is kept in " + place);
      diary.say("all that was done: " + diary.counts());
      diary.say("to repeat it: " + options.again());
      return false;
    }
    delete(place);
    return true;
  }

  private int kills() {
    return diary.count(Round.RUNNER_DIED) + diary.count(Round.SERVER_DIED);
  }

  private boolean enough() {
    return diary.seconds() > options.time().toSeconds()
        || options.kills().filter(most -> kills() >= most).isPresent();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
