package org.ringward.core.admin;

import org.jspecify.annotations.Nullable;

/**
 * The daemon's answer.
 *
 * @param exitCode 0 or the exit code of the ecosystem (see base.ExitCode)
 * @param message one sentence for people, empty when the report says it all
 * @param report the answer as data, null when there is none
 */
public record AdminReply(int exitCode, String message, @Nullable Report report) {
  /** What an answer can carry. */
  public sealed interface Report
      permits StatusReport,
          PlanReport,
          WhyReport,
          TimelineReport,
          IncidentsReport,
          RehearsalReport,
          DocumentReport,
          HistoryReport,
          RingReport,
          QuorumReport,
          LinksReport,
          RegionsReport,
          FencingReport,
          LeasesReport,
          TransitionReport,
          TimingReport {}

  public static AdminReply done(String message) {
    return new AdminReply(0, message, null);
  }

  public static AdminReply of(Report report) {
    return new AdminReply(0, "", report);
  }

  public static AdminReply failed(int exitCode, String sentence) {
    return new AdminReply(exitCode, sentence, null);
  }
}
