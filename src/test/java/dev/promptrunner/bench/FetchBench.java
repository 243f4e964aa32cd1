package dev.promptrunner.bench;

import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.ComfySettings;
import dev.promptrunner.comfy.OutputFile;
import dev.promptrunner.testing.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetching a large file by {@code /view} with its digest, against a plain copy of the same bytes
 * from the same server into a file without one: both sides alternate in one process, the server is
 * another. Arguments: rounds, megabytes, folder. Prints the times, their ratio and the peak of this
 * process's resident memory.
 */
public final class FetchBench {
  private static final OutputFile FILE =
      new OutputFile("1", "images", "big.mp4", "", "output", Optional.empty());

  private static final com.sun.management.OperatingSystemMXBean CPU =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private FetchBench() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("serve")) {
      serve(Long.parseLong(args[1]));
      return;
    }
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    long bytes = (args.length > 1 ? Long.parseLong(args[1]) : 2000) * 1_000_000L;
    Path folder = args.length > 2 ? Path.of(args[2]) : Path.of("target");
    Process server = startServer(bytes);
    try {
      InputStream out = server.getInputStream();
      byte[] line = new byte[64];
      URI url = URI.create(new String(line, 0, out.read(line), StandardCharsets.UTF_8).strip());
      compare(url, rounds, bytes, Files.createTempDirectory(folder, "fetch-bench"));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static void compare(URI url, int rounds, long bytes, Path folder) throws Exception {
    double[] plain = new double[rounds];
    double[] client = new double[rounds];
    Path target = folder.resolve("big.mp4");
    try (ComfyServer comfy = ComfyServer.connect(ComfySettings.of(url))) {
      for (int i = 0; i < rounds; i++) {
        plain[i] = timed(() -> copy(url, target), target, bytes);
        client[i] = timed(() -> comfy.fetch(FILE, target), target, bytes);
        System.out.printf(
            Locale.ROOT, "round %d: plain %.2f s, fetch %.2f s%n", i + 1, plain[i], client[i]);
      }
    } finally {
      Files.deleteIfExists(target);
      Files.delete(folder);
    }
    report(plain, client, bytes);
  }

  private static void report(double[] plain, double[] client, long bytes) throws IOException {
    Marks marks = new Marks();
    marks.say(
        "fetch: %.0f MB, plain copy %.2f s, fetch with digest %.2f s",
        bytes / 1e6, Marks.median(plain), Marks.median(client));
    double ratio = Marks.median(client) / Marks.median(plain);
    marks.atMost("fetch: with digest / plain copy", ratio, 1.3, "x");
    marks.atMost("fetch: peak of resident memory, both sides", peakMegabytes(), 150, "MB");
    marks.exit();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double timed(Work side, Path target, long bytes) throws Exception {
    Files.deleteIfExists(target);
    long start = System.nanoTime();
    long cpu = CPU.getProcessCpuTime();
    side.run();
    double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    System.out.printf(
        Locale.ROOT,
        "  %.2f s, of the client's processors %.2f s%n",
        seconds,
        (CPU.getProcessCpuTime() - cpu) / 1e9);
    if (Files.size(target) != bytes) {
      throw new IllegalStateException("got " + Files.size(target) + " of " + bytes + " bytes");
    }
    return seconds;
  }

  /** The other side: the same HTTP library, its stream poured into a file. */
  private static void copy(URI url, Path target) throws IOException {
    OkHttpClient http = new OkHttpClient();
    Request request = new Request.Builder().url(url + "/view?filename=big.mp4").build();
    try (Response response = http.newCall(request).execute();
        InputStream in = response.body().byteStream();
        OutputStream out = Files.newOutputStream(target)) {
      in.transferTo(out);
    }
    http.connectionPool().evictAll();
  }

  private static long peakMegabytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1_000_000)
          .findFirst()
          .orElse(0);
    }
  }

  private static Process startServer(long bytes) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            FetchBench.class.getName(),
            "serve",
            Long.toString(bytes))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void serve(long bytes) throws Exception {
    byte[] block = new byte[1 << 20];
    new Random(1).nextBytes(block);
    LoopbackServer server =
        new LoopbackServer(
            (_, socket) -> {
              OutputStream out = socket.getOutputStream();
              out.write(LoopbackServer.head(200, Map.of("ETag", "\"1\""), bytes));
              for (long left = bytes; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
              }
              return true;
            });
    System.out.println(server.url());
    System.in.read(); // ends with the process that started it
    server.close();
  }
}
