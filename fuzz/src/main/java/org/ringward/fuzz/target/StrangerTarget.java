package org.ringward.fuzz.target;

import java.util.Arrays;
import java.util.List;
import org.ringward.core.link.KnetTransport;
import org.ringward.core.link.LinkStatus;
import org.ringward.core.port.Frames;
import org.ringward.fuzz.engine.Target;
import org.ringward.fuzz.engine.Violation;

/**
 * The links of node 1, encrypted, and someone without the key who can write any source address:
 * nothing is taken, nothing is answered. Input: a byte (bits 0 and 1: node of the source address,
 * bit 2: link), then the datagram.
 */
final class StrangerTarget implements Target, Frames {
  private static final long NOW = 1_000_000_000;

  private final List<byte[]> seeds;
  private final KnetTransport transport;
  private int sent;

  StrangerTarget(Seeds seeds) {
    this.seeds = seeds.knetDatagrams();
    this.transport = new KnetTransport(Settings.knet(1, true, 1), new byte[128], 7, this);
  }

  @Override
  public String name() {
    return "knet-stranger";
  }

  @Override
  public List<String> subjects() {
    return List.of("org.ringward.core.link.PacketCrypto", "org.ringward.core.link.KeySlots");
  }

  @Override
  public List<byte[]> seeds() {
    return seeds.stream()
        .map(datagram -> {
          byte[] seed = new byte[1 + datagram.length];
          System.arraycopy(datagram, 0, seed, 1, datagram.length);
          seed[0] = 2;
          return seed;
        })
        .toList();
  }

  @Override
  public int weight() {
    return 40;
  }

  @Override
  public int episode() {
    return 1;
  }

  @Override
  public int lengthMax() {
    return 2_048;
  }

  @Override
  public long allocationMax(int length) {
    return 4_096;
  }

  @Override
  public int input(byte[] input) {
    if (input.length == 0) {
      return 0;
    }
    int from = input[0] & 3;
    int link = (input[0] >> 2) & 1;
    byte[] datagram = Arrays.copyOfRange(input, 1, input.length);
    Violation.unless(
        !transport.received(link, from, datagram, 0, datagram.length, NOW), "a frame was taken");
    Violation.unless(
        !transport.answer(link, from, datagram, 0, datagram.length), "a question was answered");
    Violation.unless(sent == 0, "something was sent");
    return 1;
  }

  @Override
  public void end() {
    Violation.unless(transport.links().stream().noneMatch(LinkStatus::connected), "a link came up");
  }

  @Override
  public void send(int link, int toNode, byte[] datagram, int offset, int length) {
    sent++;
  }
}
