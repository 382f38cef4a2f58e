package org.ringward.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CfgMessageTest {
  @ParameterizedTest
  @CsvSource({
    "2,0,02000100000000001000000000000000",
    "3,7,0300010000000000200000000000000007000000000000000000000000000000",
    "4,1,040001000000000018000000000000000100000000000000",
  })
  void layout(int function, int value, String hex) {
    CfgMessage message = new CfgMessage(function, value);
    byte[] bytes = new byte[message.length() + 3];
    message.write(bytes, 3);
    assertThat(HexFormat.of().formatHex(bytes, 3, bytes.length)).isEqualTo(hex);
    assertThat(CfgMessage.read(bytes, 3, message.length(), false)).isEqualTo(message);
    assertThat(CfgMessage.read(bytes, 3, message.length() - 1, false)).isNull();
  }

  @Test
  void otherMessagesAreNone() {
    byte[] bytes = new byte[24];
    ServiceHeader.write(bytes, 0, ServiceHeader.CFG << 16, 16);
    assertThat(CfgMessage.read(bytes, 0, 16, false)).isNull();
  }

  /** The order that was recorded in udpu-services.pcap. */
  @Test
  void kill() {
    byte[] golden = new byte[CfgKill.LENGTH];
    byte[] begin =
        HexFormat.of()
            .parseHex(
                "010001000000000020010000000000000200000000000000"
                    + "1b00000000000000"
                    + "4b696c6c656420627920636f726f73796e632d636667746f6f6c");
    System.arraycopy(begin, 0, golden, 0, begin.length);
    CfgKill kill = CfgKill.read(golden, 0, golden.length, false);
    assertThat(kill).isEqualTo(new CfgKill(2, "Killed by corosync-cfgtool\0"));
    byte[] written = new byte[CfgKill.LENGTH];
    kill.write(written, 0);
    assertThat(written).isEqualTo(golden);
    golden[25] = 2;
    assertThat(CfgKill.read(golden, 0, golden.length, false)).isNull();
  }
}
