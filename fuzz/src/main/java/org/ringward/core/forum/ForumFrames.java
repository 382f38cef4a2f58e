package org.ringward.core.forum;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What desks of applications' groups say to each other, for the fuzzer. */
public final class ForumFrames {
  /** The class that reads them. */
  public static final Class<?> SUBJECT = ForumCodec.class;

  private ForumFrames() {}

  /** What was read, written again; null when a desk would take no notice of it. */
  public static byte @Nullable [] rewritten(byte[] bytes, int offset, int length) {
    if (!ForumDesk.isForum(bytes, offset, length)) {
      return null;
    }
    @Nullable ForumStep step = ForumCodec.read(bytes, offset, length);
    return step == null ? null : ForumCodec.write(step);
  }

  /** A message of each kind. */
  public static List<byte[]> samples() {
    return List.of(
        ForumCodec.write(new ForumStep.Roll(9, 1, 5, 17, -3, 4, List.of())),
        ForumCodec.write(
            new ForumStep.Roll(
                9,
                2,
                5,
                17,
                -3,
                4,
                List.of(new ForumStep.Seat("crew", 7, 1), new ForumStep.Seat("g", 8, 2)))),
        ForumCodec.write(new ForumStep.Join(5, 1, "crew")),
        ForumCodec.write(new ForumStep.Leave(5, 1, true)),
        ForumCodec.write(new ForumStep.Say(5, 1, new byte[] {1, 2, 3})));
  }
}
