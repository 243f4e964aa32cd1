package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import java.time.Duration;
import java.util.Optional;

/**
 * A job that was begun at least once.
 *
 * @param work the {@code name_key8} of its prompt file
 * @param kind the plan's word for what it does, such as {@code HIGH}
 * @param fingerprint of its last attempt: when DONE, what its artifacts were made from
 * @param attempts all that were ever begun; the last one's number
 * @param failures attempts that failed since the job was last done or reset: what a retry limit
 *     counts
 * @param failure the last failure as one sentence; empty after success or reset
 * @param took the job's own time; only when DONE
 */
public record JobRow(
    JobId id,
    String work,
    String kind,
    JobState state,
    Optional<Digest> fingerprint,
    int attempts,
    int failures,
    Optional<String> failure,
    Optional<Duration> took) {}
