package dev.promptrunner.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The manifest's form as JSON, in one place; {@code format} counts up when a reader must know.
 * Members stand in the order of the records, the keys of maps are sorted.
 */
final class ManifestJson {
  private static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .defaultPrettyPrinter(printer())
          .addModule(units())
          .build();

  private ManifestJson() {}

  /** The manifest under a heading that says what file this is and what rendered it. */
  private record Document(
      int format,
      String engine,
      String engineNote,
      String work,
      WorkKey key,
      Manifest.Prompt prompt,
      Optional<Manifest.Artifact> controlVideo,
      Optional<Manifest.Artifact> referenceImage,
      Manifest.Recipe recipe,
      Map<String, String> settings,
      List<Manifest.Job> jobs,
      @JsonProperty("finalVideo") Manifest.FinalVideo video,
      Manifest.Spent spent,
      Manifest.Versions versions) {}

  static byte[] write(Manifest manifest) {
    Document document =
        new Document(
            FORMAT,
            manifest.engine().word(),
            manifest.engine().note(),
            manifest.work(),
            manifest.key(),
            manifest.prompt(),
            manifest.controlVideo(),
            manifest.referenceImage(),
            manifest.recipe(),
            manifest.settings(),
            manifest.jobs(),
            manifest.video(),
            manifest.spent(),
            manifest.versions());
    return (MAPPER.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Line feeds on every system, or the same manifest would differ between two. */
  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
  }

  private static SimpleModule units() {
    return new SimpleModule("units")
        .addSerializer(Digest.class, ToStringSerializer.instance)
        .addSerializer(WorkKey.class, ToStringSerializer.instance)
        .addSerializer(JobId.class, ToStringSerializer.instance)
        .addSerializer(FrameSize.class, ToStringSerializer.instance)
        .addSerializer(FrameRate.class, ToStringSerializer.instance)
        .addSerializer(Duration.class, new Seconds());
  }

  /** A length of time as seconds with three decimals: {@code 71.250}. */
  private static final class Seconds extends StdSerializer<Duration> {
    Seconds() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator out, SerializationContext context) {
      out.writeNumber(BigDecimal.valueOf(value.toMillis(), 3));
    }
  }
}
