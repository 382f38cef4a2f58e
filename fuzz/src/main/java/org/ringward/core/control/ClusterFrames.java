package org.ringward.core.control;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.Decision;
import org.ringward.core.base.NodeSet;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.control.QuorumLineage.Formation;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.lease.LeaseMode;
import org.ringward.core.lease.LeaseOwner;
import org.ringward.core.lease.LeaseStep;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.core.quorum.QuorumVerdict.Rule;

/** What the cluster layers of nodes say to each other, for the fuzzer. */
public final class ClusterFrames {
  /** The classes that read them. */
  public static final List<Class<?>> SUBJECTS = List.of(MessageCodec.class, MessageReader.class);

  private static final GraphAction ACTION =
      new GraphAction(
          7,
          GraphAction.Kind.RSC_OP,
          "start",
          "vip_start_0",
          null,
          "n1",
          "1",
          new GraphAction.PrimitiveRef("vip", null, "ocf", "heartbeat", "IPaddr2"),
          Attributes.of("ip", "10.0.0.1", "CRM_meta_timeout", "20000"),
          List.of());

  private static final QuorumClaim CLAIM =
      new QuorumClaim(
          2,
          new QuorumVerdict(true, 3, 1, 2, 4, Rule.DEVICE, "enough"),
          new QuorumLineage(
              true,
              false,
              true,
              new Formation(17, NodeSet.of(3, 1), 3),
              List.of(new Formation(21, NodeSet.of(1), 0), new Formation(25, NodeSet.EMPTY, 1)),
              true),
          true);

  private ClusterFrames() {}

  /** What is loaded when a message is read for the first time is not the doing of an input. */
  public static void prepare() {
    for (byte[] sample : samples()) {
      for (int length = sample.length; length >= 0; length--) {
        rewritten(sample, 0, length);
      }
    }
  }

  /** What was read, written again; null when it is refused as malformed. */
  public static byte @Nullable [] rewritten(byte[] bytes, int offset, int length) {
    MessageCodec.Envelope envelope;
    try {
      envelope = MessageCodec.read(bytes, offset, length);
    } catch (MalformedMessageException _) {
      return null;
    }
    return MessageCodec.write(envelope);
  }

  /** A message of each kind. */
  public static List<byte[]> samples() {
    return Stream.concat(ofRings(), ofWork())
        .map(message -> MessageCodec.write(new MessageCodec.Envelope(3, 4, 5, message)))
        .toList();
  }

  private static Stream<ClusterMessage> ofRings() {
    return Stream.of(
        new ClusterMessage.StateOffer(
            9,
            "n1",
            -5,
            true,
            true,
            CLAIM,
            new StateKey(4, new CibVersion(0, 2, 3)),
            "abc",
            "<node_state/>",
            Map.of("1", "n1")),
        new ClusterMessage.StateTransfer(9, 5, "<cib/>"),
        new ClusterMessage.QuorumChange(CLAIM),
        new ClusterMessage.Promise("n1", "ab", 7200),
        new ClusterMessage.Connectivity("n1", "ab", 2, 1),
        new ClusterMessage.Stored(9, new CibVersion(0, 2, 0)));
  }

  private static Stream<ClusterMessage> ofWork() {
    return Stream.of(
        new ClusterMessage.ActionRequest("n1", "7:1:0:x", ACTION, 1234),
        new ClusterMessage.OperationResult("n1", "7:1:0:x", ACTION, 1, 2, "why", 3, 4, 5, 6),
        new ClusterMessage.FenceOrder(1, "n2", "ab", "off", "n1", true, "lost", 5),
        new ClusterMessage.FenceResult(1, "n2", "ab", "off", "n1", true, "POWER", "p", "d", 5),
        new ClusterMessage.LeaveOrder("n3", 8),
        new ClusterMessage.OperatorOrder(
            2, AdminRequest.Verb.MOVE, "root", Map.of("resource", "vip"), null, 9),
        new ClusterMessage.Decisions(
            List.of(
                new Decision(
                    1, "n1", Decision.Kind.FENCE, "n2", "what", List.of("why"), List.of("no")))),
        new ClusterMessage.LeaseChange(
            new LeaseStep(
                LeaseStep.Kind.RECOVERED,
                "db",
                new LeaseOwner("n1", "ab", 7),
                LeaseMode.SHARED,
                5000,
                1L << 60,
                "why",
                "n2",
                9)));
  }
}
