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

  /** Rings over kronosnet: payloads are packets, the second one's are encrypted. */
  public static final String KNET_CLEAR = "knet-clear";

  public static final String KNET_ENCRYPTED = "knet-aes256-sha256";

  private static final int FILE_HEADER = 24;
  private static final int PACKET_HEADER = 16;
  private static final int ETHERNET_HEADER = 14;
  private static final int UDP_HEADER = 8;
  private static final int UDP = 17;

  private Capture() {}

  /**
   * A recorded UDP datagram.
   *
   * @param from source address, its last number
   * @param to target address, its last number
   */
  public record Datagram(int from, int to, byte[] payload) {}

  /** All payloads in the order they were recorded. */
  public static List<byte[]> payloads(String name) {
    return datagrams(name).stream().map(Datagram::payload).toList();
  }

  /** All datagrams in the order they were recorded. */
  public static List<Datagram> datagrams(String name) {
    return datagrams(ByteBuffer.wrap(unzipped("/captures/" + name + ".pcap.gz")));
  }

  /** The key of the encrypted one. */
  public static byte[] key() {
    String path = "/captures/" + KNET_ENCRYPTED + ".authkey";
    try (InputStream file = Objects.requireNonNull(Capture.class.getResourceAsStream(path), path)) {
      return file.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static byte[] unzipped(String path) {
    try (InputStream file = Objects.requireNonNull(Capture.class.getResourceAsStream(path), path)) {
      return new GZIPInputStream(file).readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static List<Datagram> datagrams(ByteBuffer file) {
    List<Datagram> payloads = new ArrayList<>();
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
      ByteBuffer file, int ip, Map<Long, byte[]> begun, List<Datagram> payloads) {
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
      byte[] payload = Arrays.copyOfRange(bytes, UDP_HEADER, bytes.length);
      payloads.add(new Datagram(file.get(ip + 15), file.get(ip + 19), payload));
    }
  }
}
