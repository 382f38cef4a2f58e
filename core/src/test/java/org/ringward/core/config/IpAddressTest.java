package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.11, 127.0.0.11",
    "255.1.2.3, 255.1.2.3",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "0:0:1:0:0:0:1:0, 0:0:1::1:0"
  })
  void printsTheCanonicalForm(String text, String canonical) {
    assertThat(String.valueOf(IpAddress.parse(text))).isEqualTo(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.256",
        "1.2.3.-4",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "fe80::1%eth0",
        "1:2:3:4::5:6:7:8",
        " 1.2.3.4"
      })
  void refusesOtherTexts(String text) {
    assertThat(IpAddress.parse(text)).isNull();
  }

  @Test
  void suggestsOnlyWhatIsNear() {
    assertThat(Nearest.of("consenssus", SettingsList.SECTIONS)).isNull();
    assertThat(Nearest.of("Quorom", SettingsList.SECTIONS)).isEqualTo("quorum");
  }
}
