package dev.promptrunner.cli.console;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A terminal of this process, asked for its size by {@code ioctl(fd, TIOCGWINSZ)}: the JDK does not
 * tell it, and starting a program for it twelve times a second would cost more than the drawing.
 * Linux and macOS.
 */
public final class SystemTerminal implements Terminal {
  public static final int STANDARD_OUTPUT = 1;
  public static final int STANDARD_ERROR = 2;
  private static final long TIOCGWINSZ_LINUX = 0x5413;
  private static final long TIOCGWINSZ_MAC = 0x4008_7468;
  private static final Size USUAL = new Size(80, 24);

  private final int descriptor;
  private final PrintStream stream;
  private final MethodHandle ioctl;

  private SystemTerminal(int descriptor, PrintStream stream, MethodHandle ioctl) {
    this.descriptor = descriptor;
    this.stream = stream;
    this.ioctl = ioctl;
  }

  /**
   * The terminal behind a stream; empty when that is a file or a pipe, or on other systems.
   *
   * @param descriptor the stream's number in this process
   * @param stream for writing to it
   */
  public static Optional<Terminal> find(int descriptor, PrintStream stream) {
    String system = System.getProperty("os.name", "");
    if (!system.startsWith("Linux") && !system.startsWith("Mac")) {
      return Optional.empty();
    }
    SystemTerminal terminal = new SystemTerminal(descriptor, stream, ioctl());
    return terminal.ask().isPresent() ? Optional.of(terminal) : Optional.empty();
  }

  @SuppressWarnings("restricted")
  private static MethodHandle ioctl() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find("ioctl").orElseThrow(),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
        Linker.Option.firstVariadicArg(2));
  }

  private Optional<Size> ask() {
    long request =
        System.getProperty("os.name", "").startsWith("Mac") ? TIOCGWINSZ_MAC : TIOCGWINSZ_LINUX;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      int answer = (int) ioctl.invokeExact(descriptor, request, size);
      if (answer != 0) {
        return Optional.empty();
      }
      int rows = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
      return Optional.of(rows == 0 || columns == 0 ? USUAL : new Size(columns, rows));
    } catch (Throwable e) {
      throw new IllegalStateException("asking the terminal for its size failed", e);
    }
  }

  @Override
  public Size size() {
    return ask().orElse(USUAL);
  }

  @Override
  public void write(String text) {
    stream.print(text);
    stream.flush();
  }
}
