package dev.promptrunner.store;

import static dev.promptrunner.store.StoreFixture.CLOCK;
import static dev.promptrunner.store.StoreFixture.PID;
import static dev.promptrunner.store.StoreFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OutputLockTest {
  @TempDir Path root;

  @Test
  void the_second_process_is_told_who_the_first_is_since_when_and_what_to_do() throws Exception {
    try (StoreProcess first = StoreProcess.holding(root)) {
      assertThat(first.line()).isEqualTo("open");
      assertThatThrownBy(() -> Store.open(root, CLOCK, PID))
          .isInstanceOfSatisfying(
              OutputRootBusyException.class, e -> assertThat(e.pid()).isEqualTo(first.pid()))
          .hasMessageContaining("opening the output root " + root.toRealPath())
          .hasMessageContaining("process " + first.pid() + " on host")
          .hasMessageContaining("since 20")
          .hasMessageContaining("kill " + first.pid())
          .hasMessageContaining("--output");
      assertThat(Store.read(root).orElseThrow().status().works()).isEmpty();
    }
    StoreFixture.open(root).close();
  }

  @Test
  void a_second_store_of_the_same_process_is_refused_and_takes_nothing_from_the_first()
      throws Exception {
    try (Store store = StoreFixture.open(root)) {
      assertThatThrownBy(() -> Store.open(root, CLOCK, PID))
          .isInstanceOf(OutputRootBusyException.class)
          .hasMessageContaining("process " + PID)
          .hasMessageContaining("since " + START);
      assertThatThrownBy(() -> Store.open(root, CLOCK, PID + 1))
          .isInstanceOf(OutputRootBusyException.class);
      Store.read(root).orElseThrow().status();
      assertAnotherProcessIsRefused();
      assertThat(store.works()).isEmpty();
    }
  }

  private void assertAnotherProcessIsRefused() throws Exception {
    try (StoreProcess other = StoreProcess.holding(root)) {
      assertThat(other.line()).startsWith(StoreProcess.BUSY).contains("process " + PID);
    }
  }

  @Test
  void what_a_killed_process_left_is_no_obstacle() throws Exception {
    try (StoreProcess first = StoreProcess.holding(root)) {
      assertThat(first.line()).isEqualTo("open");
    }
    assertThat(Files.readString(root.resolve("state.owner"))).contains("pid: ");
    try (Store store = StoreFixture.open(root)) {
      assertThat(store.works()).isEmpty();
    }
    assertThat(root.resolve("state.owner")).doesNotExist();
  }

  @Test
  void closing_twice_does_not_take_the_root_from_the_next() throws Exception {
    Store first = StoreFixture.open(root);
    first.close();
    try (Store next = StoreFixture.open(root)) {
      first.close();
      assertThat(root.resolve("state.owner")).exists();
      assertAnotherProcessIsRefused();
      assertThat(next.works()).isEmpty();
    }
  }

  @Test
  void an_owner_is_read_as_it_was_written() {
    Owner owner = new Owner(4711, Optional.of(START), START.plusSeconds(1), "pod-7");
    assertThat(Owner.parse(owner.text())).contains(owner);
    Owner unborn = new Owner(4711, Optional.empty(), START, "pod-7");
    assertThat(Owner.parse(unborn.text())).contains(unborn);
    assertThat(Owner.parse("")).isEmpty();
    assertThat(Owner.parse("pid: many\nsince: noon\n")).isEmpty();
  }

  @Test
  void an_owner_that_cannot_be_read_is_told_without_a_number() {
    assertThat(new OutputRootBusyException(root, Owner.UNKNOWN))
        .hasMessageContaining("process of unknown id")
        .hasMessageContaining("since an unknown time")
        .hasMessageNotContaining("kill");
  }

  @Test
  void a_run_lives_only_in_the_very_process_that_took_the_root() throws Exception {
    Instant born = OutputLock.born().orElseThrow();
    assertThat(state(new Owner(PID, Optional.of(born), START, OutputLock.host())))
        .isEqualTo(Status.ProcessState.ALIVE);
    assertThat(state(new Owner(PID, Optional.of(born.minusSeconds(60)), START, OutputLock.host())))
        .isEqualTo(Status.ProcessState.GONE);
    assertThat(state(new Owner(PID, Optional.empty(), START, OutputLock.host())))
        .isEqualTo(Status.ProcessState.UNKNOWN);
    assertThat(state(new Owner(PID, Optional.of(born), START, "another pod")))
        .isEqualTo(Status.ProcessState.UNKNOWN);
    assertThat(state(new Owner(PID + 1, Optional.of(born), START, OutputLock.host())))
        .isEqualTo(Status.ProcessState.GONE);
  }

  private Status.ProcessState state(Owner owner) throws Exception {
    Files.writeString(root.resolve("state.owner"), owner.text());
    return new Liveness(root).of(Optional.of(StoreFixture.run()));
  }
}
