package org.ringward.fuzz.target;

import java.util.Arrays;
import java.util.List;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.DeviceSettings.Net.Tls;
import org.ringward.core.port.Streams;
import org.ringward.core.quorum.qnetd.QnetdDevice;
import org.ringward.core.quorum.qnetd.QnetdSettings;
import org.ringward.fuzz.engine.Target;
import org.ringward.fuzz.engine.Violation;

/**
 * A node that talks with something at corosync-qnetd's port. Input: a byte that says how long after
 * the last one it comes (bits 0 to 3, a quarter of a second each), whether the node enters another
 * ring before it (bit 4) and whether the connection breaks after it (bit 5), then what was said.
 */
final class QnetdTarget implements Target, Streams {
  private static final long QUARTER = 250_000_000;
  private static final NodeSet BOTH = NodeSet.of(1, 2);
  private static final QnetdSettings SETTINGS =
      new QnetdSettings("witlab", 1, 0, true, Tls.OFF, 10_000, 8000, BOTH);

  private QnetdDevice device = device();
  private long now;
  private long sequence;
  private long connection;
  private boolean open;

  private QnetdDevice device() {
    return new QnetdDevice(SETTINGS, 1, false, this, (_, _) -> {});
  }

  @Override
  public String name() {
    return "qnetd-talk";
  }

  @Override
  public List<String> subjects() {
    return List.of("org.ringward.core.quorum.qnetd.QnetdClient");
  }

  @Override
  public List<byte[]> seeds() {
    return DeviceParsers.QNETD.stream()
        .map(bytes -> {
          byte[] seed = new byte[1 + bytes.length];
          System.arraycopy(bytes, 0, seed, 1, bytes.length);
          return seed;
        })
        .toList();
  }

  @Override
  public int weight() {
    return 20;
  }

  @Override
  public int episode() {
    return 32;
  }

  @Override
  public int lengthMax() {
    return 1_024;
  }

  @Override
  public void begin() {
    now = QUARTER;
    sequence = 5;
    open = false;
    device = device();
    device.start(now);
    ring();
    turn(0);
    DeviceParsers.QNETD.subList(0, 2).forEach(this::hear);
  }

  private void ring() {
    sequence += 4;
    device.at(now);
    device.ring(1, sequence, sequence % 8 == 1 ? BOTH : NodeSet.of(1), false);
    Violation.unless(!device.device().castsVote(), "a vote for the ring before counts");
  }

  private void turn(int quarters) {
    now += quarters * QUARTER;
    device.at(now);
    device.turn(now, now / 1_000_000);
  }

  private void hear(byte[] bytes) {
    device.received(connection, bytes, bytes.length, now);
  }

  @Override
  public int input(byte[] input) {
    if (input.length == 0) {
      return 0;
    }
    turn(input[0] & 15);
    if ((input[0] & 16) != 0) {
      ring();
    }
    hear(Arrays.copyOfRange(input, 1, input.length));
    if ((input[0] & 32) != 0) {
      device.closed(connection, "closed", now);
    }
    Violation.unless(open || !device.device().castsVote(), "a vote counts without a connection");
    Violation.unless(device.sentences().size() == 1, "the device has one sentence");
    return 1;
  }

  @Override
  public void end() {
    turn(17);
    Violation.unless(!device.device().castsVote(), "a vote of a silent device counts");
  }

  @Override
  public void open(long number) {
    connection = number;
    open = true;
    device.opened(number, now);
  }

  @Override
  public void startTls(long number) {
    throw new IllegalStateException("TLS is off");
  }

  @Override
  public void send(long number, byte[] bytes) {
    Violation.unless(open && number == connection, "something is sent on a closed connection");
  }

  @Override
  public void close(long number) {
    open = false;
  }
}
