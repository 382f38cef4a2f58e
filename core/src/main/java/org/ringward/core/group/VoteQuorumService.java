package org.ringward.core.group;

import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.quorum.DeviceModel;
import org.ringward.core.quorum.VoteQuorum;
import org.ringward.core.quorum.VoteQuorumOutlet;
import org.ringward.core.wire.ServiceHeader;
import org.ringward.core.wire.ServiceMessage;
import org.ringward.core.wire.VoteQuorumNodeInfo;
import org.ringward.core.wire.VoteQuorumReconfigure;

/**
 * Votequorum on the ring: what members say of their votes reaches {@link VoteQuorum} in the order
 * of messages, and what it says reaches them (reference/totem-pg-sync-services.md, section 9).
 */
final class VoteQuorumService extends RingService implements VoteQuorumOutlet {
  /** A quorum device is registered or gone; its votes come as node information. */
  private static final int DEVICE_REGISTRATION = 2;

  /** A quorum device has another name. */
  private static final int DEVICE_RENAMED = 3;

  private final int self;
  private final ServiceOutlet outlet;
  private VoteQuorum quorum;
  private IntConsumer keeper = _ -> {};
  private boolean begun;
  private boolean synchronising;

  /** Whether {@link #process} is still to come, which says all there is to say. */
  private boolean quiet;

  private DeviceModel device = DeviceModel.none();
  private long patienceNanos;

  /** When waiting for the device's vote is over; 0 while that is not known yet. */
  private long patienceEnds;

  VoteQuorumService(int self, NodeSet configured, ServiceOutlet outlet) {
    super(ServiceHeader.VOTEQUORUM);
    this.self = self;
    this.outlet = outlet;
    List<Member> members =
        configured.stream().mapToObj(id -> new Member(id, "n" + id, List.of(), 1)).toList();
    this.quorum = new VoteQuorum(self, QuorumSettings.DEFAULT, members, 0, this);
  }

  /** The calculation, which the first call of {@link #announce} begins anew. */
  VoteQuorum quorum() {
    return quorum;
  }

  /** Settings as they are from now on. */
  void announce(NodeSettings settings) {
    announce(settings, 0, keeper);
  }

  /**
   * Settings as they are from now on; before the first ring with what was kept by the last life.
   *
   * @param keep is told the highest number of expected votes
   */
  void announce(NodeSettings settings, int kept, IntConsumer keep) {
    keeper = keep;
    if (begun) {
      quorum.configure(settings.quorum(), settings.members());
    } else {
      quorum = new VoteQuorum(self, settings.quorum(), settings.members(), kept, this);
    }
  }

  DeviceModel device() {
    return device;
  }

  /** Sets the quorum device, and how long a new ring waits for its vote. */
  void device(DeviceModel model, long patience) {
    device = model;
    patienceNanos = patience;
  }

  @Override
  public void send(ServiceMessage message) {
    if (quiet) {
      return;
    }
    if (synchronising) {
      outlet.sendInSync(message);
    } else {
      outlet.send(message);
    }
  }

  @Override
  public void keepExpectedVotes(int expected) {
    keeper.accept(expected);
  }

  /** This node leaves for good. */
  void leave() {
    @Nullable VoteQuorumNodeInfo farewell = quorum.farewell();
    if (farewell != null) {
      outlet.send(farewell);
    }
  }

  @Override
  void begin(SyncRound round) {
    begun = true;
    quiet = true;
    synchronising = true;
    quorum.begin(round.members());
    device.ring(round.representative(), round.sequence(), round.members(), quorate());
    quorum.device(device.device());
    patienceEnds = 0;
  }

  private boolean quorate() {
    return (quorum.own().flags() & VoteQuorumNodeInfo.FLAG_QUORATE) != 0;
  }

  @Override
  boolean processed() {
    return device.answered() || patienceEnds < 0;
  }

  @Override
  void abort() {
    quiet = false;
    synchronising = false;
  }

  @Override
  void process() {
    quiet = false;
    outlet.sendInSync(quorum.own());
    outlet.sendInSync(quorum.ownDevice());
  }

  @Override
  void activate() {
    quorum.activate();
    synchronising = false;
    if (device.device().isRegistered()) {
      // What was said before the ring changed may come only now, and the vote was another then.
      outlet.send(quorum.own());
    }
  }

  @Override
  long nextDeadline() {
    boolean waits = synchronising && patienceEnds > 0;
    return Math.min(quorum.nextDeadline(), waits ? patienceEnds : Long.MAX_VALUE);
  }

  @Override
  void expire(long now) {
    quorum.expire(now);
    quorum.device(device.device());
    if (!synchronising && begun) {
      device.quorate(quorate());
    }
    expirePatience(now);
  }

  private void expirePatience(long now) {
    if (patienceEnds == 0) {
      patienceEnds = now + patienceNanos;
    } else if (patienceEnds > 0 && now >= patienceEnds) {
      patienceEnds = -1;
    }
  }

  @Override
  Outcome message(
      int function, int author, byte[] bytes, int offset, int length, boolean bigEndian) {
    return switch (function) {
      case 0 -> heard(author, VoteQuorumNodeInfo.read(bytes, offset, length, bigEndian));
      case VoteQuorumReconfigure.FUNCTION ->
          reconfigured(VoteQuorumReconfigure.read(bytes, offset, length, bigEndian));
      // Names of devices; what they mean for votes is in the node information.
      case DEVICE_REGISTRATION, DEVICE_RENAMED, 4 -> Outcome.TAKEN;
      default -> Outcome.UNKNOWN_FUNCTION;
    };
  }

  private Outcome heard(int author, @Nullable VoteQuorumNodeInfo info) {
    if (info == null) {
      return Outcome.MALFORMED;
    }
    boolean ofAuthor = info.nodeId() == author || info.nodeId() == VoteQuorumNodeInfo.DEVICE;
    if (!ofAuthor || info.votes() < 0 || info.expectedVotes() < 0) {
      return Outcome.MALFORMED;
    }
    quorum.heard(author, info);
    return Outcome.TAKEN;
  }

  private Outcome reconfigured(@Nullable VoteQuorumReconfigure change) {
    if (change == null || change.value() < 0) {
      return Outcome.MALFORMED;
    }
    quorum.reconfigured(change);
    return Outcome.TAKEN;
  }
}
