package dev.promptrunner.explore.parameter;

import java.util.List;
import java.util.stream.Collectors;

/** What a sweep file says behind a parameter's name. */
final class Comments {
  private static final int CHOICES = 12;
  private static final int LETTERS = 60;

  private Comments() {}

  /** What it is now, what is taken, and where it stands. */
  static String of(Parameter parameter) {
    return YamlText.comment(
        "now "
            + cut(YamlText.value(parameter.value()))
            + taken(parameter)
            + (parameter.guessed() ? "; " + parameter.type().label() + " is a guess" : "")
            + "; node "
            + parameter.node()
            + " "
            + parameter.classType()
            + (parameter.title().equals(parameter.classType())
                ? ""
                : " \"" + cut(parameter.title()) + "\""));
  }

  private static String taken(Parameter parameter) {
    if (parameter.type() == ParameterType.BOOLEAN) {
      return "; true or false";
    }
    if (!parameter.options().isEmpty()) {
      return "; one of " + choices(parameter.options().stream().map(YamlText::value).toList());
    }
    return parameter.min().isEmpty() && parameter.max().isEmpty()
        ? "; " + parameter.type().label()
        : "; from "
            + parameter.min().map(YamlText::plain).orElse("anything")
            + " to "
            + parameter.max().map(YamlText::plain).orElse("anything");
  }

  private static String choices(List<String> values) {
    String shown = values.stream().limit(CHOICES).collect(Collectors.joining(", "));
    return values.size() > CHOICES ? shown + " and " + (values.size() - CHOICES) + " more" : shown;
  }

  private static String cut(String text) {
    int end = Math.min(text.length(), LETTERS);
    boolean inPair = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return end == text.length() ? text : text.substring(0, inPair ? end - 1 : end) + "…";
  }
}
