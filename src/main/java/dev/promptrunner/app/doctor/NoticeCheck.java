package dev.promptrunner.app.doctor;

import dev.promptrunner.notice.Notices;
import java.util.List;

/** Whether the people who are to be told can be told. */
final class NoticeCheck {
  private NoticeCheck() {}

  /**
   * A line for each receiver, named by its setting: its address is a secret.
   *
   * @param reached what each answered; empty without receivers
   */
  static List<Finding> look(List<Notices.Reached> reached) {
    return reached.stream().map(NoticeCheck::finding).toList();
  }

  private static Finding finding(Notices.Reached one) {
    return one.taken()
        ? Finding.ok(Area.NOTICES, one.name(), one.found())
        : Finding.problem(
            Area.NOTICES,
            one.name(),
            "no notice would arrive: " + one.found(),
            "see whether the address in " + one.name() + " is right and can be reached from here");
  }
}
