package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {
  @Test
  void aLineHasNameOutageAndVerdict() {
    assertThat(new Result("power-off", 812, "").line()).isEqualTo("power-off 812 ok");
    assertThat(new Result("cut", -1, "n1 was not fenced within 30 s").line())
        .isEqualTo("cut - failed: n1 was not fenced within 30 s");
  }

  @Test
  void scenariosAreKnownByTheirLabels() {
    assertThat(Scenario.of("service-crash")).contains(Scenario.SERVICE_CRASH);
    assertThat(Scenario.of("SERVICE_CRASH")).isEmpty();
    assertThat(List.of(Scenario.values()).stream().map(Scenario::label))
        .containsExactly(
            "power-off",
            "daemon-kill",
            "cut",
            "cut-all",
            "stall",
            "hang",
            "stop-failure",
            "service-crash",
            "move",
            "region-cut",
            "all-regions-but-one",
            "lost-disk");
  }

  @Test
  void statisticsOfOutages() {
    assertThat(Statistics.of(List.of(900L, 700L, 800L)))
        .hasToString("runs 3 median 800 min 700 max 900");
    assertThat(Statistics.of(List.of(4L, 1L, 3L, 2L)).median()).isEqualTo(2);
    assertThat(Statistics.of(List.of(5L))).isEqualTo(new Statistics(1, 5, 5, 5));
  }
}
