package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Sleeper;
import dev.promptrunner.delivery.DeliverySettings;
import dev.promptrunner.delivery.RetryLimits;
import dev.promptrunner.notice.Notices;
import dev.promptrunner.testing.FakeGcs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryChecksTest {
  private static final String KEY_TEXT = "{\"type\":\"authorized_user\",\"x\":\"SECRET\"}";

  @TempDir Path dir;
  private FakeGcs gcs;

  @BeforeEach
  void start() throws Exception {
    gcs = FakeGcs.start(Files.createDirectories(dir.resolve("gcs"))).withBucket("films");
  }

  @AfterEach
  void stop() {
    gcs.close();
  }

  private DeliveryChecks checks(String uri, Optional<Path> key) {
    RetryLimits quick = new RetryLimits(Duration.ofSeconds(2), Duration.ofMillis(10), 1);
    return new DeliveryChecks(
        new DeliverySettings(uri, key, Optional.of(gcs.host()), quick),
        InstantSource.system(),
        Sleeper.SYSTEM);
  }

  private DeliveryChecks bucket() {
    return checks("gs://films/night", Optional.empty());
  }

  private List<Finding> run(Check.Look look) throws Exception {
    return Examination.run(
        List.of(new Check(Area.DELIVERY, "object store", Duration.ofSeconds(60), look)));
  }

  @Test
  void a_bucket_is_written_to_and_left_as_it_was() throws Exception {
    assertThat(bucket().store())
        .isEqualTo(
            Finding.ok(
                Area.DELIVERY,
                "object store",
                "gs://films/night: a probe was written, read and removed"));
    assertThat(gcs.names("films")).isEmpty();
    assertThat(gcs.creations("films", "night/.prompt-runner-probe")).isEqualTo(1);
  }

  @Test
  void a_bucket_that_keeps_everything_is_a_warning() throws Exception {
    gcs.on(FakeGcs.Kind.DELETE, n -> true, new FakeGcs.Effect.Status(403, "no"));
    assertThat(bucket().store())
        .isEqualTo(
            Finding.warning(
                Area.DELIVERY,
                "object store",
                "gs://films/night: the probe object may not be removed and stays there",
                "remove it by hand, or give the account the right storage.objects.delete"));
  }

  @Test
  void a_bucket_that_does_not_exist_is_a_problem() throws Exception {
    assertThat(run(() -> List.of(checks("gs://filmz", Optional.empty()).store())))
        .containsExactly(
            Finding.problem(
                Area.DELIVERY,
                "object store",
                "writing a probe to gs://filmz/.prompt-runner-probe: the bucket gs://filmz does"
                    + " not exist: HTTP 404, The specified bucket does not exist.",
                "make it (gcloud storage buckets create gs://filmz) or correct --deliver"));
  }

  @Test
  void an_address_that_is_none_is_a_problem() throws Exception {
    assertThat(checks("s4://films", Optional.empty()).store())
        .isEqualTo(
            Finding.problem(
                Area.DELIVERY,
                "object store",
                "--deliver: unknown kind of object store, found 's4://films'",
                "write gs://BUCKET/PREFIX or file:///FOLDER (s3:// is planned)"));
  }

  @Test
  void a_folder_is_written_to_as_well() throws Exception {
    Path folder = dir.resolve("delivered");
    DeliveryChecks checks = checks(folder.toUri().toString(), Optional.empty());
    assertThat(checks.store().level()).isEqualTo(Level.OK);
    assertThat(folder).isEmptyDirectory();
    assertThat(checks.rights()).isEmpty();
    assertThat(checks.key()).isEmpty();
  }

  @Test
  void rights_that_are_right_are_told() throws Exception {
    gcs.withRights("storage.objects.create", "storage.objects.get", "storage.objects.delete");
    assertThat(bucket().rights())
        .containsExactly(
            Finding.ok(
                Area.DELIVERY, "rights", "create, get and delete objects, nothing dangerous"));
  }

  @Test
  void rights_that_are_missing_are_a_problem() throws Exception {
    gcs.withRights("storage.objects.create");
    assertThat(bucket().rights())
        .containsExactly(
            Finding.problem(
                Area.DELIVERY,
                "rights",
                "missing: storage.objects.get",
                "give the account the role \"Storage Object User\" on the bucket"));
  }

  @Test
  void rights_that_are_too_many_or_do_without_are_warnings() throws Exception {
    gcs.withRights(
        "storage.objects.create",
        "storage.objects.get",
        "storage.objects.delete",
        "storage.buckets.delete");
    assertThat(bucket().rights())
        .containsExactly(
            Finding.warning(
                Area.DELIVERY,
                "rights",
                "more than a delivery needs: storage.buckets.delete",
                "put a key on rented machines that has the role \"Storage Object User\" alone"));
    gcs.withRights("storage.objects.create", "storage.objects.get");
    assertThat(bucket().rights())
        .containsExactly(
            Finding.warning(
                Area.DELIVERY,
                "rights",
                "missing: storage.objects.delete",
                "nothing, if the bucket is meant to keep everything: the probe object stays"
                    + " there"));
  }

  @Test
  void a_store_that_does_not_tell_rights_leaves_it_to_the_probe() throws Exception {
    assertThat(bucket().rights())
        .containsExactly(
            Finding.ok(Area.DELIVERY, "rights", "the store does not tell them; the probe counts"));
  }

  @Test
  void a_store_that_cannot_be_asked_for_rights_is_told_once() throws Exception {
    gcs.on(FakeGcs.Kind.GET, n -> true, new FakeGcs.Effect.Status(403, "no"));
    assertThat(bucket().rights())
        .containsExactly(
            Finding.warning(
                Area.DELIVERY,
                "rights",
                "not looked at: the bucket refuses: HTTP 403, no",
                "see to the line 'object store' first"));
  }

  @Test
  void a_key_that_others_may_read_is_a_warning_and_is_not_printed() throws Exception {
    Path key = Files.writeString(dir.resolve("key.json"), KEY_TEXT);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(checks("gs://films", Optional.of(key)).key())
        .containsExactly(
            Finding.warning(
                Area.DELIVERY,
                "key file",
                key + " can be read by other users of this machine",
                "chmod 600 " + key));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(checks("gs://films", Optional.of(key)).key())
        .containsExactly(Finding.ok(Area.DELIVERY, "key file", key + ", for this user alone"));
  }

  @Test
  void nothing_to_deliver_matters_on_a_pod_alone() {
    assertThat(DeliveryChecks.none(false).level()).isEqualTo(Level.OK);
    assertThat(DeliveryChecks.none(true))
        .isEqualTo(
            Finding.warning(
                Area.DELIVERY,
                "object store",
                "nothing is delivered: finished videos stay in the output folder, on a pod",
                "name a bucket with --deliver gs://BUCKET/PREFIX before the pod is gone"));
  }

  @Test
  void each_receiver_of_notices_has_a_line_without_its_address() {
    assertThat(NoticeCheck.look(List.of())).isEmpty();
    assertThat(
            NoticeCheck.look(
                List.of(
                    new Notices.Reached("notice.slack", true, "notices arrive"),
                    new Notices.Reached("notice.webhook", false, "404 Not Found"))))
        .containsExactly(
            Finding.ok(Area.NOTICES, "notice.slack", "notices arrive"),
            Finding.problem(
                Area.NOTICES,
                "notice.webhook",
                "no notice would arrive: 404 Not Found",
                "see whether the address in notice.webhook is right and can be reached from"
                    + " here"));
  }
}
