package dev.promptrunner.comfy.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Signals to whole process groups, which Java cannot send by itself. */
enum Signals {
  INT(2),
  KILL(9),
  TERM(15);

  @SuppressWarnings("ImmutableEnumChecker") // A handle is immutable.
  private static final MethodHandle CALL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private final int number;

  Signals(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /**
   * Sends it to every process of a group.
   *
   * @param leader the pid of the process that the group began with, > 1
   * @return false when there is no such group any more
   */
  boolean toGroup(long leader) {
    if (leader <= 1) {
      throw new IllegalArgumentException("not a process group of ours: " + leader);
    }
    try {
      return (int) CALL.invokeExact(-Math.toIntExact(leader), number) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("calling kill for process group " + leader, e);
    }
  }
}
