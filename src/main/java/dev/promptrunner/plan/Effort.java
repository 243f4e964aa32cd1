package dev.promptrunner.plan;

/** What a job costs a server, in units that its time grows with. */
final class Effort {
  private Effort() {}

  /** Frames times pixels; 0 for a job that needs no server. */
  static long of(VideoWork work, Job job) {
    long pixels = (long) work.size().width() * work.size().height();
    return pixels
        * switch (job.kind()) {
          case HIGH, LOW -> work.chunks().get(job.chunk()).rendered().length();
          // It loads the whole video so far and encodes it again.
          case COMBINE -> work.chunks().get(job.chunk()).kept().end();
          case ENHANCE -> work.chunks().get(job.chunk()).kept().length();
          case REFERENCE, JOIN, GENERATE, DELIVER -> 0;
        };
  }
}
