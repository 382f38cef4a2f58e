package org.ringward.daemon.region;

import org.jspecify.annotations.Nullable;

/** Keeps the place of the witness's region: the node passes its heartbeats to the quorum device. */
final class WitnessMedium implements RegionMedium {
  @Override
  public void send(int path, byte[] frame, int offset, int length) {}

  @Override
  public void receive(Hearer hearer) {}

  @Override
  public @Nullable String trouble() {
    return null;
  }

  @Override
  public void close() {}
}
