package org.ringward.interop.cpg;

import java.nio.ByteBuffer;
import java.util.List;

/** What libcpg tells a member; all calls come from inside {@link Cpg#dispatch}. */
public interface CpgListener {
  /** A message; the bytes are valid only during the call. */
  void delivered(int node, int pid, ByteBuffer message);

  /** The group changed. */
  void groupChanged(List<Address> members, List<Address> left, List<Address> joined);

  /** A ring is in use: the one at the join, then every new one after its sync. */
  void ringChanged(int representative, long sequence, List<Integer> nodes);

  /**
   * A member of a group.
   *
   * @param reason CPG_REASON_*: 1 join, 2 leave, 3 node down, 4 node up, 5 process down
   */
  record Address(int node, int pid, int reason) {}
}
