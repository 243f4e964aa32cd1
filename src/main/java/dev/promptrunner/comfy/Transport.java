package dev.promptrunner.comfy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends requests over HTTP/1.1 (older aiohttp servers drop the body of a request that offers an
 * upgrade to HTTP/2). A waiting thread can be interrupted at any moment: the exchange runs on
 * another thread and is cut. Thread-safe.
 */
final class Transport implements AutoCloseable {
  /** Below the shortest keep-alive of ComfyUI's HTTP server, which is 75 s. */
  private static final int IDLE_SECONDS = 30;

  private final OkHttpClient repeatable;
  private final OkHttpClient once;
  private final ExecutorService threads;

  Transport(ComfySettings.Timeouts timeouts) {
    this.repeatable =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(timeouts.connect())
            .readTimeout(timeouts.read())
            .writeTimeout(timeouts.read())
            .followRedirects(false)
            .socketFactory(new WideSockets())
            .connectionPool(new ConnectionPool(4, IDLE_SECONDS, TimeUnit.SECONDS))
            .build();
    // OkHttp sends a POST again by itself when a kept connection turns out to be dead, although the
    // server may have acted on it: hence a fresh connection each time and no second try.
    this.once =
        repeatable
            .newBuilder()
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
            .build();
    this.threads =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("comfyui-http-", 0).factory());
  }

  /** Reads an answer's head and body; what it returns may not hold on to them. */
  @FunctionalInterface
  interface AnswerReader<T> {
    T read(Response response) throws IOException;
  }

  /** An exchange that does no harm when it reaches the server twice. */
  <T> T exchange(Request request, AnswerReader<T> reader) throws IOException, InterruptedException {
    return run(repeatable.newCall(request), reader);
  }

  /** An exchange that reaches the server at most once. */
  <T> T exchangeOnce(Request request, AnswerReader<T> reader)
      throws IOException, InterruptedException {
    return run(once.newCall(request), reader);
  }

  /** Cuts every exchange under way; each ends with an {@link IOException}. */
  void cutAll() {
    repeatable.dispatcher().cancelAll();
    once.dispatcher().cancelAll();
  }

  private <T> T run(Call call, AnswerReader<T> reader) throws IOException, InterruptedException {
    Future<T> exchange = threads.submit(() -> execute(call, reader));
    try {
      return exchange.get();
    } catch (ExecutionException e) {
      throw cause(e);
    } catch (InterruptedException e) {
      call.cancel();
      awaitEnd(exchange);
      throw e;
    }
  }

  private static <T> T execute(Call call, AnswerReader<T> reader) throws IOException {
    try (Response response = call.execute()) {
      return reader.read(response);
    }
  }

  /** The exchange may hold a file open, so its end is waited for; the cut socket makes it short. */
  private static void awaitEnd(Future<?> exchange) {
    boolean done = false;
    while (!done) {
      try {
        exchange.get();
        done = true;
      } catch (ExecutionException e) {
        done = true; // the cut connection, as intended
      } catch (InterruptedException again) {
        // the first interrupt is already on its way to the caller
      }
    }
  }

  private static IOException cause(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case Error error -> throw error;
      case RuntimeException unchecked -> throw unchecked;
      case null, default -> new InterruptedIOException("the exchange ended without an answer");
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
    repeatable.connectionPool().evictAll();
    once.connectionPool().evictAll();
  }
}
