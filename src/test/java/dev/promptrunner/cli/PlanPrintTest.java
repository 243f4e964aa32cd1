package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRange;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.cli.console.Style;
import dev.promptrunner.plan.Blueprint;
import dev.promptrunner.plan.Candidate;
import dev.promptrunner.plan.Chunk;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.Layout;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.SourceVideo;
import dev.promptrunner.plan.Task;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.prompt.PromptFile;
import dev.promptrunner.testing.Plans;
import dev.promptrunner.workflow.Pass;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanPrintTest {
  private static final WorkKey KEY = new WorkKey(Digest.of("walk"));
  private static final Path VIDEO = Path.of("prompt_files/walk.mp4");
  private static final BigInteger SEED = new BigInteger("18446744073709551615");

  private static JobId id(String label) {
    return JobId.of("walk", KEY, label);
  }

  private static Need made(String variable, String by, Role role) {
    return new Need.Made(variable, id(by), role);
  }

  private static Need given() {
    return new Need.Given("control_video", VIDEO, Digest.of("video"));
  }

  private static Task render(Pass pass, boolean reference) {
    return new Task.Render(pass, reference, Map.of("seed", SEED, "frames", 101));
  }

  private static Job job(
      String label,
      JobKind kind,
      int number,
      int chunk,
      List<Need> needs,
      Product made,
      Task task) {
    return new Job(id(label), kind, number, chunk, needs, List.of(made), task);
  }

  private static Plan plan() {
    List<Job> jobs =
        List.of(
            job(
                "job_001",
                JobKind.HIGH,
                1,
                0,
                List.of(given()),
                Product.file(Role.LATENT, "latents/walk/walk_job_001.latent"),
                render(Pass.HIGH, false)),
            job(
                "job_002",
                JobKind.LOW,
                2,
                0,
                List.of(given(), made("latent", "job_001", Role.LATENT)),
                new Product(Role.SEGMENT, "videos/walk/walk_job_002.mp4", 101, 101),
                render(Pass.LOW, false)),
            job(
                "job_002_ref",
                JobKind.REFERENCE,
                2,
                0,
                List.of(made("segment", "job_002", Role.SEGMENT)),
                Product.file(Role.REFERENCE, "references/walk/walk_job_002_ref.png"),
                new Task.CutReference(10)),
            job(
                "job_003",
                JobKind.HIGH,
                3,
                1,
                List.of(given(), made("reference", "job_002_ref", Role.REFERENCE)),
                Product.file(Role.LATENT, "latents/walk/walk_job_003.latent"),
                render(Pass.HIGH, true)),
            job(
                "combined_001",
                JobKind.JOIN,
                1,
                0,
                List.of(made("segment", "job_002", Role.SEGMENT)),
                new Product(Role.COMBINED, "combined/walk/walk_combined_001.mp4", 100, 100),
                new Task.Join(Optional.of(new FrameRange(0, 100)))));
    VideoWork work =
        new VideoWork(
            new Blueprint(
                new Candidate(
                    new PromptFile(
                        Path.of("prompt_files/walk.txt"),
                        "walk",
                        150,
                        "a person walks",
                        "blurry",
                        Optional.of(VIDEO),
                        Optional.empty(),
                        new PromptFile.Lines(1, 3)),
                    new SourceVideo(
                        VIDEO,
                        Digest.of("video"),
                        160,
                        new FrameSize(1280, 720),
                        new FrameRate(30000, 1001)),
                    Optional.empty()),
                "walk",
                KEY,
                150,
                new FrameSize(832, 480),
                SEED,
                1,
                Plans.recipe(),
                PlanSettings.defaults()),
            Layout.of(100),
            300,
            FrameRate.of(16),
            List.of(
                new Chunk(0, new FrameRange(0, 100), new FrameRange(0, 101)),
                new Chunk(1, new FrameRange(100, 50), new FrameRange(90, 61))),
            jobs);
    return new Plan(List.of(work), JobOrder.WAVE);
  }

  @Test
  void a_person_reads_the_plan_as_a_table() {
    String key = KEY.key8();
    assertThat(new PlanTable(Style.PLAIN).text(plan()))
        .isEqualTo(
            """
            walk_%s  prompt_files/walk.txt → final/walk_final.mp4
              150 frames in 2 chunks, final video of 300 frames
              size 832x480, 16 fps, seed 18446744073709551615, key %s
              control video prompt_files/walk.mp4, 160 frames of 1280x720 at 30000/1001 fps
            """
                    .formatted(key, key)
                + """
                  job           kind       chunk  start  render  keep          skip  reference    inputs                                               output
                  job_001       HIGH       0      0      101     0–99 (100)    0     –            control_video=prompt_files/walk.mp4                  latents/walk/walk_job_001.latent
                  job_002       LOW        0      0      101     0–99 (100)    0     –            control_video=prompt_files/walk.mp4, latent=job_001  videos/walk/walk_job_002.mp4
                  job_002_ref   REFERENCE  0      –      –       –             –     –            segment=job_002                                      references/walk/walk_job_002_ref.png
                  job_003       HIGH       1      90     61      100–149 (50)  10    job_002_ref  control_video=prompt_files/walk.mp4                  latents/walk/walk_job_003.latent
                  combined_001  JOIN       0      –      –       –             –     –            segment=job_002                                      combined/walk/walk_combined_001.mp4

                1 prompt file, 5 jobs, 150 frames asked for, 162 frames rendered by each pass
                """);
  }

  @Test
  void an_empty_plan_is_said_to_be_empty() {
    assertThat(new PlanTable(Style.PLAIN).text(Plan.empty(JobOrder.WAVE)))
        .isEqualTo("0 prompt files, 0 jobs, 0 frames asked for, 0 frames rendered by each pass\n");
  }

  @Test
  void a_program_reads_the_plan_as_json_with_exact_seeds() {
    JsonNode work = new JsonMapper().readTree(new PlanJson().text(plan())).get("works").get(0);
    assertThat(work.propertyNames())
        .containsExactly(
            "id",
            "name",
            "key",
            "prompt_file",
            "frames",
            "final_frames",
            "final_video",
            "size",
            "rate",
            "control_video",
            "chunks",
            "jobs");
    assertThat(work.at("/chunks/1").toString())
        .isEqualTo(
            "{\"index\":1,\"skip\":10,\"rendered\":{\"start\":90,\"length\":61},"
                + "\"kept\":{\"start\":100,\"length\":50}}");
    assertThat(work.at("/jobs/3").toString())
        .isEqualTo(
            """
            {"id":"walk_%s/job_003","kind":"HIGH","number":3,"chunk":1,"needs":[\
            {"variable":"control_video","file":"prompt_files/walk.mp4","sha256":"%s"},\
            {"variable":"reference","job":"walk_%s/job_002_ref","role":"REFERENCE"}],\
            "products":[{"role":"LATENT","path":"latents/walk/walk_job_003.latent"}],\
            "task":{"type":"render","pass":"HIGH","with_reference":true,\
            "values":{"frames":101,"seed":18446744073709551615}}}\
            """
                .formatted(KEY.key8(), Digest.of("video").hex(), KEY.key8()));
    assertThat(work.at("/jobs/4/task").toString())
        .isEqualTo("{\"type\":\"join\",\"keep_of_last\":{\"start\":0,\"length\":100}}");
  }
}
