package dev.promptrunner.comfy;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What can go wrong with a fetch beside the network.
 *
 * @param attempted the fetch as a phrase
 * @param target where the file was to go
 */
record FetchFailures(String attempted, Path target) {
  /** The file is not what was promised, and asking again changes nothing. */
  FailureException bad(String found, String remedy) {
    return new FailureException(new Failure.BadOutput(attempted, found, remedy));
  }

  FailureException passing(String found, String remedy) {
    return new FailureException(new Failure.Transient(attempted, found, remedy));
  }

  FailureException changed() {
    return passing("the file changed while it was fetched", "wait until its job has ended");
  }

  FailureException status(int code) {
    return code == 404
        ? bad(
            "the server has no such file",
            "it was moved or deleted, or the job was cached and names an old file: run it again"
                + " under a prefix of its own")
        : bad(
            "the server refuses to give it (" + code + ")",
            "its name leads out of the server's folder, or a proxy adds an Origin header");
  }

  FailureException tooLarge(long bytes, long limit) {
    return bad(
        "the server announces " + new ByteSize(bytes) + ", the limit is " + new ByteSize(limit),
        "raise the limit if the file is right");
  }

  FailureException noRoom(long bytes, long room) {
    return new FailureException(
        new Failure.Disk(
            attempted,
            "the file has " + new ByteSize(bytes) + ", the disk has room for " + new ByteSize(room),
            "make room on the disk of " + target.getParent()));
  }

  FailureException disk(IOException e) {
    Failure failure =
        IoReason.disk(attempted, target, 0, e)
            .orElseGet(
                () ->
                    new Failure.BadOutput(
                        attempted,
                        "writing " + target + " failed: " + IoReason.of(e),
                        "make the folder writable"));
    return new FailureException(failure, e);
  }
}
