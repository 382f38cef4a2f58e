package org.ringward.daemon.region;

import org.jspecify.annotations.Nullable;

/** The place of a disk among the media; its bytes go through {@link DiskWorker}. */
final class DiskMedium implements RegionMedium {
  private final DiskWorker worker;

  DiskMedium(DiskWorker worker) {
    this.worker = worker;
  }

  @Override
  public void send(int path, byte[] frame, int offset, int length) {
    throw new IllegalStateException("heartbeats of a disk are blocks");
  }

  @Override
  public void receive(Hearer hearer) {
    // Blocks are drained where they were asked for.
  }

  @Override
  public @Nullable String trouble() {
    return null;
  }

  @Override
  public void close() {
    worker.close();
  }
}
