package org.ringward.core.group;

import org.ringward.core.wire.ServiceHeader;
import org.ringward.core.wire.VoteQuorumNodeInfo;

/**
 * Tells the other members this node's votes, so that their votequorum counts it
 * (reference/totem-pg-sync-services.md, section 9). Votes of others are read and not used: quorum
 * is decided by core.quorum.
 */
final class VoteQuorumService extends RingService {
  private final VoteQuorumNodeInfo own;
  private final ServiceOutlet outlet;

  VoteQuorumService(VoteQuorumNodeInfo own, ServiceOutlet outlet) {
    super(ServiceHeader.VOTEQUORUM);
    this.own = own;
    this.outlet = outlet;
  }

  @Override
  void process() {
    outlet.sendInSync(own);
    outlet.sendInSync(new VoteQuorumNodeInfo(VoteQuorumNodeInfo.DEVICE, 0, 0, 0));
  }

  @Override
  Outcome message(
      int function, int author, byte[] bytes, int offset, int length, boolean bigEndian) {
    if (function == 0) {
      return VoteQuorumNodeInfo.read(bytes, offset, length, bigEndian) == null
          ? Outcome.MALFORMED
          : Outcome.TAKEN;
    }
    // Changes of votes and quorum devices concern those that decide by them.
    return function <= 4 ? Outcome.TAKEN : Outcome.UNKNOWN_FUNCTION;
  }
}
