package dev.promptrunner.event;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The kinds of value that events are made of, and how each stands in JSON. */
enum EventField {
  TEXT(String.class) {
    @Override
    void write(ObjectNode line, String name, Object value) {
      line.put(name, (String) value);
    }

    @Override
    Optional<Object> read(JsonNode value) {
      return Optional.of(value.isMissingNode() ? "" : value.stringValue());
    }
  },
  FLAG(boolean.class) {
    @Override
    void write(ObjectNode line, String name, Object value) {
      line.put(name, (boolean) value);
    }

    @Override
    Optional<Object> read(JsonNode value) {
      return Optional.of(!value.isMissingNode() && value.booleanValue());
    }
  },
  INT(int.class) {
    @Override
    void write(ObjectNode line, String name, Object value) {
      line.put(name, (int) value);
    }

    @Override
    Optional<Object> read(JsonNode value) {
      return Optional.of(value.isMissingNode() ? 0 : value.intValue());
    }
  },
  LONG(long.class) {
    @Override
    void write(ObjectNode line, String name, Object value) {
      line.put(name, (long) value);
    }

    @Override
    Optional<Object> read(JsonNode value) {
      return Optional.of(value.isMissingNode() ? 0L : value.longValue());
    }
  },
  DOUBLE(double.class) {
    @Override
    void write(ObjectNode line, String name, Object value) {
      line.put(name, (double) value);
    }

    @Override
    Optional<Object> read(JsonNode value) {
      return Optional.of(value.isMissingNode() ? 0.0 : value.doubleValue());
    }
  },
  DURATION(Duration.class) {
    @Override
    void write(ObjectNode line, String name, Object value) {
      line.put(name, Seconds.of((Duration) value));
    }

    @Override
    Optional<Object> read(JsonNode value) {
      return Optional.of(
          Seconds.duration(value.isMissingNode() ? BigDecimal.ZERO : value.decimalValue()));
    }
  },
  INSTANT(Instant.class) {
    @Override
    Optional<Object> read(JsonNode value) {
      return text(value).map(Instant::parse);
    }
  },
  JOB(JobId.class) {
    @Override
    Optional<Object> read(JsonNode value) {
      return text(value).map(JobId::new);
    }
  },
  RUN(RunId.class) {
    @Override
    Optional<Object> read(JsonNode value) {
      return text(value).map(RunId::new);
    }
  };

  private final Class<?> type;

  EventField(Class<?> type) {
    this.type = type;
  }

  void write(ObjectNode line, String name, Object value) {
    line.put(name, value.toString());
  }

  /** Empty when the field is missing and has no neutral value. */
  abstract Optional<Object> read(JsonNode value);

  static EventField of(Class<?> type) {
    for (EventField field : values()) {
      if (field.type == type) {
        return field;
      }
    }
    throw new IllegalArgumentException("events cannot hold a " + type.getName());
  }

  private static Optional<String> text(JsonNode value) {
    return value.isMissingNode() ? Optional.empty() : Optional.of(value.stringValue());
  }
}
