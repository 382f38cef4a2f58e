package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientViewTest {
  @Test
  void answersFromTheLastOneBeforeTheTimeOn() {
    ClientView view = new ClientView();
    view.take("G 1000 n1");
    view.take("G 2000 n1");
    view.take("F 2500 Connection refused");
    view.take("G 3000 n2");
    assertThat(view.answersAround(2400))
        .containsExactly(new Answer(2000, "n1"), new Answer(3000, "n2"));
    assertThat(view.lastReason()).isEqualTo("Connection refused");
    assertThat(view.answeredAfter(2999)).isTrue();
    assertThat(view.answeredAfter(3000)).isFalse();
  }

  @Test
  void slicesShowWhoAnsweredAndWhereNobodyDid() {
    ClientView view = new ClientView();
    view.take("G 150 n1");
    view.take("F 250 no answer in time");
    view.take("G 350 n2");
    view.take("F 360 no answer in time");
    assertThat(view.slices(400, 100, 4)).containsExactly(null, "n1", "", "n2");
  }

  @Test
  void whatIsOlderThanTheMemoryIsForgotten() {
    ClientView view = new ClientView();
    view.take("G 1 n1");
    view.take("G 400000000000 n2");
    assertThat(view.answersAround(0)).containsExactly(new Answer(400_000_000_000L, "n2"));
  }
}
