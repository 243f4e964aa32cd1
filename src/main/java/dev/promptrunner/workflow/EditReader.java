package dev.promptrunner.workflow;

import dev.promptrunner.workflow.PassRecipe.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The three edits as a recipe writes them: {@code set: 19.value, to: …}, {@code remove:
 * 54.samples}, {@code link: 14.images, from: 33, slot: 0}.
 */
final class EditReader {
  private static final String FORMS =
      "write 'set: NODE.INPUT' and 'to: VALUE', 'remove: NODE.INPUT', or 'link: NODE.INPUT' and"
          + " 'from: NODE'";

  private EditReader() {}

  static List<Placed<Edit>> edits(Section section, String key) {
    List<Placed<Edit>> edits = new ArrayList<>();
    for (Section entry : section.sections(key)) {
      edit(entry).ifPresent(edit -> edits.add(new Placed<>(edit, entry.where())));
      entry.refuseUnknownKeys();
    }
    return List.copyOf(edits);
  }

  private static Optional<Edit> edit(Section entry) {
    if (!entry.isMapping()) {
      return Optional.empty();
    }
    boolean set = entry.has("set");
    boolean remove = entry.has("remove");
    boolean link = entry.has("link");
    if ((set ? 1 : 0) + (remove ? 1 : 0) + (link ? 1 : 0) != 1) {
      entry.value("to");
      entry.value("from");
      entry.value("slot");
      entry.problem("an edit is one of set, remove and link", "", FORMS);
      return Optional.empty();
    }
    if (set) {
      return address(entry, "set").flatMap(place -> set(entry, place));
    }
    return remove
        ? address(entry, "remove").map(place -> new Edit.Remove(place.node, place.input))
        : address(entry, "link").flatMap(place -> link(entry, place));
  }

  private record Address(String node, String input) {}

  /** Ids hold no dot, names of inputs may. */
  private static Optional<Address> address(Section entry, String key) {
    String text = entry.requiredText(key);
    int dot = text.indexOf('.');
    if (dot > 0 && dot < text.length() - 1) {
      return Optional.of(new Address(text.substring(0, dot), text.substring(dot + 1)));
    }
    entry.value("to");
    entry.value("from");
    entry.value("slot");
    entry.wrong(key, "must name a node and an input, such as 19.value", entry.value(key));
    return Optional.empty();
  }

  private static Optional<Edit> set(Section entry, Address place) {
    JsonNode value = entry.value("to");
    if (value.isMissingNode()) {
      entry.problem("set needs a value", "", "add to: VALUE");
      return Optional.empty();
    }
    return Optional.of(new Edit.Set(place.node, place.input, Template.of(value)));
  }

  private static Optional<Edit> link(Section entry, Address place) {
    String from = entry.requiredText("from");
    int slot = entry.has("slot") ? entry.number("slot", 0, 1_000) : 0;
    return from.isEmpty()
        ? Optional.empty()
        : Optional.of(new Edit.Link(place.node, place.input, from, slot));
  }
}
