package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatesTest {
  private static final long NOW = Instant.parse("2026-11-22T01:00:00Z").getEpochSecond();

  @ParameterizedTest
  @CsvSource({
    "2005-020T12:30, 2005-01-20T12:30:00Z",
    "2005-020, 2005-01-20T00:00:00Z",
    "2005020, 2005-01-20T00:00:00Z",
    "2005-001, 2005-01-01T00:00:00Z",
    "2005-W03-4, 2005-01-20T00:00:00Z",
    "2005W034, 2005-01-20T00:00:00Z",
    "2008-W01-1, 2007-12-31T00:00:00Z",
    "2020-W53-7, 2021-01-03T00:00:00Z",
    "2005-01, 2005-01-01T00:00:00Z",
    "2005-1-5, 2005-01-05T00:00:00Z",
    "20050120T1230Z, 2005-01-20T12:30:00Z",
    "20050120 12:30, 2005-01-20T12:30:00Z",
    "2005-01-20 12, 2005-01-20T12:00:00Z",
    "2005-01-20T, 2005-01-20T00:00:00Z",
    "2005-01-20T12:3, 2005-01-20T12:03:00Z",
    "2005-01-20 12:30:15.5, 2005-01-20T12:30:15Z",
    "2005-01-20 12:30:15 UTC, 2005-01-20T12:30:15Z",
    "2005-01-20 12:30:15Z, 2005-01-20T12:30:15Z",
    "2005-01-20 12:30:15 +02:00, 2005-01-20T10:30:15Z",
    "2005-01-20T12:30:15+0200, 2005-01-20T10:30:15Z",
    "2005-01-20 12:30:15 -02, 2005-01-20T14:30:15Z",
    "2005-01-20 24:00, 2005-01-21T00:00:00Z",
    "12:30, 2026-11-22T12:30:00Z",
    "T12:30, 2026-11-22T12:30:00Z",
    "2038-01-20T00:00:00Z, 2038-01-20T00:00:00Z",
    "9999-12-31 23:59:59, 9999-12-31T23:59:59Z",
    "epoch, 1970-01-01T00:00:00Z",
  })
  void readsWhatIso8601Allows(String text, String expected) {
    assertThat(Dates.seconds(text, ZoneOffset.UTC, NOW))
        .isEqualTo(Instant.parse(expected).getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "T",
        "2005",
        "0",
        "-1",
        "123",
        "soon",
        "2005-366",
        "2005-02-30",
        "2005-W53-1",
        "2005-13-01",
        "2005-01-20 25:00",
        "2005-01-20 12:61",
        "2005-01-20 24:01",
        "2005-01-20 12:30 CET",
        "2005-01-20 12:30 +99:00"
      })
  void refusesWhatIsNoDate(String text) {
    assertThat(Dates.seconds(text, ZoneOffset.UTC, NOW)).isNull();
  }

  @Test
  void aLongTextCostsNothing() {
    assertThat(Dates.seconds("1".repeat(1_000_000), ZoneOffset.UTC, NOW)).isNull();
  }

  @Test
  void withoutAnOffsetTheZoneCounts() {
    ZoneId tokyo = ZoneId.of("Asia/Tokyo");
    assertThat(Dates.seconds("2005-01-20 12:30", tokyo, NOW))
        .isEqualTo(Instant.parse("2005-01-20T03:30:00Z").getEpochSecond());
    assertThat(Dates.seconds("2005-01-20 12:30Z", tokyo, NOW))
        .isEqualTo(Instant.parse("2005-01-20T12:30:00Z").getEpochSecond());
  }

  @Test
  void anIntervalBeginsAtItsOriginWhetherThatIsPastOrFuture() {
    long now = Instant.parse("2014-05-07T00:28:00Z").getEpochSecond();
    assertThat(Dates.startDelay("2014-06-01 00:35:00", 3_600_000, now)).isEqualTo(420_000);
    assertThat(Dates.startDelay("2014-01-01 00:35:00", 3_600_000, now)).isEqualTo(420_000);
    assertThat(Dates.startDelay("2014-05-07 00:28:00", 3_600_000, now)).isZero();
    assertThat(Dates.startDelay("tomorrow", 3_600_000, now)).isEqualTo(-1);
    assertThat(Dates.startDelay("2014-05-07", 0, now)).isEqualTo(-1);
  }
}
