package dev.promptrunner.delivery;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Google's client with limits that a person waits for. */
final class GcsClient {
  private static final int CONNECT_MILLIS = 20_000;
  private static final int READ_MILLIS = 60_000;
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(16);

  /** Only listing or making buckets needs a project, and neither is done. */
  private static final String NO_PROJECT = "prompt-runner";

  private GcsClient() {}

  static Storage connect(Credentials credentials, Optional<URI> host, RetryLimits retries) {
    var options =
        StorageOptions.http()
            .setProjectId(NO_PROJECT)
            .setCredentials(credentials)
            .setRetrySettings(retrySettings(retries))
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setConnectTimeout(CONNECT_MILLIS)
                    .setReadTimeout(READ_MILLIS)
                    .build());
    host.ifPresent(uri -> options.setHost(uri.toString()));
    return options.build().getService();
  }

  private static RetrySettings retrySettings(RetryLimits retries) {
    Duration longest =
        LONGEST_DELAY.compareTo(retries.patience()) < 0 ? LONGEST_DELAY : retries.patience();
    return RetrySettings.newBuilder()
        .setInitialRetryDelayDuration(retries.firstDelay())
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(longest)
        .setTotalTimeoutDuration(retries.patience())
        .setMaxAttempts(0)
        .build();
  }
}
