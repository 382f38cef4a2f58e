package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ValuesTest {
  @Test
  void scores() {
    assertThat(Score.parse("5")).hasValue(5);
    assertThat(Score.parse(" +5")).hasValue(5);
    assertThat(Score.parse("-5")).hasValue(-5);
    assertThat(Score.parse("INFINITY")).hasValue(1_000_000);
    assertThat(Score.parse("+INFINITY")).hasValue(1_000_000);
    assertThat(Score.parse("-INFINITY")).hasValue(-1_000_000);
    assertThat(Score.parse("2000000")).hasValue(1_000_000);
    assertThat(Score.parse("-99999999999999999999")).hasValue(-1_000_000);
    for (String bad : new String[] {"", "-", "1.5", "5x", "abc", "- 5", "\u0665"}) {
      assertThat(Score.parse(bad)).as(bad).isEqualTo(OptionalInt.empty());
    }
  }

  @Test
  void minusInfinityWins() {
    assertThat(Score.add(Score.INFINITY, -Score.INFINITY)).isEqualTo(-Score.INFINITY);
    assertThat(Score.add(5, -Score.INFINITY)).isEqualTo(-Score.INFINITY);
    assertThat(Score.add(Score.INFINITY, -5)).isEqualTo(Score.INFINITY);
    assertThat(Score.add(999_999, 999_999)).isEqualTo(Score.INFINITY);
    assertThat(Score.add(2, 3)).isEqualTo(5);
    assertThat(Score.text(Score.add(Score.INFINITY, 1))).isEqualTo("INFINITY");
    assertThat(Score.text(-2_000_000)).isEqualTo("-INFINITY");
    assertThat(Score.text(-7)).isEqualTo("-7");
  }

  @Test
  void durations() {
    Map<String, Long> good =
        Map.ofEntries(
            Map.entry("60", 60_000L),
            Map.entry("60s", 60_000L),
            Map.entry(" 10 S ", 10_000L),
            Map.entry("3m", 180_000L),
            Map.entry("5min", 300_000L),
            Map.entry("3minutes", 180_000L),
            Map.entry("2h", 7_200_000L),
            Map.entry("500ms", 500L),
            Map.entry("1500us", 1L),
            Map.entry("0", 0L),
            Map.entry("PT5M", 300_000L),
            Map.entry("P1DT2H3M4S", 93_784_000L),
            Map.entry("P10S", 10_000L),
            Map.entry("P1M", 2_592_000_000L),
            Map.entry("P1W", 604_800_000L));
    good.forEach((text, millis) -> assertThat(Durations.millis(text)).as(text).hasValue(millis));
    for (String bad :
        new String[] {"", "-5s", "1.5s", "bad", "10d", "P", "PT", "P1", "s", "P1H1D"}) {
      assertThat(Durations.millis(bad)).as(bad).isEqualTo(OptionalLong.empty());
    }
    assertThat(Durations.millis("999999999999999999h")).isEqualTo(OptionalLong.empty());
  }

  @Test
  void durationsReadBackTheSame() {
    for (long millis : new long[] {0, 1, 999, 1000, 90_000, 120_000, 3_600_000, 86_400_001}) {
      assertThat(Durations.millis(Durations.text(millis))).hasValue(millis);
    }
    assertThat(Durations.text(90_000)).isEqualTo("90s");
    assertThat(Durations.text(120_000)).isEqualTo("2min");
  }

  @Test
  void truthValues() {
    for (String yes : new String[] {"1", "yes", "Y", "on", "TRUE", " true "}) {
      assertThat(Booleans.isTrue(yes)).as(yes).isTrue();
    }
    for (String no : new String[] {"0", "no", "N", "off", "False"}) {
      assertThat(Booleans.parse(no)).as(no).hasValue(false);
    }
    assertThat(Booleans.parse("maybe")).isEmpty();
    assertThat(Booleans.isTrue(null)).isFalse();
    assertThat(Booleans.isTrue("maybe", true)).isTrue();
  }

  @Test
  void operationDigestIsPacemakers() {
    assertThat(OperationDigest.of(Map.of())).isEqualTo("f2317cad3d54cec5d7d7aa7d0bf35cf8");
    assertThat(OperationDigest.of(Map.of("b", "<2>", "a", "1")))
        .isEqualTo(OperationDigest.of(Map.of("a", "1", "b", "<2>")))
        .isNotEqualTo(OperationDigest.of(Map.of("a", "1", "b", "2")));
  }

  @Test
  void idsAreXmlNames() {
    assertThat(Ids.of("vip-start-0s")).isEqualTo("vip-start-0s");
    assertThat(Ids.of("1a b:c#d")).isEqualTo("_1a.b.c.d");
    assertThat(Ids.isId("a:b")).isFalse();
    assertThat(Ids.isId("a-b.c_d")).isTrue();
  }
}
