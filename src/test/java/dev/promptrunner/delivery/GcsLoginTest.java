package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.testing.FakeGcs;
import dev.promptrunner.testing.FakeGcs.Effect;
import dev.promptrunner.testing.FakeGcs.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The way of a service account's key file to a bearer token. */
class GcsLoginTest {
  private static final RetryLimits LIMITS =
      new RetryLimits(Duration.ofSeconds(2), Duration.ofMillis(5), 2);

  @TempDir Path folder;
  private FakeGcs gcs;
  private Path key;

  @BeforeEach
  void start() throws Exception {
    gcs = FakeGcs.start(folder).withBucket("films").withToken("right");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    byte[] secret = generator.generateKeyPair().getPrivate().getEncoded();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(secret)
            + "\n-----END PRIVATE KEY-----\n";
    Map<String, String> fields =
        Map.of(
            "type", "service_account",
            "client_id", "1",
            "client_email", "a@b.iam",
            "private_key_id", "k1",
            "private_key", pem,
            "token_uri", gcs.host() + "/token");
    key =
        Files.writeString(
            folder.resolve("key.json"), JsonMapper.shared().writeValueAsString(fields));
  }

  @AfterEach
  void stop() {
    gcs.close();
  }

  private ObjectStore open(Optional<Path> credentials) throws FailureException {
    var settings = new DeliverySettings("gs://films", credentials, Optional.of(gcs.host()), LIMITS);
    assertThat(settings.problems()).isEmpty();
    return ObjectStores.open(settings, InstantSource.system(), duration -> {});
  }

  @Test
  void a_key_file_is_changed_into_a_token_that_every_request_carries() throws Exception {
    try (ObjectStore store = open(Optional.of(key))) {
      assertThat(store.verifyAccess()).isEmpty();
    }

    assertThat(gcs.count(Kind.TOKEN)).isEqualTo(1);
    assertThat(gcs.authorizations())
        .filteredOn(header -> !header.isEmpty())
        .containsOnly("Bearer right");
  }

  @Test
  void a_revoked_key_is_told_before_the_first_render() throws Exception {
    gcs.on(Kind.TOKEN, n -> true, new Effect.Status(400, "invalid_grant: Invalid JWT Signature."));
    try (ObjectStore store = open(Optional.of(key))) {
      assertThatThrownBy(store::verifyAccess)
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Rejected.class))
          .hasMessageContaining("writing a probe to gs://films/.prompt-runner-probe")
          .hasMessageContaining("Google refused the login (invalid_grant)")
          .hasMessageContaining("make a new key for the service account")
          .message()
          .doesNotContain("PRIVATE KEY");
    }
  }

  @Test
  void no_login_where_one_is_needed_is_told() throws Exception {
    try (ObjectStore store = open(Optional.empty())) {
      assertThatThrownBy(store::verifyAccess)
          .hasMessageContaining("no valid login: HTTP 401")
          .hasMessageContaining("point GOOGLE_APPLICATION_CREDENTIALS to it");
    }
  }
}
