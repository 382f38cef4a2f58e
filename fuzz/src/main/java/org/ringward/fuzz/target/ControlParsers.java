package org.ringward.fuzz.target;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.control.ClusterFrames;
import org.ringward.core.forum.ForumFrames;
import org.ringward.fuzz.engine.Target;

/** The parsers of what nodes say to each other inside of their closed process group. */
final class ControlParsers {
  private ControlParsers() {}

  static List<Target> all() {
    ClusterFrames.prepare();
    ParserTarget cluster =
        new ParserTarget(
            "cluster-message",
            ClusterFrames.SUBJECTS.getFirst(),
            ClusterFrames.samples(),
            (bytes, offset, length, big) -> writer(ClusterFrames.rewritten(bytes, offset, length)));
    return List.of(
        cluster.with(ClusterFrames.SUBJECTS.getLast()),
        new ParserTarget(
            "forum-step",
            ForumFrames.SUBJECT,
            ForumFrames.samples(),
            (bytes, offset, length, big) -> writer(ForumFrames.rewritten(bytes, offset, length))));
  }

  private static ParserTarget.@Nullable Writer writer(byte @Nullable [] written) {
    return written == null
        ? null
        : (target, at) -> {
          System.arraycopy(written, 0, target, at, written.length);
          return written.length;
        };
  }
}
