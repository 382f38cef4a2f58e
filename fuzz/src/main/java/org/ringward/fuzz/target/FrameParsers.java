package org.ringward.fuzz.target;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.wire.CommitTokenFrame;
import org.ringward.core.wire.FrameHeader;
import org.ringward.core.wire.FrameKind;
import org.ringward.core.wire.HoldCancelFrame;
import org.ringward.core.wire.JoinFrame;
import org.ringward.core.wire.McastFrame;
import org.ringward.core.wire.MergeDetectFrame;
import org.ringward.core.wire.OrfToken;
import org.ringward.fuzz.engine.Target;

/** The parsers of Totem's frames. */
final class FrameParsers {
  private FrameParsers() {}

  static List<Target> all(Seeds seeds) {
    return List.of(
        new ParserTarget("frame-header", FrameHeader.class, seeds.frames(), FrameParsers::header)
            .with(FrameKind.class),
        new ParserTarget("join", JoinFrame.class, seeds.frames(FrameKind.JOIN), FrameParsers::join),
        new ParserTarget(
            "mcast", McastFrame.class, seeds.frames(FrameKind.MCAST), FrameParsers::mcast),
        new ParserTarget(
            "orf-token", OrfToken.class, seeds.frames(FrameKind.ORF_TOKEN), FrameParsers::token),
        new ParserTarget(
            "commit-token",
            CommitTokenFrame.class,
            seeds.frames(FrameKind.COMMIT_TOKEN),
            FrameParsers::commitToken),
        new ParserTarget(
            "merge-detect",
            MergeDetectFrame.class,
            seeds.frames(FrameKind.MERGE_DETECT),
            FrameParsers::mergeDetect),
        new ParserTarget(
            "hold-cancel",
            HoldCancelFrame.class,
            seeds.frames(FrameKind.HOLD_CANCEL),
            FrameParsers::holdCancel));
  }

  private static ParserTarget.@Nullable Writer header(
      byte[] bytes, int offset, int length, boolean big) {
    if (FrameKind.of(bytes, offset, length) != null) {
      boolean swapped = FrameHeader.bigEndian(bytes, offset);
      FrameHeader.nodeId(bytes, offset, swapped);
      FrameHeader.target(bytes, offset, swapped);
    }
    return null;
  }

  private static ParserTarget.@Nullable Writer join(
      byte[] bytes, int offset, int length, boolean big) {
    JoinFrame join = JoinFrame.read(bytes, offset, length);
    if (join == null) {
      return null;
    }
    join.processorSet();
    join.failedSet();
    return join::write;
  }

  private static ParserTarget.@Nullable Writer mcast(
      byte[] bytes, int offset, int length, boolean big) {
    McastFrame mcast = new McastFrame();
    if (mcast.read(bytes, offset, length)
        && (mcast.payloadLength < 1
            || mcast.payloadOffset + mcast.payloadLength != offset + length)) {
      throw new IndexOutOfBoundsException("the payload is outside of the frame");
    }
    return null;
  }

  private static ParserTarget.@Nullable Writer token(
      byte[] bytes, int offset, int length, boolean big) {
    OrfToken token = new OrfToken();
    if (!token.read(bytes, offset, length)) {
      return null;
    }
    token.isRequested(token.seq);
    while (token.requests() > 1) {
      token.removeRequest(token.requests() / 2);
    }
    return token::write;
  }

  private static ParserTarget.@Nullable Writer commitToken(
      byte[] bytes, int offset, int length, boolean big) {
    CommitTokenFrame token = CommitTokenFrame.read(bytes, offset, length);
    if (token == null) {
      return null;
    }
    token.memberSet();
    return token::write;
  }

  private static ParserTarget.@Nullable Writer mergeDetect(
      byte[] bytes, int offset, int length, boolean big) {
    MergeDetectFrame merge = MergeDetectFrame.read(bytes, offset, length);
    return merge == null ? null : merge::write;
  }

  private static ParserTarget.@Nullable Writer holdCancel(
      byte[] bytes, int offset, int length, boolean big) {
    HoldCancelFrame cancel = HoldCancelFrame.read(bytes, offset, length);
    return cancel == null ? null : cancel::write;
  }
}
