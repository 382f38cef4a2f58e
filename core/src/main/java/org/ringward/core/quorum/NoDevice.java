package org.ringward.core.quorum;

import java.util.List;
import org.ringward.core.base.NodeSet;

/** The absence of a quorum device. */
record NoDevice() implements DeviceModel {
  @Override
  public void ring(int representative, long sequence, NodeSet members, boolean quorate) {}

  @Override
  public QuorumDevice device() {
    return QuorumDevice.NONE;
  }

  @Override
  public boolean answered() {
    return true;
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
