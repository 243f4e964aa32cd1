package dev.promptrunner.comfy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Names what an exchange came to when it did not come to an answer of ComfyUI. */
final class Refusals {
  private final ServerAddress address;

  Refusals(ServerAddress address) {
    this.address = address;
  }

  /** Nothing came back, or half of it. */
  FailureException of(String attempted, IOException e) {
    Failure failure =
        switch (e) {
          case Answer.TooLarge _ ->
              notComfy(attempted, String.valueOf(e.getMessage()) + ", which was not read");
          case ConnectException _ -> refused(attempted, e);
          case NoRouteToHostException _ -> refused(attempted, e);
          case UnknownHostException _ ->
              new Failure.Transient(
                  attempted,
                  "no machine is known by the name in " + address,
                  "check the address of the server");
          case SSLException _ ->
              new Failure.Rejected(
                  attempted,
                  "no encrypted connection to " + address + " (" + e.getMessage() + ")",
                  "write http:// if the server does not speak TLS");
          case SocketTimeoutException _ ->
              new Failure.Transient(
                  attempted,
                  "no answer from " + address + " in time",
                  "it is slow while it loads models or scans folders; raise the read timeout if"
                      + " this stays");
          default ->
              new Failure.Transient(
                  attempted,
                  "the connection to " + address + " broke (" + e.getMessage() + ")",
                  "check the network and the server's log");
        };
    return new FailureException(failure, e);
  }

  private Failure refused(String attempted, IOException e) {
    // OkHttp reports a connect timeout as a ConnectException's sibling with a cause of its own
    return new Failure.ServerLost(
        attempted,
        "nothing answers at " + address + " (" + reason(e) + ")",
        "start ComfyUI, or say where it is with --comfyui URL");
  }

  /** OkHttp's own message names the address once more; the reason is in what caused it. */
  private static String reason(IOException e) {
    String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return why == null ? e.getClass().getSimpleName() : why.toLowerCase(Locale.ROOT);
  }

  /** An answer came, but not one that ComfyUI gives to this question. */
  FailureException of(String attempted, Answer answer) {
    return new FailureException(failure(attempted, answer));
  }

  private Failure failure(String attempted, Answer answer) {
    int status = answer.status();
    if (status >= 300 && status < 400) {
      return notComfy(attempted, "it redirects to " + answer.location());
    }
    if (status == 413) {
      return new Failure.Rejected(
          attempted,
          "the request is larger than the server takes (413 " + answer.text() + ")",
          "start ComfyUI with a higher --max-upload-size");
    }
    return refusedByStatus(attempted, answer)
        .orElseGet(() -> notComfy(attempted, "it answered " + shown(answer)));
  }

  private Optional<Failure> refusedByStatus(String attempted, Answer answer) {
    return switch (answer.status()) {
      case 401, 403, 407 -> Optional.of(forbidden(attempted, answer));
      case 408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524 ->
          Optional.of(
              new Failure.Transient(
                  attempted,
                  address + " answered " + shown(answer),
                  answer.status() == 500
                      ? "look at ComfyUI's log for the traceback"
                      : "a proxy before the server may be cutting or the server starting"));
      default -> Optional.empty();
    };
  }

  private Failure forbidden(String attempted, Answer answer) {
    boolean origin = answer.status() == 403 && answer.body().length == 0;
    return new Failure.Rejected(
        attempted,
        address + " refused it (" + shown(answer) + ")",
        origin
            ? "ComfyUI refuses requests whose Origin header differs from its host: let the proxy"
                + " before it drop Origin, or start it with --enable-cors-header"
            : "put user and password into the address: http://user:password@host:port");
  }

  private Failure notComfy(String attempted, String found) {
    return new Failure.Rejected(
        attempted,
        address + " is not a ComfyUI server: " + found,
        "give the address that answers /system_stats with JSON");
  }

  private static String shown(Answer answer) {
    String status = Integer.toString(answer.status());
    if (answer.html()) {
      return status + " with a web page";
    }
    return answer.body().length == 0
        ? status + " with nothing"
        : status + " '" + answer.text() + "'";
  }
}
