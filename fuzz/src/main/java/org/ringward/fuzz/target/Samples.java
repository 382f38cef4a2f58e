package org.ringward.fuzz.target;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.CfgKill;
import org.ringward.core.wire.CfgMessage;
import org.ringward.core.wire.CmapVersion;
import org.ringward.core.wire.CpgDownList;
import org.ringward.core.wire.CpgJoinList;
import org.ringward.core.wire.CpgMessage;
import org.ringward.core.wire.CpgProcessChange;
import org.ringward.core.wire.ServiceMessage;
import org.ringward.core.wire.SyncBarrier;
import org.ringward.core.wire.SyncServiceBuild;
import org.ringward.core.wire.VoteQuorumNodeInfo;
import org.ringward.core.wire.VoteQuorumReconfigure;

/** A message of each kind, as this node writes it. */
final class Samples {
  private static final byte[] GROUP = {'g'};
  private static final int DATA = 40;

  private Samples() {}

  static List<byte[]> messages() {
    List<byte[]> written = new ArrayList<>();
    for (ServiceMessage each :
        List.of(
            new SyncBarrier(1, 8),
            new SyncServiceBuild(1, 8, new int[] {0, 2, 3, 5}),
            new CpgProcessChange(true, "g", 1, CpgProcessChange.REASON_JOIN),
            new CpgProcessChange(false, "g", 1, CpgProcessChange.REASON_PROCESS_GONE),
            new CpgJoinList(
                List.of(new CpgJoinList.Entry(1, "g"), new CpgJoinList.Entry(2, "other"))),
            new CpgDownList(3, NodeSet.of(2, 3)),
            new CfgKill(2, "because"),
            new CfgMessage(CfgMessage.RELOAD, 1),
            new CfgMessage(CfgMessage.CRYPTO, CfgMessage.PHASE_ACTIVATE),
            new CfgMessage(CfgMessage.SHUTDOWN, 0),
            new CmapVersion(0),
            new CmapVersion(7),
            new VoteQuorumNodeInfo(1, 1, 3, 1),
            new VoteQuorumReconfigure(1, 5, VoteQuorumReconfigure.EXPECTED_VOTES))) {
      byte[] bytes = new byte[each.length()];
      each.write(bytes, 0);
      written.add(bytes);
    }
    byte[] whole = new byte[CpgMessage.WHOLE_HEADER + DATA];
    CpgMessage.writeWhole(whole, 0, GROUP, DATA, 1, 2);
    written.add(whole);
    for (CpgMessage.Part part : CpgMessage.Part.values()) {
      byte[] bytes = new byte[CpgMessage.PARTIAL_HEADER + DATA];
      CpgMessage.writePartial(bytes, 0, GROUP, part, 3 * DATA, DATA, 1, 2);
      written.add(bytes);
    }
    return written;
  }
}
