package org.ringward.core.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** UDP payloads of a recorded ring (pcap, Ethernet, IPv4), IP fragments put together again. */
public final class Capture {
  public static final List<String> ALL =
      List.of("udpu-form-leave-crash", "udpu-loss-recovery-merge", "udpu-services");

  private static final int FILE_HEADER = 24;
  private static final int PACKET_HEADER = 16;
  private static final int ETHERNET_HEADER = 14;
  private static final int UDP_HEADER = 8;
  private static final int UDP = 17;

  private Capture() {}

  /** All payloads in the order they were recorded. */
  public static List<byte[]> payloads(String name) {
    String path = "/captures/" + name + ".pcap.gz";
    try (InputStream file = Objects.requireNonNull(Capture.class.getResourceAsStream(path), path)) {
      return payloads(ByteBuffer.wrap(new GZIPInputStream(file).readAllBytes()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static List<byte[]> payloads(ByteBuffer file) {
    List<byte[]> payloads = new ArrayList<>();
    Map<Long, byte[]> begun = new TreeMap<>();
    int at = FILE_HEADER;
    while (at < file.limit()) {
      int length = file.order(ByteOrder.LITTLE_ENDIAN).getInt(at + 8);
      int ip = at + PACKET_HEADER + ETHERNET_HEADER;
      at += PACKET_HEADER + length;
      file.order(ByteOrder.BIG_ENDIAN);
      if (file.getShort(ip - 2) == 0x800 && file.get(ip + 9) == UDP) {
        datagram(file, ip, begun, payloads);
      }
    }
    return payloads;
  }

  private static void datagram(
      ByteBuffer file, int ip, Map<Long, byte[]> begun, List<byte[]> payloads) {
    int header = (file.get(ip) & 15) * 4;
    int total = file.getShort(ip + 2) & 0xFFFF;
    int fragment = file.getShort(ip + 6) & 0xFFFF;
    long key = (long) file.getInt(ip + 12) << 32 ^ (long) file.getInt(ip + 16) << 16;
    key ^= file.getShort(ip + 4) & 0xFFFF;
    byte[] bytes = Arrays.copyOfRange(file.array(), ip + header, ip + total);
    boolean more = (fragment & 0x2000) != 0;
    int offset = (fragment & 0x1FFF) * 8;
    if (offset > 0) {
      byte[] begin = Objects.requireNonNull(begun.remove(key), "fragment without beginning");
      byte[] joined = Arrays.copyOf(begin, offset + bytes.length);
      System.arraycopy(bytes, 0, joined, offset, bytes.length);
      bytes = joined;
    }
    if (more) {
      begun.put(key, bytes);
    } else {
      payloads.add(Arrays.copyOfRange(bytes, UDP_HEADER, bytes.length));
    }
  }
}
