package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import java.time.Instant;
import java.util.Optional;

/**
 * One try of a job, stored before anything is sent (design rule 4).
 *
 * @param id of the row; unique in the output root
 * @param number counted from 1 within the job
 * @param fingerprint what its outputs are made from
 * @param resource the server or worker that it was given to
 * @param clientId the client id of its request; empty for work that no server does
 * @param promptId the prompt id of its request; empty for work that no server does
 * @param failureKind the class of the failure, such as {@code OutOfMemory}; only when FAILED
 * @param found what came back, or why it was abandoned
 * @param remedy what a person can do; only when FAILED
 */
public record AttemptRow(
    long id,
    JobId job,
    int number,
    Digest fingerprint,
    String resource,
    String clientId,
    String promptId,
    AttemptState state,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<String> failureKind,
    Optional<String> found,
    Optional<String> remedy) {}
