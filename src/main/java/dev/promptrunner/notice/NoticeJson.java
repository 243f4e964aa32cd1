package dev.promptrunner.notice;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Notices in the two forms that go out. */
final class NoticeJson {
  /** Slack cuts a text at 40,000 characters; nobody reads that many. */
  private static final int LONGEST = 3000;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private NoticeJson() {}

  /** For a webhook: the words, and the event for programs. */
  static String whole(Notice notice) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", notice.id());
    json.put("at", notice.at().toString());
    json.put("run", notice.run());
    json.put("kind", notice.kind().word());
    json.put("severity", notice.severity().name().toLowerCase(Locale.ROOT));
    json.put("text", notice.text());
    json.set("event", MAPPER.readTree(notice.event()));
    return MAPPER.writeValueAsString(json);
  }

  /** For Slack, whose own signs {@code & < >} must not come out of a file's name. */
  static String slack(Notice notice) {
    String sign =
        switch (notice.severity()) {
          case INFO -> "";
          case WARNING -> ":warning: ";
          case ERROR -> ":x: ";
        };
    String text = notice.text();
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return slack(sign + escaped(cut));
  }

  static String slack(String text) {
    return MAPPER.writeValueAsString(MAPPER.createObjectNode().put("text", text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
