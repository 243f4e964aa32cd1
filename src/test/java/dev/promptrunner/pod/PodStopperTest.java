package dev.promptrunner.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.pod.PodSettings.Undelivered;
import dev.promptrunner.pod.PodStopper.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PodStopperTest {
  private static final Path OUTPUT = Path.of("/workspace/output");
  private static final Ended EXITED = new Ended("EXITED", "REST v2", true);

  private final FakeTime time = new FakeTime();
  private final List<RunEvent> events = new ArrayList<>();
  private final Pod pod = mock(Pod.class);

  @BeforeEach
  void aPodThatObeys() throws Exception {
    when(pod.describe()).thenReturn("pod p1");
    when(pod.keepsOnStop(any())).thenReturn(true);
    when(pod.end(any(), any())).thenReturn(EXITED);
  }

  @ParameterizedTest
  @EnumSource(names = {"STOP", "TERMINATE"})
  void no_stop_is_ever_called_before_delivery_is_verified(After after) throws Exception {
    DeliveryLedger ledger = new DeliveryLedger(true);
    PodStopper stopper = stopper(after, Undelivered.STAY);
    List<RunEvent> run =
        List.of(
            new RunEvent.RunStarted(time.instant(), new RunId("r"), "simulator", 1, 3),
            new RunEvent.WorkStarted(time.instant(), "a", 5, 3, 0),
            new RunEvent.VideoReady(time.instant(), "a", "final/a.mp4", 5, true),
            new RunEvent.WorkDone(time.instant(), "a", "final/a.mp4", java.time.Duration.ZERO));

    for (RunEvent event : run) {
      ledger.on(event);
      stopper.endAfter(ledger.evidence());
      verify(pod, never()).end(any(), any());
    }
    ledger.on(new RunEvent.Delivered(time.instant(), "a", "gs://bucket/a", 10, false));
    stopper.endAfter(ledger.evidence());
    stopper.endAfter(ledger.evidence());

    verify(pod, times(1))
        .end(argThat(permit -> permit.action().name().equals(after.name())), any());
  }

  @Test
  void announces_the_stop_before_and_the_state_after() throws Exception {
    RunListener listener = mock(RunListener.class);
    var stopper = new PodStopper(pod, After.STOP, Undelivered.STAY, OUTPUT, listener, time);

    stopper.endAfter(proof(0));

    var order = inOrder(listener, pod);
    order.verify(listener).on(new RunEvent.PodStopping(time.instant(), "pod p1", "stop"));
    order.verify(pod).end(any(), any());
    order.verify(listener).on(new RunEvent.PodStopped(time.instant(), "pod p1", "EXITED"));
  }

  /** after, evidence, policy, kept, what happens, words. */
  static Stream<Arguments> decisions() {
    var stay = Undelivered.STAY;
    var nothing = new Evidence.NothingToDeliver(0, 1);
    var local = new Evidence.NothingToDeliver(1, 0);
    var idle = new Evidence.NothingToDeliver(0, 0);
    var waiting = new Evidence.Undelivered(List.of("walk"), 0);
    var limit = limit(List.of("walk"), List.of(), 0);
    var paid = limit(List.of("walk", "turn"), List.of("walk"), 0);
    return Stream.of(
        Arguments.of(After.NONE, proof(0), stay, true, "stay", "--after none"),
        Arguments.of(After.NONE, limit, stay, true, "stay", "--after none"),
        Arguments.of(After.STOP, proof(0), stay, true, "stop", "2 delivered and verified"),
        Arguments.of(After.STOP, proof(1), stay, false, "stop", "2 delivered and verified"),
        Arguments.of(After.TERMINATE, proof(0), stay, true, "terminate", "2 delivered"),
        Arguments.of(After.TERMINATE, proof(1), stay, true, "stop", "1 failed; stopped instead"),
        Arguments.of(After.TERMINATE, nothing, stay, true, "stop", "nothing was delivered"),
        Arguments.of(After.TERMINATE, nothing, stay, true, "stop", "stopped instead of terminated"),
        Arguments.of(After.TERMINATE, idle, stay, false, "stop", "0 failed"),
        Arguments.of(After.STOP, nothing, stay, false, "stay", "would wipe the output folder"),
        Arguments.of(After.STOP, local, stay, true, "stop", "1 finished on this disk alone"),
        Arguments.of(After.TERMINATE, local, stay, false, "stay", "would wipe"),
        Arguments.of(After.STOP, waiting, stay, true, "stay", "not delivered: walk: the pod stays"),
        Arguments.of(After.TERMINATE, waiting, stay, true, "stay", "its bill runs on"),
        Arguments.of(After.STOP, waiting, Undelivered.STOP, true, "stop", "the disk keeps them"),
        Arguments.of(After.TERMINATE, waiting, Undelivered.STOP, true, "stop", "pod.undelivered"),
        Arguments.of(After.STOP, waiting, Undelivered.STOP, false, "stay", "the pod stays up"),
        Arguments.of(After.STOP, limit, stay, true, "stop", "deadline has passed; not delivered"),
        Arguments.of(After.TERMINATE, limit, stay, false, "stop", "stopped instead"),
        Arguments.of(After.STOP, paid, stay, true, "stop", "not delivered: walk, turn"),
        Arguments.of(
            After.STOP,
            paid,
            Undelivered.STOP,
            false,
            "stay",
            "the deadline has passed; not delivered: walk, turn: a stop would wipe the output"
                + " folder with walk, so the pod stays up and is BILLED beyond the limit; copy"
                + " them, or run again to deliver, and end the pod by hand"));
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void decides_by_the_evidence(
      After after, Evidence evidence, Undelivered policy, boolean kept, String end, String why) {
    Decision decision = Decision.of(after, evidence, policy, kept);

    String what =
        switch (decision) {
          case Decision.Stay _ -> "stay";
          case Decision.End ending -> ending.action().word();
        };
    assertThat(what).isEqualTo(end);
    assertThat(decision.why()).contains(why);
  }

  /** Whatever was asked for, found, wanted and kept: only a whole delivery is terminated. */
  @ParameterizedTest
  @MethodSource("everyCase")
  void undelivered_work_is_never_terminated(
      After after, Evidence evidence, Undelivered policy, boolean kept) {
    Decision decision = Decision.of(after, evidence, policy, kept);

    boolean whole = evidence instanceof Evidence.DeliveryProof && evidence.failed() == 0;
    boolean terminates =
        decision instanceof Decision.End end && end.action() == EndAction.TERMINATE;
    assertThat(terminates).isEqualTo(after == After.TERMINATE && whole);
    if (decision instanceof Decision.End && !kept) {
      assertThat(evidence)
          .as("a stop that wipes the output")
          .satisfiesAnyOf(
              found -> assertThat(found).isInstanceOf(Evidence.DeliveryProof.class),
              found ->
                  assertThat(found)
                      .isInstanceOfSatisfying(
                          Evidence.LimitReached.class,
                          limit -> assertThat(limit.finished()).isEmpty()),
              found -> assertThat(found).isEqualTo(new Evidence.NothingToDeliver(0, 0)));
    }
    if (evidence instanceof Evidence.LimitReached limit && after != After.NONE) {
      assertThat(decision instanceof Decision.End).isEqualTo(kept || limit.finished().isEmpty());
    }
    if (after == After.NONE) {
      assertThat(decision).isInstanceOf(Decision.Stay.class);
    }
  }

  static Stream<Arguments> everyCase() {
    List<Evidence> found = new ArrayList<>();
    for (int failed : new int[] {0, 1}) {
      found.add(proof(failed));
      found.add(new Evidence.NothingToDeliver(0, failed));
      found.add(new Evidence.NothingToDeliver(2, failed));
      found.add(new Evidence.Undelivered(List.of("walk"), failed));
      found.add(limit(List.of(), List.of(), failed));
      found.add(limit(List.of("walk"), List.of(), failed));
      found.add(limit(List.of("walk"), List.of("walk"), failed));
    }
    return Stream.of(After.NONE, After.STOP, After.TERMINATE)
        .flatMap(
            after ->
                found.stream()
                    .flatMap(
                        evidence ->
                            Stream.of(Undelivered.values())
                                .flatMap(
                                    policy ->
                                        Stream.of(true, false)
                                            .map(
                                                kept ->
                                                    Arguments.of(after, evidence, policy, kept)))));
  }

  @Test
  void tells_a_person_while_nothing_works() throws Exception {
    when(pod.end(any(), any()))
        .thenAnswer(
            call -> {
              call.<java.util.function.Consumer<String>>getArgument(1).accept("still BILLED");
              return EXITED;
            });

    stopper(After.STOP, Undelivered.STAY).endAfter(proof(0));

    assertThat(warnings()).containsExactly("still BILLED");
  }

  @Test
  void says_why_it_stops_instead_of_terminating() throws Exception {
    stopper(After.TERMINATE, Undelivered.STAY).endAfter(new Evidence.NothingToDeliver(0, 2));

    verify(pod).end(argThat(permit -> permit.action() == EndAction.STOP), any());
    assertThat(warnings())
        .containsExactly(
            "nothing was delivered: 0 finished on this disk alone, 2 failed; stopped instead of"
                + " terminated, so that the disk stays");
  }

  @Test
  void says_why_it_stays_up() throws Exception {
    Outcome outcome =
        stopper(After.STOP, Undelivered.STAY)
            .endAfter(new Evidence.Undelivered(List.of("walk"), 0));

    assertThat(outcome).isInstanceOf(Outcome.StayedUp.class);
    assertThat(warnings())
        .containsExactly(
            "not delivered: walk: the pod stays up, and its bill runs on; run again to deliver");
  }

  @Test
  void asks_for_a_look_when_the_state_could_not_be_read() throws Exception {
    when(pod.end(any(), any())).thenReturn(new Ended("accepted", "REST", false));

    stopper(After.STOP, Undelivered.STAY).endAfter(proof(0));

    assertThat(warnings())
        .containsExactly("accepted (REST): make sure at the provider that it has ended");
  }

  @Test
  void lets_a_failed_ending_be_tried_again() throws Exception {
    var failure = new FailureException(new Failure.Pod("stop", "nothing", "by hand"));
    when(pod.end(any(), any())).thenThrow(failure).thenReturn(EXITED);
    PodStopper stopper = stopper(After.STOP, Undelivered.STAY);

    assertThatThrownBy(() -> stopper.endAfter(proof(0))).isSameAs(failure);

    assertThat(stopper.endAfter(proof(0))).isEqualTo(new Outcome.WasEnded(EndAction.STOP, EXITED));
  }

  @Test
  void auto_means_stop_inside_a_pod_that_delivers_and_none_elsewhere() {
    assertThat(After.AUTO.decided(true, true)).isEqualTo(After.STOP);
    assertThat(After.AUTO.decided(true, false)).isEqualTo(After.NONE);
    assertThat(After.AUTO.decided(false, true)).isEqualTo(After.NONE);
    assertThat(After.TERMINATE.decided(false, false)).isEqualTo(After.TERMINATE);
    assertThatThrownBy(() -> stopper(After.AUTO, Undelivered.STAY))
        .hasMessage("auto must be decided first");
  }

  private static Evidence.LimitReached limit(
      List<String> undelivered, List<String> finished, int failed) {
    return new Evidence.LimitReached("the deadline has passed", undelivered, finished, failed);
  }

  private static Evidence.DeliveryProof proof(int failed) {
    return new Evidence.DeliveryProof(List.of("gs://b/1", "gs://b/2"), failed);
  }

  private List<String> warnings() {
    return events.stream()
        .filter(RunEvent.Warning.class::isInstance)
        .map(event -> ((RunEvent.Warning) event).message())
        .toList();
  }

  private PodStopper stopper(After after, Undelivered policy) {
    return new PodStopper(pod, after, policy, OUTPUT, events::add, time);
  }
}
