package dev.promptrunner.cli;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.plan.Chunk;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Task;
import dev.promptrunner.plan.VideoWork;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan as JSON for programs. The names of the fields are kept over versions: new ones may come,
 * none changes its meaning.
 */
public final class PlanJson {
  private final JsonMapper mapper = new JsonMapper();

  /** Indented, ending with a line end. */
  public String text(Plan plan) {
    ObjectNode root = mapper.createObjectNode();
    root.put("order", plan.order().name().toLowerCase(Locale.ROOT));
    ArrayNode works = root.putArray("works");
    plan.works().forEach(work -> write(work, works.addObject()));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void write(VideoWork work, ObjectNode node) {
    node.put("id", work.id());
    node.put("name", work.name());
    node.put("key", work.key().toString());
    node.put("prompt_file", work.prompt().file().toString());
    node.put("frames", work.frames());
    node.put("final_frames", work.finalFrames());
    node.put("final_video", work.finalPath());
    node.put("size", work.size().toString());
    node.put("rate", work.rate().toString());
    ObjectNode source = node.putObject("control_video");
    source.put("file", work.source().file().toString());
    source.put("sha256", work.source().digest().hex());
    source.put("frames", work.source().frames());
    source.put("size", work.source().size().toString());
    source.put("rate", work.source().rate().toString());
    ArrayNode chunks = node.putArray("chunks");
    work.chunks().forEach(chunk -> write(chunk, chunks.addObject()));
    ArrayNode jobs = node.putArray("jobs");
    work.jobs().forEach(job -> write(job, jobs.addObject()));
  }

  private static void write(Chunk chunk, ObjectNode node) {
    node.put("index", chunk.index());
    node.put("skip", chunk.skip());
    write(chunk.rendered(), node.putObject("rendered"));
    write(chunk.kept(), node.putObject("kept"));
  }

  private static void write(FrameRange range, ObjectNode node) {
    node.put("start", range.start());
    node.put("length", range.length());
  }

  private static void write(Job job, ObjectNode node) {
    node.put("id", job.id().value());
    node.put("kind", job.kind().name());
    node.put("number", job.number());
    node.put("chunk", job.chunk());
    ArrayNode needs = node.putArray("needs");
    job.needs().forEach(need -> write(need, needs.addObject()));
    ArrayNode products = node.putArray("products");
    job.products().forEach(product -> write(product, products.addObject()));
    write(job.task(), node.putObject("task"));
  }

  private static void write(Need need, ObjectNode node) {
    node.put("variable", need.variable());
    switch (need) {
      case Need.Made made -> node.put("job", made.by().value()).put("role", made.role().name());
      case Need.Given given ->
          node.put("file", given.file().toString()).put("sha256", given.digest().hex());
    }
  }

  private static void write(Product product, ObjectNode node) {
    node.put("role", product.role().name());
    node.put("path", product.path());
    if (product.isVideo()) {
      node.put("frames", product.mostFrames());
      node.put("least_frames", product.leastFrames());
    }
  }

  private static void write(Task task, ObjectNode node) {
    switch (task) {
      case Task.Render render -> {
        node.put("type", "render").put("pass", String.valueOf((Object) render.pass()));
        node.put("with_reference", render.withReference());
        ObjectNode values = node.putObject("values");
        new TreeMap<>(render.values()).forEach(values::putPOJO);
      }
      case Task.CutReference cut ->
          node.put("type", "cut_reference").put("from_end", cut.fromEnd());
      case Task.Join join -> {
        node.put("type", "join");
        join.keepOfLast().ifPresent(range -> write(range, node.putObject("keep_of_last")));
      }
      // A plan of prompt files has no other; 'sweep --dry-run' shows those.
      case Task.Generate _ -> node.put("type", "generate");
      case Task.Deliver _ -> node.put("type", "deliver");
    }
  }
}
