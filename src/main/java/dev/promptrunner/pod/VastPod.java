package dev.promptrunner.pod;

import dev.promptrunner.base.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import okhttp3.Request;
import tools.jackson.databind.JsonNode;

/**
 * An instance of Vast.ai. The key in its environment may start, stop and destroy this instance and
 * perhaps nothing else, so that reading the state may be refused.
 */
final class VastPod implements Pod, Way, StateReader {
  private static final String BY_HAND =
      "end the instance at https://cloud.vast.ai/instances/ (its disk is billed until destroyed)";

  private final String id;
  private final Secret key;
  private final String address;
  private final PodHttp http;
  private final PodSettings settings;
  private final PodTime time;
  private volatile boolean seen;

  VastPod(String id, Secret key, PodSettings settings, PodTime time) {
    this.id = id;
    this.key = key;
    this.address =
        settings.vastUrl().toString().replaceAll("/+$", "") + "/api/v0/instances/" + id + "/";
    this.http = new PodHttp(settings.timeout(), new Redactor(Optional.of(key)), time.clock());
    this.settings = settings;
    this.time = time;
  }

  @Override
  public String describe() {
    return "Vast.ai instance " + id;
  }

  @Override
  public boolean exists() {
    return true;
  }

  /** The whole disk is kept, and billed, until the instance is destroyed. */
  @Override
  public boolean keepsOnStop(Path path) {
    return true;
  }

  @Override
  public Probe canStop() {
    return switch (read()) {
      case Reading.Known known ->
          new Probe(true, describe() + " is " + known.words(), known.dollarsPerHour());
      case Reading.Refused refused ->
          new Probe(
              true,
              describe()
                  + ": this key may not read the state, which says nothing of stopping ("
                  + refused.words()
                  + ")",
              OptionalDouble.empty());
      case Reading.NotFound missing -> unable(missing.words());
      case Reading.Unclear unclear -> unable(unclear.words());
    };
  }

  private Probe unable(String words) {
    return new Probe(
        false,
        describe() + " cannot be asked about: " + words + " — " + BY_HAND,
        OptionalDouble.empty());
  }

  @Override
  public Ended end(Permit permit, Consumer<String> trouble) throws InterruptedException {
    return new EndLoop(describe(), List.of(this), this, settings, time, BY_HAND)
        .run(permit.action(), trouble);
  }

  @Override
  public String name() {
    return "REST";
  }

  @Override
  public Attempt end(EndAction action) {
    Answer answer =
        http.send(
            switch (action) {
              case STOP -> request().put(PodHttp.json("{\"state\":\"stopped\"}"));
              case TERMINATE -> request().delete();
            });
    boolean refused =
        answer instanceof Answer.Reply reply
            && reply.ok()
            && !reply.json().path("success").asBoolean(false);
    return refused && answer instanceof Answer.Reply reply
        ? new Attempt.Refused(reply.words())
        : Attempt.of(answer);
  }

  @Override
  public Reading read() {
    return switch (http.send(request().get())) {
      case Answer.Silence silence -> new Reading.Unclear(silence.words());
      case Answer.Reply reply when reply.ok() -> known(reply);
      case Answer.Reply reply when reply.code() == 404 ->
          new Reading.NotFound(seen, seen ? "destroyed" : reply.words());
      case Answer.Reply reply when reply.passing() -> new Reading.Unclear(reply.words());
      case Answer.Reply reply -> new Reading.Refused(reply.words());
    };
  }

  /** {@code cur_state} tells whether the hardware is held, which is what is billed. */
  private Reading known(Answer.Reply reply) {
    JsonNode instance = reply.json().path("instances");
    if (!instance.isObject()) {
      return new Reading.NotFound(seen, seen ? "destroyed" : reply.words());
    }
    String state =
        instance.path("cur_state").asString(instance.path("actual_status").asString("unknown"));
    seen = true;
    return new Reading.Known(
        state.equals("stopped") || state.equals("exited"),
        state.equals("unloaded"),
        state,
        RunPodState.price(instance.path("dph_total")));
  }

  private Request.Builder request() {
    return new Request.Builder().url(address).header("Authorization", "Bearer " + key.reveal());
  }
}
