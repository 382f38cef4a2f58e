package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.DeviceModel;
import org.ringward.core.quorum.QuorumDevice;
import org.ringward.core.wire.ServiceHeader;
import org.ringward.core.wire.ServiceMessage;
import org.ringward.core.wire.VoteQuorumNodeInfo;

/** A vote of a quorum device around a change of the ring, in every order of messages. */
class VoteQuorumServiceTest {
  private static final NodeSet BOTH = NodeSet.of(1, 2);

  private final Device device = new Device();
  private final Ring ring = new Ring();
  private final VoteQuorumService service = new VoteQuorumService(1, BOTH, ring);

  VoteQuorumServiceTest() {
    service.device(device, 1000);
  }

  @Test
  void aVoteThatComesWhileTheRingWaitsForItCountsAfterwardsToo() {
    change(NodeSet.of(1));
    assertThat(service.processed()).isFalse();
    device.votes = true;
    service.expire(1);
    assertThat(service.processed()).isTrue();
    finish();
    assertThat(service.quorum().verdict().votes()).isEqualTo(2);
  }

  @Test
  void whatWasSaidInTheRingBeforeDoesNotBringItsVoteBack() {
    device.votes = true;
    change(BOTH);
    service.expire(1);
    finish();
    device.votes = false;
    service.expire(2);
    device.votes = true;
    service.expire(3);
    // Both announcements wait when the ring changes; the vote was for the ring before.
    change(NodeSet.of(1));
    device.no = true;
    service.expire(4);
    finish();
    assertThat(service.quorum().verdict().votes()).isEqualTo(1);
    assertThat(ring.lastFlags).as("told last").isEqualTo(service.quorum().own().flags());
  }

  private void change(NodeSet members) {
    device.votes = false;
    service.begin(new SyncRound(1, 8, members, BOTH, members));
    ring.deliver(ring.inSync);
    service.process();
  }

  private void finish() {
    ring.deliver(ring.inSync);
    service.activate();
    ring.deliver(ring.afterwards);
  }

  /** Answers as it is told. */
  private static final class Device implements DeviceModel {
    private boolean votes;
    private boolean no;

    @Override
    public void ring(int representative, long sequence, NodeSet members, boolean quorate) {
      votes = false;
    }

    @Override
    public QuorumDevice device() {
      return new QuorumDevice("Witness", 1, true, votes, false);
    }

    @Override
    public boolean answered() {
      return votes || no;
    }

    @Override
    public int preferred(List<NodeSet> sides) {
      return NOBODY;
    }

    @Override
    public List<String> sentences() {
      return List.of();
    }
  }

  /** A ring that delivers what belongs to the synchronisation first. */
  private final class Ring implements ServiceOutlet {
    private final Deque<ServiceMessage> inSync = new ArrayDeque<>();
    private final Deque<ServiceMessage> afterwards = new ArrayDeque<>();
    private int lastFlags;

    @Override
    public void send(ServiceMessage message) {
      afterwards.add(message);
    }

    @Override
    public void sendInSync(ServiceMessage message) {
      inSync.add(message);
    }

    private void deliver(Deque<ServiceMessage> queue) {
      while (!queue.isEmpty()) {
        ServiceMessage message = queue.remove();
        byte[] bytes = new byte[message.length()];
        message.write(bytes, 0);
        if (message instanceof VoteQuorumNodeInfo info && info.nodeId() == 1) {
          lastFlags = info.flags();
        }
        int function = ServiceHeader.id(bytes, 0, bytes.length, false) & 0xFFFF;
        assertThat(service.message(function, 1, bytes, 0, bytes.length, false))
            .isEqualTo(RingService.Outcome.TAKEN);
      }
    }
  }
}
