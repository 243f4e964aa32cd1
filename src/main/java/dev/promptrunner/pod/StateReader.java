package dev.promptrunner.pod;

/** Asks the provider for the pod's state, once. */
@FunctionalInterface
interface StateReader {
  Reading read() throws InterruptedException;
}
