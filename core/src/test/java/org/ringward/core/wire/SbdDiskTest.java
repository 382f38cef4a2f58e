package org.ringward.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ringward.core.wire.SbdDisk.Header;
import org.ringward.core.wire.SbdDisk.Message;

/** The bytes are what sbd 1.5.2 of Debian wrote. */
class SbdDiskTest {
  private static byte[] recorded() {
    byte[] sector = new byte[4096];
    byte[] start =
        HexFormat.of()
            .parseHex(
                "5342445f5342445f02ff000000000200"
                    + "0000000500000002000000010000000a"
                    + "01d74ab10d402b4ab78f0e40e7ce93bb86");
    System.arraycopy(start, 0, sector, 0, start.length);
    return sector;
  }

  @Test
  void theHeaderThatSbdWrote() {
    assertThat(SbdDisk.refusal(recorded())).isEmpty();
    Header header = SbdDisk.header(recorded());
    assertThat(header)
        .isEqualTo(
            new Header(
                255, 512, 5, 2, 1, 10, UUID.fromString("d74ab10d-402b-4ab7-8f0e-40e7ce93bb86")));
    assertThat(header.slot(1)).isEqualTo(0x600);
    assertThat(header.mailbox(1)).isEqualTo(0x800);
    assertThat(SbdDisk.headerSector(header)).isEqualTo(java.util.Arrays.copyOf(recorded(), 512));
  }

  @Test
  void slotsAndMessagesThatSbdWrote() {
    byte[] slot = SbdDisk.slotSector("n1", 512);
    assertThat(HexFormat.of().formatHex(slot, 0, 16)).isEqualTo("016e3100000000000000000000000000");
    assertThat(SbdDisk.isUsed(slot, 0)).isTrue();
    assertThat(SbdDisk.name(slot, 0)).isEqualTo("n1");
    byte[] off = SbdDisk.mailboxSector(Message.OFF, "x", 4096);
    assertThat(HexFormat.of().formatHex(off, 0, 16)).isEqualTo("03780000000000000000000000000000");
    for (Message message : Message.values()) {
      byte[] mailbox = SbdDisk.mailboxSector(message, "n1", 512);
      assertThat(mailbox[0]).isEqualTo((byte) message.number);
      assertThat(SbdDisk.message(mailbox, 0)).isEqualTo(message);
    }
    off[0] = (byte) 200;
    assertThat(SbdDisk.message(off, 0)).isEqualTo(Message.CLEAR);
  }

  @Test
  void whatIsNoSbdDiskIsRefused() {
    assertThat(SbdDisk.refusal(new byte[4096])).contains("does not begin with sbd's header");
    byte[] other = recorded();
    other[8] = 3;
    assertThat(SbdDisk.refusal(other)).contains("has version 3, known is 2");
    byte[] damaged = recorded();
    damaged[14] = 7;
    assertThat(SbdDisk.refusal(damaged)).isEqualTo("its sbd header is damaged");
  }
}
