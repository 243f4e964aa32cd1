package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.testing.FakeGcs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with the object store is told before the first render. */
class BadDeliveryTest extends CommandLine {
  private static final String REFUSED = "1 problem in the delivery; nothing was started";
  private static final String STOPPED = "1 problem in the settings; nothing was started";
  private static final String GET_A_KEY =
      "download a service account's key (console: IAM, Service accounts, Keys, JSON) and point"
          + " GOOGLE_APPLICATION_CREDENTIALS to it";

  private FakeGcs gcs;

  @BeforeEach
  void start() throws Exception {
    good("walk");
    gcs = FakeGcs.start(Files.createDirectories(dir.resolve("gcs"))).withBucket("films");
  }

  @AfterEach
  void stop() {
    gcs.close();
    assertThat(output().resolve("videos")).doesNotExist();
  }

  private Told delivered(String uri) {
    return render("--deliver", uri);
  }

  @Test
  void a_bucket_that_does_not_exist() {
    environment.put("PROMPT_RUNNER_DELIVERY_HOST", gcs.host().toString());
    delivered("gs://filmz/night")
        .only(
            5,
            "deliver: writing a probe to gs://filmz/night/.prompt-runner-probe: the bucket"
                + " gs://filmz does not exist: HTTP 404, The specified bucket does not exist.,"
                + " found 'gs://filmz/night': make it (gcloud storage buckets create gs://filmz) or"
                + " correct --deliver",
            REFUSED);
  }

  @Test
  void a_bucket_that_refuses() {
    environment.put("PROMPT_RUNNER_DELIVERY_HOST", gcs.host().toString());
    String why = "runner@x does not have storage.objects.create access";
    gcs.on(FakeGcs.Kind.MULTIPART, n -> true, new FakeGcs.Effect.Status(403, why));
    delivered("gs://films/night")
        .only(
            5,
            "deliver: writing a probe to gs://films/night/.prompt-runner-probe: the bucket refuses:"
                + " HTTP 403, "
                + why
                + ", found 'gs://films/night': give the account the role \"Storage Object User\" on"
                + " gs://films",
            REFUSED);
  }

  @Test
  void credentials_that_are_missing() {
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", dir + "/key.json");
    delivered("gs://films/night")
        .only(
            2,
            "GOOGLE_APPLICATION_CREDENTIALS: there is no such credentials file, found"
                + " 'DIR/key.json': "
                + GET_A_KEY,
            STOPPED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello|the credentials file is not JSON",
        "{}|the JSON is not a credentials file: its \"type\" is none of service_account,"
            + " authorized_user, external_account, external_account_authorized_user,"
            + " impersonated_service_account",
        "{\"type\":\"service_account\",\"client_email\":\"a@b\"}|the service account's key lacks"
            + " \"private_key\""
      })
  void credentials_that_are_none(String content, String told) throws Exception {
    Path key = Files.writeString(dir.resolve("key.json"), content);
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
    delivered("gs://films/night")
        .only(
            2,
            "GOOGLE_APPLICATION_CREDENTIALS: " + told + ", found 'DIR/key.json': " + GET_A_KEY,
            STOPPED);
  }

  @Test
  void credentials_whose_key_is_damaged_are_not_quoted() throws Exception {
    Path key =
        Files.writeString(
            dir.resolve("key.json"),
            "{\"type\":\"service_account\",\"client_id\":\"1\",\"client_email\":\"a@b\","
                + "\"private_key_id\":\"1\",\"private_key\":\"SECRET\"}");
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
    delivered("gs://films/night")
        .only(
            2,
            "deliver: opening the object store gs://films/night: the credentials file DIR/key.json"
                + " cannot be used: its private key or another field is damaged, found"
                + " 'gs://films/night': "
                + GET_A_KEY,
            STOPPED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s4://films|unknown kind of object store|write gs://BUCKET/PREFIX or file:///FOLDER (s3://"
            + " is planned)",
        "gs://|not a bucket|write gs://BUCKET/PREFIX with a bucket name of lower-case letters,"
            + " digits, '-', '_' or '.'"
      })
  void an_address_that_is_none(String uri, String what, String remedy) {
    delivered(uri).only(2, "--deliver: " + what + ", found '" + uri + "': " + remedy, STOPPED);
  }

  @Test
  void a_folder_that_cannot_be_written() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "x");
    delivered("file://" + file + "/night")
        .only(
            5,
            "deliver: writing to the folder DIR/file/night: the folder refuses (not a directory),"
                + " found 'file://DIR/file/night': name a folder with room that this user may"
                + " write to: --deliver file:///FOLDER",
            REFUSED);
  }
}
