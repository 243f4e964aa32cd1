package dev.promptrunner.pod;

/**
 * The pod has ended.
 *
 * @param state the provider's word for it, such as {@code EXITED}
 * @param via the way that worked: {@code REST v2}, {@code runpodctl}
 * @param confirmed false when the request was accepted, but the state could not be read back
 */
public record Ended(String state, String via, boolean confirmed) {}
