package dev.promptrunner.config;

import dev.promptrunner.base.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All settings with their values and where each came from. Immutable. */
public final class Resolved {
  private static final Pattern LOGIN = Pattern.compile("://([^/@\\s]*)@");

  private final Map<SettingKey<?>, Found<?>> found;

  Resolved(Map<SettingKey<?>, Found<?>> found) {
    this.found = found;
  }

  /**
   * @param written the value as it was written
   */
  record Found<T>(T value, String written, Origin origin) {}

  /**
   * What {@code config show} prints of one setting.
   *
   * @param value as it was written; secrets as {@code ***}
   * @param origin such as {@code prompt-runner.yaml:3}
   */
  public record Row(String name, String value, String origin) {}

  /** The value; every key of {@link Keys} has one. */
  public <T> T get(SettingKey<T> key) {
    return find(key).value();
  }

  /** Where the value came from. */
  public Origin origin(SettingKey<?> key) {
    return find(key).origin();
  }

  /** Every setting, in the order of {@link Keys#ALL}. */
  public List<Row> rows() {
    return Keys.ALL.stream()
        .map(key -> new Row(key.name(), shown(key, find(key).written()), origin(key).words()))
        .toList();
  }

  /** Every value that nothing may show: of hidden settings, and the passwords of addresses. */
  List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>();
    found.forEach(
        (key, value) -> {
          if (key.secret() && !value.written().isBlank()) {
            secrets.add(new Secret(value.written()));
          }
          Matcher logins = LOGIN.matcher(value.written());
          while (logins.find()) {
            secrets.add(new Secret(logins.group(1)));
            secrets.add(new Secret(logins.group(1).replaceFirst("^[^:]*:", "")));
          }
        });
    return secrets;
  }

  /** Hides secrets, and the password of an address. */
  static String shown(SettingKey<?> key, String written) {
    boolean hide = key.secret() && !written.isBlank();
    return hide ? "***" : written.replaceAll("://[^/@\\s]*@", "://***@");
  }

  /** The one place that knows that a key's value was read by the key's own type. */
  @SuppressWarnings("unchecked")
  private <T> Found<T> find(SettingKey<T> key) {
    return (Found<T>)
        Optional.ofNullable(found.get(key))
            .orElseThrow(() -> new NoSuchElementException("not a setting: " + key.name()));
  }
}
