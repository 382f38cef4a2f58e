package org.ringward.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/**
 * The on-disk format of sbd (reference/ecosystem.md, B9; offsets as sbd 1.5.2 writes them). Sector
 * 0 is the header, big-endian:
 *
 * <pre>
 *    0  magic "SBD_SBD_"
 *    8  version (2)
 *    9  number of slots
 *   12  bytes of a sector
 *   16  timeouts in seconds: watchdog, allocate, loop, msgwait
 *   32  minor version (1)
 *   33  UUID
 * </pre>
 *
 * <p>Slot i has sector 1 + 2i (in use, name of the node in 64 bytes) and sector 2 + 2i, its mailbox
 * (message, name of the sender in 64 bytes).
 */
public final class SbdDisk {
  public static final int VERSION = 2;
  public static final int SLOTS = 255;

  /** Bytes of the header that are read, on disks of any sector size. */
  public static final int HEADER_BYTES = 4096;

  private static final byte[] MAGIC = "SBD_SBD_".getBytes(StandardCharsets.US_ASCII);
  private static final int NAME_BYTES = 64;

  private SbdDisk() {}

  /** What a mailbox says, with its number on the disk. */
  public enum Message {
    CLEAR(0),
    TEST(1),
    RESET(2),
    OFF(3),
    EXIT(4),
    CRASHDUMP(5);

    final int number;

    Message(int number) {
      this.number = number;
    }

    /** The word of sbd's command. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A header's content; times in seconds. */
  public record Header(
      int slots, int sectorBytes, int watchdog, int allocate, int loop, int msgwait, UUID uuid) {
    /** Where a slot's name is. */
    public long slot(int number) {
      return (1 + 2L * number) * sectorBytes;
    }

    /** Where a slot's mailbox is. */
    public long mailbox(int number) {
      return (2 + 2L * number) * sectorBytes;
    }

    /** Bytes of the header and all slots. */
    public long bytes() {
      return slot(slots);
    }
  }

  /** Whether something of sbd is there, of whatever version. */
  public static boolean isHeader(byte[] bytes) {
    return Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** Why a header cannot be used, empty when it can. */
  public static String refusal(byte[] bytes) {
    if (!isHeader(bytes)) {
      return "it does not begin with sbd's header; sbd -d DEVICE create makes one";
    }
    if (Bytes.uint8(bytes, 8) != VERSION) {
      return "its sbd format has version " + Bytes.uint8(bytes, 8) + ", known is " + VERSION;
    }
    Header header = header(bytes);
    boolean sane =
        header.slots() > 0
            && (header.sectorBytes() == 512 || header.sectorBytes() == 4096)
            && header.watchdog() > 0
            && header.loop() > 0
            && header.msgwait() > 0
            && header.allocate() >= 0;
    return sane ? "" : "its sbd header is damaged";
  }

  /** The content of a header. */
  public static Header header(byte[] bytes) {
    return new Header(
        Bytes.uint8(bytes, 9),
        Bytes.int32(bytes, 12, true),
        Bytes.int32(bytes, 16, true),
        Bytes.int32(bytes, 20, true),
        Bytes.int32(bytes, 24, true),
        Bytes.int32(bytes, 28, true),
        new UUID(Bytes.int64(bytes, 33, true), Bytes.int64(bytes, 41, true)));
  }

  /** Writes a header into a sector of zeros. */
  public static byte[] headerSector(Header header) {
    byte[] sector = new byte[header.sectorBytes()];
    System.arraycopy(MAGIC, 0, sector, 0, MAGIC.length);
    Bytes.put8(sector, 8, VERSION);
    Bytes.put8(sector, 9, header.slots());
    int[] words = {
      header.sectorBytes(), header.watchdog(), header.allocate(), header.loop(), header.msgwait()
    };
    for (int word = 0; word < words.length; word++) {
      Bytes.put32(sector, 12 + 4 * word, Integer.reverseBytes(words[word]));
    }
    Bytes.put8(sector, 32, 1);
    Bytes.put64(sector, 33, Long.reverseBytes(header.uuid().getMostSignificantBits()));
    Bytes.put64(sector, 41, Long.reverseBytes(header.uuid().getLeastSignificantBits()));
    return sector;
  }

  /** Whether somebody has the slot that begins at a place of an array. */
  public static boolean isUsed(byte[] bytes, int at) {
    return bytes[at] == 1;
  }

  /** The name in a slot, or the sender in a mailbox, of printable characters. */
  public static String name(byte[] bytes, int at) {
    int end = at + 1;
    while (end < at + 1 + NAME_BYTES && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, at + 1, end - at - 1, StandardCharsets.UTF_8)
        .replaceAll("\\p{Cntrl}", "?");
  }

  /**
   * What the mailbox says that begins at a place of an array; what is not known is CLEAR to sbd.
   */
  public static Message message(byte[] bytes, int at) {
    int number = Bytes.uint8(bytes, at);
    for (Message message : Message.values()) {
      if (message.number == number) {
        return message;
      }
    }
    return Message.CLEAR;
  }

  /** A slot's sector with a node's name. */
  public static byte[] slotSector(String node, int sectorBytes) {
    return sector(1, node, sectorBytes);
  }

  /** A mailbox with a message. */
  public static byte[] mailboxSector(Message message, String from, int sectorBytes) {
    return sector(message.number, from, sectorBytes);
  }

  private static byte[] sector(int first, String name, int sectorBytes) {
    byte[] sector = new byte[sectorBytes];
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    sector[0] = (byte) first;
    System.arraycopy(utf8, 0, sector, 1, Math.min(utf8.length, NAME_BYTES - 1));
    return sector;
  }
}
