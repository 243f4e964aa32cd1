package dev.promptrunner.config;

import dev.promptrunner.base.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds each setting's strongest source: flags, then environment, then file, then default. */
public final class Resolver {
  private final Sources sources;
  private final Map<String, FileEntry> file;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<SettingKey<?>, Resolved.Found<?>> found = new LinkedHashMap<>();

  private Resolver(Sources sources) {
    this.sources = sources;
    this.file =
        ConfigFile.read(sources, problems).stream()
            .collect(Collectors.toMap(FileEntry::name, Function.identity()));
  }

  /**
   * Reads every source.
   *
   * @throws ConfigException with all problems of all sources
   */
  public static Resolved resolve(Sources sources) throws ConfigException {
    return new Resolver(sources).resolve();
  }

  private Resolved resolve() throws ConfigException {
    problems.addAll(Unknown.variables(sources));
    Keys.ALL.forEach(this::resolve);
    if (problems.isEmpty()) {
      Resolved resolved = new Resolved(found);
      problems.addAll(Rules.problems(resolved));
      if (problems.isEmpty()) {
        return resolved;
      }
    }
    throw new ConfigException(problems);
  }

  /** A weaker source is checked too: what is wrong in the file is wrong on the day it counts. */
  private <T> void resolve(SettingKey<T> key) {
    List<Written> written = written(key);
    for (int i = written.size() - 1; i >= 0; i--) {
      Written each = written.get(i);
      Optional<T> value = key.type().read(each.value());
      value.ifPresent(
          v -> found.put(key, new Resolved.Found<>(v, each.value().toString(), each.origin())));
      if (value.isEmpty()) {
        problems.add(problem(key, each));
      }
    }
  }

  private record Written(Value value, Origin origin) {}

  /** The strongest first; the default always last. */
  private List<Written> written(SettingKey<?> key) {
    List<Written> all = new ArrayList<>();
    Optional.ofNullable(sources.flags().get(key.name()))
        .map(values -> new Written(ofFlag(key, values), new Origin.Flag(flag(key))))
        .ifPresent(all::add);
    for (String variable : key.variables()) {
      String text = sources.environment().getOrDefault(variable, "");
      if (!text.isBlank()) {
        all.add(new Written(new Value.Text(text), new Origin.Variable(variable)));
      }
    }
    Optional.ofNullable(file.get(key.name()))
        .map(entry -> new Written(entry.value(), new Origin.File(entry.where())))
        .ifPresent(all::add);
    all.add(
        new Written(new Value.Text(key.byDefault().on(sources.exists())), new Origin.Default()));
    return all;
  }

  private static Value ofFlag(SettingKey<?> key, List<String> values) {
    return key.type().many()
        ? new Value.Items(values.stream().<Value>map(Value.Text::new).toList())
        : new Value.Text(values.isEmpty() ? "" : values.getLast());
  }

  private static String flag(SettingKey<?> key) {
    return key.flag().orElse("--set " + key.name());
  }

  private static Problem problem(SettingKey<?> key, Written written) {
    return new Problem(
        written.origin().words(),
        key.name() + " must be " + key.type().form(),
        Resolved.shown(key, written.value().toString()),
        "write for example " + key.type().example());
  }
}
