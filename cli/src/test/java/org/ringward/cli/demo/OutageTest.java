package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static Answer at(long millis, String node) {
    return new Answer(millis * 1_000_000, node);
  }

  @Test
  void itLastsFromTheLastAnswerBeforeTheFaultToTheFirstAfterIt() {
    List<Answer> answers = List.of(at(95, "n1"), at(100, "n1"), at(912, "n2"), at(917, "n2"));
    Outage outage = Outage.longest(answers, 103_000_000);
    assertThat(outage).isEqualTo(new Outage(100_000_000, 912_000_000, "n1", "n2"));
    assertThat(outage.millis()).isEqualTo(812);
  }

  @Test
  void aServiceThatStillAnswersAfterTheFaultIsCountedFromItsRealEnd() {
    List<Answer> answers =
        List.of(at(100, "n1"), at(105, "n1"), at(600, "n1"), at(605, "n1"), at(1605, "n2"));
    Outage outage = Outage.longest(answers, 102_000_000);
    assertThat(outage.millis()).isEqualTo(1000);
  }

  @Test
  void gapsBeforeTheFaultDoNotCount() {
    List<Answer> answers = List.of(at(0, "n1"), at(900, "n1"), at(905, "n1"), at(910, "n1"));
    assertThat(Outage.longest(answers, 902_000_000).millis()).isEqualTo(5);
  }

  @Test
  void withoutAnAnswerAfterTheFaultThereIsNone() {
    assertThat(Outage.longest(List.of(at(1, "n1"), at(2, "n1")), 3_000_000)).isNull();
    assertThat(Outage.longest(List.of(), 0)).isNull();
  }
}
