package dev.promptrunner.app;

import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Redaction;
import dev.promptrunner.base.Secret;
import dev.promptrunner.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every secret that this process can know of: hidden settings, passwords of addresses, keys of the
 * environment, and what the object store's key file holds. Whatever is logged, stored or shown goes
 * through the redaction made of them.
 */
public final class KnownSecrets {
  private static final Logger log = LoggerFactory.getLogger(KnownSecrets.class);
  private static final Pattern TELLING_NAME =
      Pattern.compile("(^|_)(API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD)(_|$)");

  /** Also in a file that is not quite JSON, which an error may quote. */
  private static final Pattern KEY_FILE =
      Pattern.compile(
          "\"(?:private_key|private_key_id|client_secret|refresh_token)\"\\s*:\\s*\"([^\"]+)");

  /** A password such as {@code runpod} would be found in ordinary words. */
  private static final int SHORTEST = 8;

  private static final int LARGEST_KEY_FILE = 1 << 16;

  private KnownSecrets() {}

  /** Reads the key file too; one that cannot be read hides nothing and is told by its user. */
  public static Redaction of(Map<String, String> environment, Settings settings) {
    List<Secret> secrets = new ArrayList<>(settings.secrets());
    environment.forEach(
        (name, value) -> {
          if (TELLING_NAME.matcher(name).find() && value.length() >= SHORTEST && !isFile(value)) {
            secrets.add(new Secret(value));
          }
        });
    settings.delivery().credentials().ifPresent(file -> addKeys(file, secrets));
    Redaction redaction = Redaction.of(secrets);
    for (Secret address : addresses(settings)) {
      redaction = redaction.andAddress(address);
    }
    return redaction;
  }

  private static List<Secret> addresses(Settings settings) {
    List<Secret> addresses = new ArrayList<>();
    settings.notice().slack().ifPresent(addresses::add);
    settings.notice().webhook().ifPresent(addresses::add);
    return addresses;
  }

  private static void addKeys(Path file, List<Secret> secrets) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_KEY_FILE) {
        return;
      }
      Matcher keys = KEY_FILE.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      while (keys.find()) {
        secrets.add(new Secret(keys.group(1)));
        secrets.add(new Secret(keys.group(1).replace("\\n", "\n")));
      }
    } catch (IOException e) {
      log.debug("{} could not be read for keys to hide: {}", file, IoReason.of(e));
    }
  }

  /** The path of a key is no secret, and its name belongs into messages. */
  private static boolean isFile(String value) {
    try {
      return value.startsWith("/") && Files.exists(Path.of(value));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
