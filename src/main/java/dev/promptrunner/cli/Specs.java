package dev.promptrunner.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Options and parameters in the one form that all commands share. */
final class Specs {
  static final String PATHS = "PATH";

  private Specs() {}

  /** The command with a description, {@code --help} and the parser's rules. */
  static CommandSpec described(CommandSpec spec, String what) {
    spec.addOption(flag("Print this help, and end.", "-h", "--help").usageHelp(true).build());
    spec.usageMessage()
        .description(what)
        .width(100)
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
    // A forgotten value must not swallow the next option.
    spec.parser().allowOptionsAsOptionParameters(false).abbreviatedOptionsAllowed(false);
    return spec;
  }

  static OptionSpec of(SettingOption setting) {
    if (setting.isFlag()) {
      return flag(setting.help(), setting.option()).userObject(setting).build();
    }
    OptionSpec.Builder value =
        value(setting.option(), setting.label(), setting.help()).userObject(setting);
    if (setting.isRepeated()) {
      value.type(String[].class);
    }
    return value.build();
  }

  static OptionSpec.Builder flag(String help, String... names) {
    return OptionSpec.builder(names).type(boolean.class).arity("0").description(escaped(help));
  }

  static OptionSpec.Builder value(String name, String label, String help) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(escaped(help));
  }

  /** An option that may be given several times. */
  static OptionSpec.Builder values(String name, String label, String help) {
    return value(name, label, help).type(String[].class);
  }

  static PositionalParamSpec paths() {
    return parameter(
        PATHS,
        "Prompt files, and folders whose *.txt are prompt files. Default: ./prompt_files, or"
            + " /workspace/prompt_files where there is one.",
        "0..*");
  }

  static PositionalParamSpec parameter(String label, String help, String arity) {
    return PositionalParamSpec.builder()
        .type(arity.equals("1") ? String.class : String[].class)
        .arity(arity)
        .required(!arity.startsWith("0"))
        .paramLabel(label)
        .description(escaped(help))
        .build();
  }

  /** Descriptions are format strings to picocli. */
  private static String escaped(String help) {
    return help.replace("%", "%%");
  }
}
