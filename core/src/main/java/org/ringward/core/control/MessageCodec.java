package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
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

/**
 * Bytes of {@link Envelope}: version (1), type, incarnation and sequence of the sender, view, body.
 * Versions other than ours are refused, so that a rolling upgrade fails loudly instead of splitting
 * the state.
 */
final class MessageCodec {
  private static final int VERSION = 7;

  private MessageCodec() {}

  /**
   * A message with the sender's number for it; (incarnation, sequence) is unique with the sending
   * node.
   *
   * @param incarnation number of the sender's life
   * @param view sequence of the ring in which it was handed to the ring layer; orders of a
   *     coordinator count only in the ring they were meant for
   */
  record Envelope(long incarnation, long sequence, long view, ClusterMessage message) {}

  static byte[] write(Envelope envelope) {
    MessageWriter out = new MessageWriter().u8(VERSION);
    out.u8(type(envelope.message)).i64(envelope.incarnation).i64(envelope.sequence);
    out.i64(envelope.view);
    writeBody(out, envelope.message);
    return out.toBytes();
  }

  /** Throws {@link MalformedMessageException} for anything but an envelope of this version. */
  static Envelope read(byte[] bytes, int offset, int length) {
    MessageReader in = new MessageReader(bytes, offset, length);
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedMessageException("version " + version + ", this node speaks " + VERSION);
    }
    int type = in.u8();
    long incarnation = in.i64();
    long sequence = in.i64();
    long view = in.i64();
    ClusterMessage message = readBody(in, type);
    in.end();
    return new Envelope(incarnation, sequence, view, message);
  }

  private static int type(ClusterMessage message) {
    return switch (message) {
      case ClusterMessage.StateOffer _ -> 1;
      case ClusterMessage.StateTransfer _ -> 2;
      case ClusterMessage.ActionRequest _ -> 3;
      case ClusterMessage.OperationResult _ -> 4;
      case ClusterMessage.FenceOrder _ -> 5;
      case ClusterMessage.FenceResult _ -> 6;
      case ClusterMessage.LeaveOrder _ -> 7;
      case ClusterMessage.OperatorOrder _ -> 8;
      case ClusterMessage.Stored _ -> 9;
      case ClusterMessage.Decisions _ -> 10;
      case ClusterMessage.Promise _ -> 12;
      case ClusterMessage.QuorumChange _ -> 11;
      case ClusterMessage.Connectivity _ -> 13;
      case ClusterMessage.LeaseChange _ -> 14;
    };
  }

  private static void writeBody(MessageWriter out, ClusterMessage message) {
    switch (message) {
      case ClusterMessage.StateOffer m -> writeOffer(out, m);
      case ClusterMessage.StateTransfer m ->
          out.i64(m.ringSequence()).i64(m.primary()).text(m.cib());
      case ClusterMessage.ActionRequest m -> {
        out.text(m.node()).text(m.transitionKey());
        writeAction(out, m.action());
        out.i64(m.wallMillis());
      }
      case ClusterMessage.OperationResult m -> writeResult(out, m);
      case ClusterMessage.FenceOrder m -> {
        out.i64(m.id()).text(m.target()).text(m.incarnation()).text(m.action());
        out.text(m.executor()).flag(m.unlessProven());
        out.text(m.reason()).i64(m.wallMillis());
      }
      case ClusterMessage.FenceResult m -> {
        out.i64(m.id()).text(m.target()).text(m.incarnation()).text(m.action());
        out.text(m.executor())
            .flag(m.succeeded())
            .optional(m.rung())
            .text(m.proof())
            .text(m.detail());
        out.i64(m.wallMillis());
      }
      case ClusterMessage.LeaveOrder m -> out.text(m.node()).i64(m.wallMillis());
      case ClusterMessage.OperatorOrder m -> {
        out.i64(m.id()).text(m.verb().name()).text(m.author()).map(m.options());
        out.optional(m.document()).i64(m.wallMillis());
      }
      case ClusterMessage.Stored m -> {
        out.i64(m.primary());
        writeVersion(out, m.version());
      }
      case ClusterMessage.Decisions m ->
          out.list(m.decisions(), MessageCodec::writeDecision).flag(m.again());
      case ClusterMessage.Promise m ->
          out.text(m.node()).text(m.incarnation()).i64(m.boundMillis());
      case ClusterMessage.QuorumChange m -> writeClaim(out, m.quorum());
      case ClusterMessage.Connectivity m ->
          out.text(m.node()).text(m.incarnation()).i64(m.settled()).i64(m.coming());
      case ClusterMessage.LeaseChange m -> writeLease(out, m.step());
    }
  }

  private static ClusterMessage readBody(MessageReader in, int type) {
    return switch (type) {
      case 1 -> readOffer(in);
      case 2 -> new ClusterMessage.StateTransfer(in.i64(), in.i64(), in.text());
      case 3 -> new ClusterMessage.ActionRequest(in.text(), in.text(), readAction(in), in.i64());
      case 4 -> readResult(in);
      case 5 ->
          new ClusterMessage.FenceOrder(
              in.i64(), in.text(), in.text(), in.text(), in.text(), in.flag(), in.text(), in.i64());
      case 6 -> readFenceResult(in);
      case 7 -> new ClusterMessage.LeaveOrder(in.text(), in.i64());
      case 8 ->
          new ClusterMessage.OperatorOrder(
              in.i64(),
              in.constant(AdminRequest.Verb.values()),
              in.text(),
              in.map(),
              in.optional(),
              in.i64());
      case 9 -> new ClusterMessage.Stored(in.i64(), readVersion(in));
      case 10 -> new ClusterMessage.Decisions(in.list(MessageCodec::readDecision), in.flag());
      case 12 -> new ClusterMessage.Promise(in.text(), in.text(), in.i64());
      case 11 -> new ClusterMessage.QuorumChange(readClaim(in));
      case 13 ->
          new ClusterMessage.Connectivity(in.text(), in.text(), (int) in.i64(), (int) in.i64());
      case 14 -> new ClusterMessage.LeaseChange(readLease(in));
      default -> throw new MalformedMessageException("unknown message type " + type);
    };
  }

  private static void writeLease(MessageWriter out, LeaseStep step) {
    out.text(step.kind().name()).text(step.resource());
    out.text(step.owner().node()).text(step.owner().incarnation()).i64(step.owner().claim());
    out.text(step.mode().name()).i64(step.leaseMillis()).i64(step.token());
    out.text(step.text()).text(step.author()).i64(step.wallMillis());
  }

  private static LeaseStep readLease(MessageReader in) {
    return new LeaseStep(
        in.constant(LeaseStep.Kind.values()),
        in.text(),
        new LeaseOwner(in.text(), in.text(), in.i64()),
        in.constant(LeaseMode.values()),
        in.i64(),
        in.i64(),
        in.text(),
        in.text(),
        in.i64());
  }

  private static void writeOffer(MessageWriter out, ClusterMessage.StateOffer m) {
    out.i64(m.ringSequence()).text(m.node()).i64(m.incarnation());
    out.flag(m.blank()).flag(m.damaged());
    writeClaim(out, m.quorum());
    out.i64(m.key().primary());
    writeVersion(out, m.key().version());
    out.text(m.digest()).text(m.self()).map(m.nodes());
  }

  private static ClusterMessage readOffer(MessageReader in) {
    return new ClusterMessage.StateOffer(
        in.i64(),
        in.text(),
        in.i64(),
        in.flag(),
        in.flag(),
        readClaim(in),
        new StateKey(in.i64(), readVersion(in)),
        in.text(),
        in.text(),
        in.map());
  }

  private static void writeClaim(MessageWriter out, QuorumClaim claim) {
    QuorumVerdict verdict = claim.verdict();
    out.i32(claim.votes()).flag(verdict.quorate()).i32(verdict.votes());
    out.i32(verdict.deviceVotes()).i32(verdict.needed()).i32(verdict.expected());
    out.text(verdict.rule().name()).text(verdict.reason());
    QuorumLineage lineage = claim.lineage();
    out.flag(lineage.needed()).flag(lineage.shrinks()).flag(lineage.waits());
    out.flag(lineage.ready());
    writeFormation(out, lineage.last());
    out.list(lineage.attempts(), MessageCodec::writeFormation).flag(claim.letGo());
  }

  private static QuorumClaim readClaim(MessageReader in) {
    return new QuorumClaim(
        in.i32(),
        new QuorumVerdict(
            in.flag(),
            in.i32(),
            in.i32(),
            in.i32(),
            in.i32(),
            in.constant(QuorumVerdict.Rule.values()),
            in.text()),
        readLineage(in),
        in.flag());
  }

  private static QuorumLineage readLineage(MessageReader in) {
    boolean needed = in.flag();
    boolean shrinks = in.flag();
    boolean waits = in.flag();
    boolean ready = in.flag();
    Formation last = readFormation(in);
    List<Formation> attempts = in.list(MessageCodec::readFormation);
    return new QuorumLineage(needed, shrinks, waits, last, attempts, ready);
  }

  private static void writeFormation(MessageWriter out, Formation formation) {
    out.i64(formation.ring()).i32(formation.tieNode());
    out.list(formation.members().stream().boxed().toList(), MessageWriter::i32);
  }

  private static Formation readFormation(MessageReader in) {
    long ring = in.i64();
    int tieNode = in.i32();
    List<Integer> members = in.list(MessageReader::i32);
    return new Formation(
        ring, NodeSet.of(members.stream().mapToInt(Integer::intValue).toArray()), tieNode);
  }

  private static void writeResult(MessageWriter out, ClusterMessage.OperationResult m) {
    out.text(m.node()).text(m.transitionKey());
    writeAction(out, m.action());
    out.i32(m.exitCode()).i32(m.status()).text(m.exitReason()).i64(m.callId());
    out.i64(m.queueMillis()).i64(m.tookMillis()).i64(m.wallMillis());
  }

  private static ClusterMessage readResult(MessageReader in) {
    return new ClusterMessage.OperationResult(
        in.text(),
        in.text(),
        readAction(in),
        in.i32(),
        in.i32(),
        in.text(),
        in.i64(),
        in.i64(),
        in.i64(),
        in.i64());
  }

  private static ClusterMessage readFenceResult(MessageReader in) {
    return new ClusterMessage.FenceResult(
        in.i64(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.flag(),
        in.optional(),
        in.text(),
        in.text(),
        in.i64());
  }

  private static void writeVersion(MessageWriter out, CibVersion version) {
    out.i64(version.adminEpoch()).i64(version.epoch()).i64(version.numUpdates());
  }

  private static CibVersion readVersion(MessageReader in) {
    return new CibVersion(in.i64(), in.i64(), in.i64());
  }

  private static void writeAction(MessageWriter out, GraphAction action) {
    out.i32(action.id()).text(action.kind().name()).text(action.operation());
    out.text(action.operationKey()).optional(action.internalOperationKey());
    out.optional(action.onNode()).optional(action.onNodeId());
    GraphAction.@Nullable PrimitiveRef primitive = action.primitive();
    out.flag(primitive != null);
    if (primitive != null) {
      out.text(primitive.id()).optional(primitive.longId()).text(primitive.agentClass());
      out.optional(primitive.provider()).text(primitive.type());
    }
    out.map(action.attributes().map()).texts(action.downed()).map(action.more().map());
  }

  private static GraphAction readAction(MessageReader in) {
    int id = in.i32();
    GraphAction.Kind kind = in.constant(GraphAction.Kind.values());
    String operation = in.text();
    String key = in.text();
    @Nullable String internalKey = in.optional();
    @Nullable String onNode = in.optional();
    @Nullable String onNodeId = in.optional();
    GraphAction.@Nullable PrimitiveRef primitive =
        in.flag()
            ? new GraphAction.PrimitiveRef(
                in.text(), in.optional(), in.text(), in.optional(), in.text())
            : null;
    return new GraphAction(
        id,
        kind,
        operation,
        key,
        internalKey,
        onNode,
        onNodeId,
        primitive,
        new Attributes(in.map()),
        in.texts(),
        new Attributes(in.map()));
  }

  private static void writeDecision(MessageWriter out, Decision decision) {
    out.i64(decision.wallMillis()).text(decision.node()).text(decision.kind().name());
    out.text(decision.subject()).text(decision.what());
    out.texts(decision.why()).texts(decision.rejected());
    out.text(decision.clock()).map(decision.facts());
  }

  private static Decision readDecision(MessageReader in) {
    long wallMillis = in.i64();
    String node = in.text();
    Decision.Kind kind = in.constant(Decision.Kind.values());
    String subject = in.text();
    String what = in.text();
    List<String> why = new ArrayList<>(in.texts());
    List<String> rejected = in.texts();
    String clock = in.text();
    return new Decision(wallMillis, node, kind, subject, what, why, rejected, clock, in.map());
  }
}
