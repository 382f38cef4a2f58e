package org.ringward.ring.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoSocketTest {
  private static EchoSocket open(String host) {
    try {
      return EchoSocket.open(InetAddress.ofLiteral(host));
    } catch (SocketException e) {
      assumeThat(e).as("may not ask for echoes here").isNull();
      throw new AssertionError(e);
    }
  }

  private static int answer(EchoSocket socket) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(1))
        .until(socket::receive, number -> number != EchoSocket.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void thisMachineAnswersWithTheNumber(String host) {
    try (EchoSocket socket = open(host)) {
      socket.ask(70_001);
      assertThat(answer(socket)).isEqualTo(70_001);
      assertThat(socket.receive()).isEqualTo(EchoSocket.NOTHING);
    }
  }

  /**
   * Each has a secret of its own, so answers to one are none to another, though both may see them.
   */
  @Test
  void answersToOthersDoNotCount() {
    try (EchoSocket one = open("127.0.0.1");
        EchoSocket other = open("127.0.0.2")) {
      one.ask(1);
      other.ask(2);
      assertThat(answer(one)).isEqualTo(1);
      assertThat(answer(other)).isEqualTo(2);
      assertThat(one.receive()).isEqualTo(EchoSocket.NOTHING);
      assertThat(other.receive()).isEqualTo(EchoSocket.NOTHING);
    }
  }

  @Test
  void whatWasNotAskedIsNotAnswered() {
    try (EchoSocket socket = open("127.0.0.1")) {
      assertThat(socket.receive()).isEqualTo(EchoSocket.NOTHING);
    }
  }
}
