package dev.promptrunner.execution;

import java.time.Duration;
import java.util.Locale;

/** What is done about a try that failed. */
sealed interface Measure {
  /** In two or three words, as the table of docs/failure-handling.md has it. */
  String name();

  /** For the log and the events: when, or on what, the job is tried again. */
  String words();

  /** No further try: the job's prompt file stops, the others go on. */
  record GiveUp() implements Measure {
    @Override
    public String name() {
      return "give up";
    }

    @Override
    public String words() {
      return "not tried again";
    }
  }

  /** The same once more after a pause. */
  record Again(Duration pause) implements Measure {
    @Override
    public String name() {
      return "wait, again";
    }

    @Override
    public String words() {
      return "after " + seconds(pause);
    }
  }

  /** The server gives back models and caches, then once more. */
  record FreeThenAgain(Duration pause) implements Measure {
    @Override
    public String name() {
      return "free memory, again";
    }

    @Override
    public String words() {
      return "after %s, when its server has freed its models and caches".formatted(seconds(pause));
    }
  }

  /** The server is started anew where this program may, then once more. */
  record RestartThenAgain(Duration pause) implements Measure {
    @Override
    public String name() {
      return "restart, again";
    }

    @Override
    public String words() {
      return "after %s, when its server was started anew, if this program may"
          .formatted(seconds(pause));
    }
  }

  /** When the server is back the job is looked for there, adopted, or sent again. */
  record AwaitServer() implements Measure {
    @Override
    public String name() {
      return "await the server";
    }

    @Override
    public String words() {
      return "when its server is back";
    }
  }

  /** Its disk was full, which is no fault of the job's: it begins again when there is room. */
  record AwaitRoom() implements Measure {
    @Override
    public String name() {
      return "await room";
    }

    @Override
    public String words() {
      return "when the disk has room";
    }
  }

  /** The video is kept; it is tried again when the store takes another, or before the run ends. */
  record AwaitStore() implements Measure {
    @Override
    public String name() {
      return "await the store";
    }

    @Override
    public String words() {
      return "when the object store takes another video, and once more before the run ends";
    }
  }

  /** What is left of the prompt file is laid out with fewer frames per chunk. */
  record SmallerChunks() implements Measure {
    @Override
    public String name() {
      return "smaller chunks";
    }

    @Override
    public String words() {
      return "in smaller chunks";
    }
  }

  private static String seconds(Duration pause) {
    return String.format(Locale.ROOT, "%.1f s", pause.toMillis() / 1000.0);
  }
}
