package dev.promptrunner.comfy;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Brings one file from {@code /view} to a path: under a temporary name until it is whole, going on
 * where a cut connection ended, with its digest computed on the way. Used once, by one thread.
 */
final class Download {
  private static final long ERROR_PAGE = 1 << 20;

  /** What a file of no announced size leaves on the disk: it may have no end. */
  private static final long RESERVE = 64_000_000;

  private final Http http;
  private final OutputFile file;
  private final Path target;
  private final long largest;
  private final String attempted;
  private final FetchFailures failures;

  private long highWater;
  private Optional<String> etag = Optional.empty();
  private long total = -1;

  Download(Http http, OutputFile file, Path target, long largest) {
    this.http = http;
    this.file = file;
    this.target = target.toAbsolutePath();
    this.largest = largest;
    this.attempted = "fetching " + file + " from " + http.address();
    this.failures = new FetchFailures(attempted, this.target);
  }

  Fetched run() throws FailureException, InterruptedException {
    if (file.problem().isPresent()) {
      throw failures.bad(
          file.problem().get(), "the server's answer is not to be trusted: look at its nodes");
    }
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try (PartFile whole = PartFile.create(part)) {
      fill(whole);
      Digest digest = whole.finish();
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return new Fetched(target, whole.size(), digest);
    } catch (IOException e) {
      throw failures.disk(e);
    }
  }

  private void fill(PartFile part) throws FailureException, InterruptedException {
    Retries.Budget budget = http.retries().budget();
    while (true) {
      try {
        step(part);
        return;
      } catch (FailureException e) {
        if (part.size() > highWater) {
          highWater = part.size();
          budget = http.retries().budget();
        }
        budget.spend(e);
      }
    }
  }

  private void step(PartFile part) throws FailureException, InterruptedException {
    try {
      Optional<FailureException> failed =
          http.transport().exchange(request(part.size()), response -> receive(response, part));
      if (failed.isPresent()) {
        throw failed.get();
      }
    } catch (PartFile.DiskException e) {
      throw failures.disk(e);
    } catch (IOException e) {
      throw http.refusals().of(attempted, e);
    }
  }

  private Request request(long from) {
    HttpUrl.Builder url = http.address().route("view").newBuilder();
    url.addQueryParameter("filename", file.filename());
    url.addQueryParameter("subfolder", file.subfolder());
    url.addQueryParameter("type", file.type());
    Request.Builder request = http.request(url.build()).header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
      etag.ifPresent(tag -> request.header("If-Range", tag));
    }
    return request.build();
  }

  /** Takes what comes; a failure is returned, since the exchange's own thread must not judge it. */
  private Optional<FailureException> receive(Response response, PartFile part) throws IOException {
    return switch (response.code()) {
      case 200 -> whole(response, part);
      case 206 -> rest(response, part);
      case 416 -> Optional.of(pastTheEnd(response, part));
      case 400, 403, 404 -> Optional.of(failures.status(response.code()));
      default -> Optional.of(http.refusals().of(attempted, Answer.of(response, ERROR_PAGE)));
    };
  }

  private Optional<FailureException> whole(Response response, PartFile part) throws IOException {
    String type = Optional.ofNullable(response.header("Content-Type")).orElse("");
    if (type.startsWith("text/html") && !file.extension().startsWith("htm")) {
      return Optional.of(http.refusals().of(attempted, new Answer(200, type, "", new byte[0])));
    }
    part.restart();
    etag = Optional.ofNullable(response.header("ETag"));
    total = response.body().contentLength();
    Optional<FailureException> tooMuch = tooMuch(part);
    return tooMuch.isPresent() ? tooMuch : copy(response, part);
  }

  private Optional<FailureException> tooMuch(PartFile part) throws IOException {
    if (total > largest) {
      return Optional.of(failures.tooLarge(total, largest));
    }
    long room = part.room();
    return total <= room ? Optional.empty() : Optional.of(failures.noRoom(total, room));
  }

  /** ComfyUI's HTTP server takes If-Range for a date alone, so the tag is compared here as well. */
  private Optional<FailureException> rest(Response response, PartFile part) throws IOException {
    ContentRange range = ContentRange.of(response.header("Content-Range"));
    boolean same =
        range.start() == part.size()
            && (total < 0 || range.total() == total)
            && etag.equals(Optional.ofNullable(response.header("ETag")));
    if (!same) {
      part.restart();
      return Optional.of(failures.changed());
    }
    return copy(response, part);
  }

  private Optional<FailureException> copy(Response response, PartFile part) throws IOException {
    long limit = total >= 0 ? largest : Math.min(largest, part.size() + part.room() - RESERVE);
    part.take(response.body().source(), limit);
    return part.size() > limit
        ? Optional.of(
            failures.bad(
                "it has more than " + new ByteSize(Math.max(0, limit)),
                "raise the limit, or free some space, if it is right"))
        : Optional.empty();
  }

  private FailureException pastTheEnd(Response response, PartFile part) throws IOException {
    long really = ContentRange.of(response.header("Content-Range")).total();
    if (really == part.size()) {
      return failures.bad(
          "the server announced " + total + " bytes, but the file has " + really,
          "its job was cut while writing: run the job again");
    }
    part.restart();
    return failures.changed();
  }
}
