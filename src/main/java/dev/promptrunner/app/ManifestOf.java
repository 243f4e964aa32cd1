package dev.promptrunner.app;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.delivery.Engine;
import dev.promptrunner.delivery.Manifest;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.VideoInfo;
import dev.promptrunner.media.VideoProbe;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Layout;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.SourceVideo;
import dev.promptrunner.plan.Task;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.prompt.PromptFile;
import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.AttemptRow;
import dev.promptrunner.store.AttemptState;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreReader;
import dev.promptrunner.store.Why;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the manifest of a finished work from what the store has of it, so that the same work gives
 * the same bytes whenever it is delivered.
 */
record ManifestOf(
    Store store,
    StoreReader reader,
    Recipe recipe,
    PlanSettings settings,
    Engine engine,
    Manifest.Versions versions) {

  Manifest manifest(VideoWork work, Path finalVideo) throws IOException, MediaException {
    Manifest.FinalVideo video = video(work, finalVideo);
    return new Manifest(
        work.name(),
        work.key(),
        engine,
        prompt(work.prompt()),
        Optional.of(artifact(work.source())),
        reference(work),
        new Manifest.Recipe(String.valueOf(recipe.file().getFileName()), recipe.digest()),
        settings(work),
        jobs(work),
        video,
        new SpentOf(reader).spent(work, video),
        versions);
  }

  private static Manifest.Prompt prompt(PromptFile prompt) throws IOException {
    return new Manifest.Prompt(
        String.valueOf(prompt.file().getFileName()),
        List.of(
            prompt.videoName(),
            Integer.toString(prompt.frames()),
            prompt.positive(),
            prompt.negative()),
        Digest.of(prompt.file()));
  }

  private static Manifest.Artifact artifact(SourceVideo source) throws IOException {
    return new Manifest.Artifact(
        String.valueOf(source.file().getFileName()), Files.size(source.file()), source.digest());
  }

  private static Optional<Manifest.Artifact> reference(VideoWork work) throws IOException {
    Optional<Path> image = work.prompt().referenceImage();
    if (image.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Manifest.Artifact(
            String.valueOf(image.get().getFileName()),
            Files.size(image.get()),
            Digest.of(image.get())));
  }

  private Map<String, String> settings(VideoWork work) {
    Map<String, String> named = new TreeMap<>();
    named.put("frames-per-chunk", Integer.toString(settings.framesPerChunk()));
    if (!work.layout().equals(Layout.of(settings.framesPerChunk()))) {
      named.put("frames-per-chunk from frame", work.layout().toString());
    }
    named.put("overlap", Integer.toString(settings.overlap()));
    named.put("size", work.size().toString());
    named.put("seed", seed().toString());
    named.put("combine", settings.combine().name().toLowerCase(Locale.ROOT));
    return named;
  }

  private BigInteger seed() {
    return settings.seed().orElse(PlanSettings.DEFAULT_SEED);
  }

  private List<Manifest.Job> jobs(VideoWork work) throws IOException {
    List<Manifest.Job> jobs = new ArrayList<>();
    for (Job job : work.jobs()) {
      if (!(job.task() instanceof Task.Deliver)
          && reader.why(job.id()) instanceof Why.Known known) {
        for (AttemptRow attempt : known.attempts()) {
          if (attempt.state() == AttemptState.DONE) {
            jobs.add(entry(job, known, attempt));
          }
        }
      }
    }
    return jobs;
  }

  private Manifest.Job entry(Job job, Why.Known known, AttemptRow done) throws IOException {
    boolean sampled = job.task() instanceof Task.Render render && render.pass().renders();
    return new Manifest.Job(
        job.id(),
        job.kind().name(),
        sampled ? Optional.of(seed()) : Optional.empty(),
        done.clientId().isEmpty() ? Optional.empty() : Optional.of(done.promptId()),
        done.startedAt(),
        done.endedAt().orElse(done.startedAt()),
        known.row().flatMap(row -> row.took()).orElse(java.time.Duration.ZERO),
        done.number(),
        inputs(job),
        known.artifacts().stream().map(ManifestOf::artifact).toList());
  }

  private List<Manifest.Artifact> inputs(Job job) throws IOException {
    List<Manifest.Artifact> inputs = new ArrayList<>();
    for (Need need : job.needs()) {
      switch (need) {
        case Need.Given given ->
            inputs.add(
                new Manifest.Artifact(
                    String.valueOf(given.file().getFileName()),
                    Files.size(given.file()),
                    given.digest()));
        case Need.Made made ->
            store
                .artifact(made.by(), made.role().name())
                .map(ManifestOf::artifact)
                .ifPresent(inputs::add);
      }
    }
    return inputs;
  }

  private static Manifest.Artifact artifact(ArtifactRow row) {
    return new Manifest.Artifact(row.path(), row.size(), row.sha256());
  }

  private Manifest.FinalVideo video(VideoWork work, Path file) throws IOException, MediaException {
    VideoInfo info = VideoProbe.probe(file);
    FrameSize size = info.size();
    FrameRate rate = info.rate();
    Digest digest =
        work.jobs().stream()
            .filter(job -> job.product(Role.FINAL).isPresent())
            .flatMap(job -> store.artifact(job.id(), Role.FINAL.name()).stream())
            .map(ArtifactRow::sha256)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(work.id() + " has no final video"));
    return new Manifest.FinalVideo(info.frames(), size, rate, Files.size(file), digest);
  }
}
