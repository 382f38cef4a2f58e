package org.ringward.ring.loop;

/** Datagrams before which a companion is asked what the ring is to send. */
public final class CompanionSource implements DatagramSource {
  private final DatagramSource source;
  private final Companion companion;

  public CompanionSource(DatagramSource source, Companion companion) {
    this.source = source;
    this.companion = companion;
  }

  @Override
  public int receive(Machine machine, int most) {
    companion.takeIn(System.nanoTime());
    return source.receive(machine, most);
  }

  @Override
  public void await(long nanos) {
    source.await(companion.maySleep() ? nanos : 0);
  }

  @Override
  public void wake() {
    source.wake();
  }

  @Override
  public void flush() {
    source.flush();
  }
}
