package dev.promptrunner.delivery;

/**
 * The outcome of a {@link ObjectStore#put}.
 *
 * @param object what lies in the store now
 * @param already whether the same bytes lay there before, so that nothing was written
 */
public record DeliveredObject(StoredObject object, boolean already) {}
