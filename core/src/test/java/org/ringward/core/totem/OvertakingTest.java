package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.wire.FrameKind;
import org.ringward.core.wire.OrfToken;

/** The token overtakes the last messages of a long visit, and nothing else changes. */
final class OvertakingTest {
  private static final int AHEAD = TotemSettings.DEFAULT.windowBytes() / 3;
  private static final int FRAME = 9000;

  private final TotemWorld world = new TotemWorld(1, 3, TotemSettings.DEFAULT);

  @BeforeEach
  void start() {
    world.frameMax = 65_536;
    world.startAll();
  }

  /** Node 1's visits: what it sent to node 2, from the first message to what followed the token. */
  private List<List<TotemWorld.Sent>> visits() {
    List<List<TotemWorld.Sent>> visits = new ArrayList<>();
    long last = -1;
    for (TotemWorld.Sent each : world.sent) {
      if (each.from() == 1 && each.to() == 2) {
        if (each.time() != last) {
          visits.add(new ArrayList<>());
          last = each.time();
        }
        visits.getLast().add(each);
      }
    }
    return visits;
  }

  private static int token(List<TotemWorld.Sent> visit) {
    return visit.stream().map(TotemWorld.Sent::kind).toList().indexOf(FrameKind.ORF_TOKEN);
  }

  private static int bytes(List<TotemWorld.Sent> sent) {
    return sent.stream().mapToInt(each -> each.frame().length).sum();
  }

  private void flood() {
    world.node(1).keepsPackets = false;
    world.node(1).floods = 1 << 20;
    world.node(1).ring.wake();
    world.run(100);
    world.records = true;
    world.run(100);
  }

  @Test
  void whatIsBeyondTheFirstPartFollowsTheToken() {
    flood();
    List<List<TotemWorld.Sent>> visits = visits().stream().filter(each -> token(each) > 0).toList();
    assertThat(visits).hasSizeGreaterThan(20);
    for (List<TotemWorld.Sent> visit : visits) {
      int token = token(visit);
      assertThat(bytes(visit.subList(0, token))).isBetween(AHEAD, AHEAD + FRAME);
      assertThat(visit.subList(token + 1, visit.size()))
          .isNotEmpty()
          .allMatch(each -> each.kind() == FrameKind.MCAST);
    }
  }

  /** Nobody asks for what has only been overtaken. */
  @Test
  void nothingIsSentTwice() {
    flood();
    world.node(1).floods = 0;
    world.run(100);
    assertThat(world.node(1).counter("messages-behind-token")).isPositive();
    assertThat(world.node(1).counter("retransmits-sent")).isZero();
    assertThat(world.node(3).bytesDelivered).isEqualTo(world.node(1).bytesDelivered);
  }

  @Test
  void aShortVisitKeepsItsOrder() {
    world.records = true;
    world.node(1).say("a message");
    world.run(100);
    assertThat(world.sent).anyMatch(each -> each.kind() == FrameKind.MCAST);
    assertThat(world.node(1).counter("messages-behind-token")).isZero();
  }

  /** Sockets may be full where messages are lost. */
  @Test
  void theTokenWaitsForAllMessagesWhileSomeAreAskedFor() {
    world.loss = 0.3;
    flood();
    List<List<TotemWorld.Sent>> asking =
        visits().stream()
            .filter(each -> token(each) >= 0)
            .filter(each -> OvertakingTest.isAsking(each.get(token(each)).frame()))
            .toList();
    assertThat(asking).isNotEmpty().allMatch(each -> token(each) == each.size() - 1);
  }

  private static boolean isAsking(byte[] frame) {
    OrfToken token = new OrfToken();
    return token.read(frame, 0, frame.length) && token.requests() > 0;
  }

  /** Who dies between its token and what was to follow it takes only its own messages along. */
  @Test
  void whatNeverFollowedIsLostWithItsNode() {
    flood();
    world.records = false;
    world.kill(1);
    world.run(3_000);
    assertThat(world.settled()).isTrue();
    assertThat(world.node(2).bytesDelivered).isEqualTo(world.node(3).bytesDelivered);
  }
}
