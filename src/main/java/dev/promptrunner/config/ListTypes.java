package dev.promptrunner.config;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The types of settings that hold several values. */
final class ListTypes {
  private ListTypes() {}

  /**
   * Files and folders: a list in the file, a flag given several times, or one text with {@code :}
   * between them as in {@code PATH}.
   */
  static final SettingType<List<Path>> PATHS =
      new Many<>(
          "one path or several",
          "./prompt_files",
          text -> Stream.of(text.split(File.pathSeparator)),
          false,
          Types.path("./prompt_files")::read);

  /**
   * ComfyUI servers: addresses with commas between them, each with what it may render after an
   * {@code =}, or in the file a list of addresses and of {@code {url: …, passes: […]}}.
   */
  static final SettingType<List<ServersConfig.Server>> SERVERS =
      new Many<>(
          "one http or https address or several, each with what it may render (high, low, combine)"
              + " if not all",
          "http://gpu1:8188=high+low,http://gpu2:8188=combine",
          text -> Stream.of(text.split(",")),
          true,
          ListTypes::server);

  /** Words of an enum with commas between them, or a list of them in the file; each once. */
  static <E extends Enum<E>> SettingType<Set<E>> choices(Class<E> type) {
    SettingType<E> one = Types.choice(type);
    var many =
        new Many<>(
            "one or several, with commas between them, of "
                + one.form().substring("one of ".length()),
            one.example() + "," + Types.word(type.getEnumConstants()[1]),
            text -> Stream.of(text.split(",")),
            true,
            one::read);
    return new SettingType<>() {
      @Override
      public Optional<Set<E>> read(Value value) {
        return many.read(value).map(found -> Collections.unmodifiableSet(EnumSet.copyOf(found)));
      }

      @Override
      public String form() {
        return many.form();
      }

      @Override
      public String example() {
        return many.example();
      }

      @Override
      public boolean many() {
        return true;
      }
    };
  }

  /** Names of GPUs as CUDA_VISIBLE_DEVICES knows them, with commas between them, or a list. */
  static final SettingType<List<String>> GPUS =
      new Many<>(
          "one GPU or several",
          "0,1",
          text -> Stream.of(text.split(",")),
          true,
          Types.text("a GPU", "0")::read);

  /**
   * @param parts splits a text that holds several
   * @param splitsItems whether the items of a list are split too
   */
  private record Many<T>(
      String form,
      String example,
      Function<String, Stream<String>> parts,
      boolean splitsItems,
      Function<Value, Optional<T>> element)
      implements SettingType<List<T>> {

    @Override
    public boolean many() {
      return true;
    }

    @Override
    public Optional<List<T>> read(Value value) {
      List<Value> values =
          switch (value) {
            case Value.Text text -> split(text).toList();
            case Value.Items(var items) -> items.stream().flatMap(this::item).toList();
            case Value.Fields fields -> List.of(fields);
          };
      List<T> result = new ArrayList<>();
      for (Value each : values) {
        element.apply(each).ifPresent(result::add);
      }
      boolean whole = !values.isEmpty() && result.size() == values.size();
      return whole ? Optional.of(List.copyOf(result)) : Optional.empty();
    }

    private Stream<Value> item(Value item) {
      return splitsItems && item instanceof Value.Text text ? split(text) : Stream.of(item);
    }

    private Stream<Value> split(Value.Text text) {
      return parts.apply(text.text()).map(Value.Text::new);
    }
  }

  private static Optional<ServersConfig.Server> server(Value value) {
    return switch (value) {
      case Value.Text(String text) -> server(text);
      case Value.Fields(var fields) -> {
        boolean known = Set.of("url", "passes").containsAll(fields.keySet());
        Value url = fields.getOrDefault("url", new Value.Text(""));
        Value passes = fields.getOrDefault("passes", new Value.Text("high+low+combine"));
        yield known ? server(url, passes) : Optional.empty();
      }
      case Value.Items _ -> Optional.empty();
    };
  }

  private static Optional<ServersConfig.Server> server(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? server(new Value.Text(text), new Value.Text("high+low+combine"))
        : server(
            new Value.Text(text.substring(0, equals)), new Value.Text(text.substring(equals + 1)));
  }

  private static Optional<ServersConfig.Server> server(Value url, Value passes) {
    return Types.address("http://127.0.0.1:8188")
        .read(url)
        .flatMap(address -> passes(passes).map(p -> new ServersConfig.Server(address, p)));
  }

  private static Optional<Set<ServersConfig.Pass>> passes(Value value) {
    List<String> words =
        switch (value) {
          case Value.Text(String text) -> List.of(text.split("\\+"));
          case Value.Items(var items) -> items.stream().map(Value::toString).toList();
          case Value.Fields _ -> List.of();
        };
    Set<ServersConfig.Pass> passes = EnumSet.noneOf(ServersConfig.Pass.class);
    for (String word : words) {
      String name = word.strip().toUpperCase(Locale.ROOT);
      Stream.of(ServersConfig.Pass.values())
          .filter(pass -> pass.name().equals(name))
          .forEach(passes::add);
    }
    boolean whole = !words.isEmpty() && passes.size() == words.size();
    return whole ? Optional.of(passes) : Optional.empty();
  }
}
