package dev.promptrunner.cli;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object a line, without secrets: {@code at}, {@code level}, {@code logger}, the ids that
 * came with it ({@code run}, {@code work}, {@code job}, {@code event}), {@code message}, and {@code
 * exception} with its stack.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ThrowableProxyConverter stack = new ThrowableProxyConverter();

  @Override
  public void start() {
    stack.setContext(getContext());
    stack.start();
    super.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("at", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        line.put(pair.key, String.valueOf(pair.value));
      }
    }
    line.put("message", Logs.clean(getContext(), event.getFormattedMessage()));
    if (event.getThrowableProxy() != null) {
      line.put("exception", Logs.clean(getContext(), stack.convert(event).strip()));
    }
    return MAPPER.writeValueAsString(line) + "\n";
  }
}
