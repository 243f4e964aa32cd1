package dev.promptrunner.config;

import dev.promptrunner.base.Problem;
import dev.promptrunner.pod.After;
import dev.promptrunner.pod.PodSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Settings that are right alone and wrong together. */
final class Rules {
  private Rules() {}

  static List<Problem> problems(Resolved settings) {
    List<Problem> problems = new ArrayList<>();
    overlap(settings, problems);
    if (settings.get(Keys.IDLE_EXIT).isPresent() && !settings.get(Keys.WATCH)) {
      problems.add(
          problem(
              settings,
              Keys.IDLE_EXIT,
              "idle-exit needs watch",
              "add --watch, or leave idle-exit out"));
    }
    if (settings.get(Keys.AFTER) == After.TERMINATE && settings.get(Keys.DELIVER).isEmpty()) {
      problems.add(
          problem(
              settings,
              Keys.AFTER,
              "terminating a pod deletes every video that is not delivered",
              "set deliver to an object store, or use after 'stop'"));
    }
    if (settings.get(Keys.POD_PROVIDER) == PodSettings.Provider.COMMAND
        && settings.get(Keys.POD_STOP_COMMAND).isEmpty()) {
      problems.add(
          problem(
              settings,
              Keys.POD_PROVIDER,
              "this provider needs pod.stop-command",
              "set it to the command that stops this machine"));
    }
    if (settings.get(Keys.NOTICE_WEBHOOK_SECRET).isPresent()
        && settings.get(Keys.NOTICE_WEBHOOK).isEmpty()) {
      problems.add(
          problem(
              settings,
              Keys.NOTICE_WEBHOOK_SECRET,
              "this key signs nothing without notice.webhook",
              "set notice.webhook to the address that is told, or leave the key out"));
    }
    passes(settings, problems);
    return problems;
  }

  private static void overlap(Resolved settings, List<Problem> problems) {
    int chunk = settings.get(Keys.FRAMES_PER_CHUNK);
    if (settings.get(Keys.OVERLAP) >= chunk) {
      problems.add(
          problem(
              settings,
              Keys.OVERLAP,
              "overlap must be less than the frames of a chunk (" + chunk + ")",
              "write 0 to " + (chunk - 1) + ", or a larger frames-per-chunk"));
    }
  }

  /** With limited servers, every kind of job still needs one. */
  private static void passes(Resolved settings, List<Problem> problems) {
    Set<ServersConfig.Pass> missing = EnumSet.allOf(ServersConfig.Pass.class);
    if (settings.get(Keys.COMBINE) == RenderConfig.Combine.COPY) {
      missing.remove(ServersConfig.Pass.COMBINE);
    }
    settings.get(Keys.COMFYUI_URL).forEach(server -> missing.removeAll(server.passes()));
    for (ServersConfig.Pass pass : missing) {
      problems.add(
          problem(
              settings,
              Keys.COMFYUI_URL,
              "no server may render " + Types.word(pass),
              "add it to the passes of one server"));
    }
  }

  private static Problem problem(Resolved settings, SettingKey<?> key, String what, String remedy) {
    String written =
        settings.rows().stream()
            .filter(row -> row.name().equals(key.name()))
            .map(Resolved.Row::value)
            .findFirst()
            .orElse("");
    String where = settings.origin(key).words();
    return new Problem(where.equals("default") ? key.name() : where, what, written, remedy);
  }
}
