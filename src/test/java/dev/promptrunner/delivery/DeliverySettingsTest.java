package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliverySettingsTest {
  @TempDir Path folder;

  private static List<String> problems(DeliverySettings settings) {
    return settings.problems().stream().map(Problem::toString).toList();
  }

  private DeliverySettings withKey(String json) throws IOException {
    Path key = Files.writeString(folder.resolve("key.json"), json);
    return new DeliverySettings(
        "gs://films/night", Optional.of(key), Optional.empty(), RetryLimits.DEFAULT);
  }

  @Test
  void by_default_has_no_key_no_other_host_and_two_minutes_of_patience() {
    DeliverySettings settings = DeliverySettings.of("gs://films");

    assertThat(settings.credentialsFile()).isEmpty();
    assertThat(settings.host()).isEmpty();
    assertThat(settings.retries())
        .isEqualTo(new RetryLimits(Duration.ofMinutes(2), Duration.ofMillis(500), 5));
    assertThat(settings.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gs://films, films, ''",
    "gs://films/, films, ''",
    "gs://films/night, films, night",
    "gs://films/a/b/, films, a/b",
    "GS_IS_UPPER, , ",
  })
  void reads_bucket_and_prefix(String uri, String bucket, String prefix) {
    Destination destination = DeliverySettings.of(uri).destination();

    if (bucket == null) {
      assertThat(destination).isInstanceOf(Destination.Invalid.class);
    } else {
      assertThat(destination).isEqualTo(new Destination.Bucket(bucket, prefix));
    }
  }

  @Test
  void reads_a_folder() {
    assertThat(DeliverySettings.of("file:///data/my videos").destination())
        .isEqualTo(new Destination.Folder(Path.of("/data/my videos")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3://films | s3:// is planned, but not there yet, found 's3://films': write"
            + " gs://BUCKET/PREFIX or file:///FOLDER",
        "ftp://films | unknown kind of object store, found 'ftp://films': write"
            + " gs://BUCKET/PREFIX or file:///FOLDER (s3:// is planned)",
        "/data | a destination needs a scheme, found '/data': write gs://BUCKET/PREFIX or"
            + " file:///FOLDER; for this folder: file:///data",
        "gs://Films | not a bucket, found 'gs://Films': write gs://BUCKET/PREFIX with a bucket"
            + " name of lower-case letters, digits, '-', '_' or '.'",
        "gs://films/../x | not a prefix of object names, found 'gs://films/../x': leave out '..',"
            + " '.' and empty parts",
      })
  void says_what_is_wrong_with_a_destination(String uri, String message) {
    assertThat(problems(DeliverySettings.of(uri))).containsExactly("--deliver: " + message);
  }

  @ParameterizedTest
  @CsvSource({"file://data/x", "file:data"})
  void wants_the_absolute_path_of_a_folder(String uri) {
    assertThat(problems(DeliverySettings.of(uri)))
        .singleElement()
        .asString()
        .startsWith("--deliver: not a folder (")
        .endsWith("'" + uri + "': write three slashes and an absolute path: file:///data/videos");
  }

  @Test
  void misses_a_key_file_that_is_not_there() {
    Path missing = folder.resolve("nowhere.json");
    DeliverySettings settings =
        new DeliverySettings(
            "gs://films", Optional.of(missing), Optional.empty(), RetryLimits.DEFAULT);

    assertThat(problems(settings))
        .containsExactly(
            "GOOGLE_APPLICATION_CREDENTIALS: there is no such credentials file, found '"
                + missing
                + "': download a service account's key (console: IAM, Service accounts, Keys,"
                + " JSON) and point GOOGLE_APPLICATION_CREDENTIALS to it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json | the credentials file is not JSON",
        "{} | the JSON is not a credentials file: its \"type\" is none of",
        "{\"type\":\"service_account\"} | the service account's key lacks \"client_email\"",
        "{\"type\":\"service_account\",\"client_email\":\"a\"} | key lacks \"private_key\"",
      })
  void says_what_is_wrong_with_a_key_file(String json, String message) throws Exception {
    assertThat(problems(withKey(json))).singleElement().asString().contains(message);
  }

  @Test
  void never_repeats_what_is_in_a_key_file() throws Exception {
    DeliverySettings settings =
        withKey(
            "{\"type\":\"service_account\",\"client_email\":\"a@b\",\"private_key_id\":\"i\","
                + "\"client_id\":\"1\",\"private_key\":\"SECRET-KEY\"}");

    assertThat(settings.problems()).isEmpty();
    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(FailureException.class)
        .hasNoCause()
        .hasMessageContaining("opening the object store gs://films/night")
        .hasMessageContaining("its private key or another field is damaged")
        .message()
        .doesNotContain("SECRET-KEY");
  }

  @Test
  void opening_with_problems_tells_them() {
    assertThatThrownBy(() -> open(DeliverySettings.of("s3://films")))
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "Rejected: opening the object store s3://films: --deliver: s3:// is planned, but not"
                + " there yet, found 's3://films' — write gs://BUCKET/PREFIX or file:///FOLDER");
  }

  private static void open(DeliverySettings settings) throws FailureException {
    ObjectStores.open(settings, InstantSource.system(), duration -> {}).close();
  }

  @Test
  void misses_credentials_where_the_machine_offers_none() {
    assertThatThrownBy(
            () ->
                GcsCredentials.of(
                    DeliverySettings.of("gs://films"),
                    () -> {
                      throw new IOException("no default credentials");
                    }))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("Rejected: opening the object store gs://films")
        .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS is not set")
        .hasMessageContaining("download a service account's key");
  }

  @Test
  void waits_twice_as_long_after_each_session_up_to_its_patience() {
    RetryLimits limits = new RetryLimits(Duration.ofSeconds(5), Duration.ofSeconds(1), 9);

    assertThat(limits.delayAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(limits.delayAfter(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(limits.delayAfter(3)).isEqualTo(Duration.ofSeconds(4));
    assertThat(limits.delayAfter(60)).isEqualTo(Duration.ofSeconds(5));
    assertThatThrownBy(() -> new RetryLimits(Duration.ZERO, Duration.ofSeconds(1), 1))
        .hasMessage("not limits of retries: PT0S, PT1S, 1");
  }
}
