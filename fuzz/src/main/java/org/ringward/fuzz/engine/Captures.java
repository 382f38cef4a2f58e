package org.ringward.fuzz.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** UDP payloads of recorded rings (pcap, Ethernet, IPv4); those in IP fragments are left out. */
public final class Captures {
  private static final int FILE_HEADER = 24;
  private static final int PACKET_HEADER = 16;
  private static final int ETHERNET_HEADER = 14;
  private static final int UDP_HEADER = 8;
  private static final int UDP = 17;

  private final Path folder;

  public Captures(Path folder) {
    this.folder = folder;
  }

  /** The payloads of a recording, in order. */
  public List<byte[]> payloads(String name) {
    List<byte[]> payloads = new ArrayList<>();
    ByteBuffer file = ByteBuffer.wrap(unzipped(folder.resolve(name + ".pcap.gz")));
    for (int at = FILE_HEADER; at < file.limit(); ) {
      int length = file.order(ByteOrder.LITTLE_ENDIAN).getInt(at + 8);
      int ip = at + PACKET_HEADER + ETHERNET_HEADER;
      at += PACKET_HEADER + length;
      file.order(ByteOrder.BIG_ENDIAN);
      boolean fragment = (file.getShort(ip + 6) & 0x3FFF) != 0;
      if (file.getShort(ip - 2) == 0x800 && file.get(ip + 9) == UDP && !fragment) {
        int header = (file.get(ip) & 15) * 4;
        int end = ip + (file.getShort(ip + 2) & 0xFFFF);
        payloads.add(Arrays.copyOfRange(file.array(), ip + header + UDP_HEADER, end));
      }
    }
    return payloads;
  }

  /** The key of the encrypted recording. */
  public byte[] key(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name + ".authkey"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static byte[] unzipped(Path file) {
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
      return bytes.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
