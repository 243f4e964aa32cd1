package dev.promptrunner.store;

import dev.promptrunner.base.WorkKey;
import java.time.Instant;

/**
 * A verified delivery of a work.
 *
 * @param uri of the object
 * @param bytes its size
 * @param checksum as the object store states it
 */
public record DeliveryRow(WorkKey key, String uri, long bytes, String checksum, Instant at) {}
