package org.ringward.core.forum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.LeasesReport.GroupLine;
import org.ringward.core.admin.LeasesReport.MemberLine;
import org.ringward.core.base.NodeSet;
import org.ringward.core.forum.ForumNews.Change;
import org.ringward.core.forum.ForumNews.Member;
import org.ringward.core.lease.RingProgress;

/** The desks of three nodes on an order and rings that the test moves. */
class ForumDeskTest {
  private static final long SECOND = 1_000_000_000;

  private final List<Node> nodes = List.of(new Node(1), new Node(2), new Node(3));
  private final Node one = nodes.get(0);
  private final Node two = nodes.get(1);
  private final Node three = nodes.get(2);
  private long nanos = 10 * SECOND;
  private long lastRing = 1000;

  /** A node: its desk, what it has sent and not in the order yet, and what its programs heard. */
  private static final class Node implements RingProgress {
    final int id;
    ForumDesk desk;
    long kept;

    /** The latest ring with quorum that it knows of. */
    long known;

    boolean keeps = true;
    final List<byte[]> sent = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    int delivered;
    int everywhere;
    boolean room = true;

    Node(int id) {
      this.id = id;
      desk = anew();
    }

    /** Its daemon begins, and knows what its disk tells. */
    private ForumDesk anew() {
      ForumDesk made =
          new ForumDesk(
              id,
              () -> kept,
              node -> "n" + node,
              bytes -> {
                if (room) {
                  sent.add(bytes);
                }
                return room;
              });
      made.ring(this);
      made.tellTo((session, handle, news) -> heard.add(session + "." + handle + " " + text(news)));
      return made;
    }

    void beginAnew() {
      sent.clear();
      known = kept;
      desk = anew();
    }

    @Override
    public long tokenSeen() {
      return 0;
    }

    @Override
    public int delivered() {
      return delivered;
    }

    @Override
    public int heldByAll() {
      return everywhere;
    }

    void say(long session, int handle, String text) {
      byte[] bytes = text.getBytes(US_ASCII);
      assertThat(desk.say(session, handle, bytes, 0, bytes.length)).isEmpty();
    }
  }

  private static String text(ForumNews news) {
    return switch (news) {
      case ForumNews.Members e ->
          e.members().stream().map(Member::node).toList()
              + " "
              + e.changes().stream().map(ForumDeskTest::text).toList();
      case ForumNews.Message e -> new String(e.bytes(), US_ASCII);
      case ForumNews.Paused e -> "paused: " + e.why();
      case ForumNews.Resumed _ -> "resumed";
      case ForumNews.Refused e -> "refused: " + e.why();
      case ForumNews.Out e -> "out: " + e.why();
    };
  }

  private static String text(Change change) {
    return change.member().node() + " " + change.reason();
  }

  /** These find each other; what they agree on comes at a place of the new order. */
  private void ring(boolean quorate, Node... together) {
    lastRing += 4;
    NodeSet view = NodeSet.EMPTY;
    for (Node node : together) {
      view = view.with(node.id);
    }
    long former = 0;
    for (Node node : together) {
      former = Math.max(former, node.known);
    }
    for (Node node : together) {
      node.desk.transitional();
      node.desk.regular();
      node.delivered = 1;
      node.everywhere = 1;
      node.desk.standing(quorate, view, lastRing, former);
      node.known = quorate ? lastRing : node.known;
      if (quorate && node.keeps) {
        node.kept = lastRing;
      }
    }
    pass(together);
  }

  /** What was sent is delivered to these, and known to be everywhere. */
  private void pass(Node... together) {
    for (int round = 0; round < 6; round++) {
      for (Node node : together) {
        node.desk.turn(nanos);
      }
      for (Node node : together) {
        deliver(node, List.of(together));
      }
      for (Node node : together) {
        node.everywhere = node.delivered;
      }
    }
    for (Node node : together) {
      node.desk.turn(nanos);
    }
  }

  private static void deliver(Node from, List<Node> to) {
    List<byte[]> batch = List.copyOf(from.sent);
    from.sent.clear();
    for (byte[] bytes : batch) {
      for (Node node : to) {
        node.delivered++;
        assertThat(ForumDesk.isForum(bytes, 0, bytes.length)).isTrue();
        node.desk.delivered(from.id, bytes, 0, bytes.length);
      }
    }
  }

  private void join(Node node, long session) {
    assertThat(node.desk.join(session, 1, "choir")).isEmpty();
  }

  private void allJoin() {
    ring(true, one, two, three);
    join(one, 1);
    pass(one, two, three);
    join(two, 1);
    pass(one, two, three);
    join(three, 1);
    pass(one, two, three);
    nodes.forEach(each -> each.heard.clear());
  }

  @Test
  void allHearTheSame() {
    ring(true, one, two, three);
    join(one, 1);
    join(two, 1);
    pass(one, two, three);
    one.say(1, 1, "a");
    two.say(1, 1, "b");
    one.say(1, 1, "c");
    pass(one, two, three);
    assertThat(one.heard)
        .containsExactly(
            "1.1 [n1] [n1 JOINED]", "1.1 [n1, n2] [n2 JOINED]", "1.1 a", "1.1 c", "1.1 b");
    assertThat(two.heard).containsExactly("1.1 [n1, n2] [n2 JOINED]", "1.1 a", "1.1 c", "1.1 b");
    assertThat(three.heard).isEmpty();
  }

  @Test
  void whoLeavesIsHeardOutAndToldLast() {
    allJoin();
    one.say(1, 1, "last word");
    assertThat(one.desk.leave(1, 1)).isTrue();
    assertThat(one.desk.leave(1, 1)).isFalse();
    two.desk.closed(1);
    pass(one, two, three);
    assertThat(one.heard).containsExactly("1.1 last word", "1.1 out: it has left");
    assertThat(two.heard).isEmpty();
    assertThat(three.heard)
        .containsExactly("1.1 last word", "1.1 [n2, n3] [n1 LEFT]", "1.1 [n3] [n2 GONE]");
  }

  @Test
  void nothingIsToldThatNotEverybodyHas() {
    allJoin();
    one.say(1, 1, "a");
    one.desk.turn(nanos);
    one.everywhere = one.delivered;
    deliver(one, nodes);
    one.desk.turn(nanos);
    assertThat(one.heard).isEmpty();
    one.everywhere = one.delivered;
    one.desk.turn(nanos);
    assertThat(one.heard).containsExactly("1.1 a");
  }

  @Test
  void whatOnlyTheLostNodeHasIsSaidByNobodyAndItIsOut() {
    allJoin();
    one.say(1, 1, "lost");
    two.say(1, 1, "kept");
    one.desk.turn(nanos);
    deliver(one, List.of(one)); // The network is gone: only it has its own message.
    ring(false, one);
    ring(true, two, three);
    assertThat(one.heard).isEmpty();
    assertThat(two.heard).containsExactly("1.1 [n2, n3] [n1 NODE_LOST]", "1.1 kept");
    assertThat(three.heard).isEqualTo(two.heard);
    ring(true, one, two, three);
    assertThat(one.heard).hasSize(1).first().asString().startsWith("1.1 out: this node was not");
    join(one, 1);
    pass(one, two, three);
    assertThat(one.heard.getLast()).isEqualTo("1.1 [n2, n3, n1] [n1 JOINED]");
  }

  @Test
  void aMessageWhoseEpochIsOverIsSaidAgainOnce() {
    allJoin();
    one.say(1, 1, "a");
    one.desk.turn(nanos);
    List<byte[]> old = List.copyOf(one.sent);
    one.sent.clear();
    ring(true, one, two);
    for (byte[] bytes : old) {
      one.desk.delivered(1, bytes, 0, bytes.length);
      two.desk.delivered(1, bytes, 0, bytes.length);
    }
    pass(one, two);
    assertThat(two.heard).containsExactly("1.1 [n1, n2] [n3 NODE_LOST]", "1.1 a");
    assertThat(one.heard).isEqualTo(two.heard);
  }

  @Test
  void aShortBreakWithoutNewsCostsNobodyItsPlace() {
    allJoin();
    ring(false, one);
    ring(false, two);
    ring(true, one, two, three);
    one.say(1, 1, "a");
    pass(one, two, three);
    nodes.forEach(each -> assertThat(each.heard).containsExactly("1.1 a"));
  }

  @Test
  void withoutQuorumNothingIsToldButThat() {
    allJoin();
    ring(false, one);
    one.say(1, 1, "a");
    nanos += SECOND;
    pass(one);
    assertThat(one.heard).containsExactly("1.1 paused: this node is in no view with quorum");
    ring(true, one, two, three);
    assertThat(one.heard).hasSize(3).endsWith("1.1 resumed", "1.1 a");
  }

  /** The simulator's seeds 524 and 811. */
  @Test
  void whoMissedWhatANodeHasForgottenIsOut() {
    allJoin();
    ring(false, one);
    ring(true, two, three);
    two.say(1, 1, "unknown to one");
    pass(two, three);
    assertThat(three.heard).contains("1.1 unknown to one");
    two.beginAnew();
    ring(true, one, two);
    assertThat(one.heard).hasSize(1).first().asString().startsWith("1.1 out: this node was not");
    join(one, 1);
    join(two, 2);
    pass(one, two);
    assertThat(two.heard.getLast()).isEqualTo("2.1 [n1, n2] [n2 JOINED]");
  }

  @Test
  void whoKnowsALaterEpochThanWhatIsForgottenGoesOn() {
    allJoin();
    ring(true, one, two);
    three.beginAnew();
    ring(true, one, two, three);
    one.say(1, 1, "a");
    pass(one, two, three);
    assertThat(two.heard).containsExactly("1.1 [n1, n2] [n3 NODE_LOST]", "1.1 a");
  }

  @Test
  void nothingGoesOnBeforeTheDiskTellsOfIt() {
    allJoin();
    three.keeps = false;
    ring(true, one, two, three);
    one.say(1, 1, "a");
    pass(one, two, three);
    assertThat(two.heard).isEmpty();
    nanos += SECOND;
    pass(one, two, three);
    assertThat(two.heard)
        .containsExactly("1.1 paused: not all nodes of this view have said what they know");
    assertThat(three.heard).hasSize(1).first().asString().contains("on its disk");
    three.kept = lastRing;
    pass(one, two, three);
    assertThat(two.heard.getLast()).isEqualTo("1.1 a");
  }

  /** The simulator's seed 913543 (without person): who knew was lost before it could say so. */
  @Test
  void whatWasHeardWithoutANodeIsNotForgottenWhenNobodyIsLeftWhoKnows() {
    allJoin();
    ring(true, one);
    one.say(1, 1, "a");
    pass(one);
    assertThat(one.heard).contains("1.1 a");
    two.keeps = false;
    ring(true, one, two);
    assertThat(two.heard).isEmpty();
    two.keeps = true;
    ring(true, two);
    assertThat(two.heard).hasSize(1).first().asString().startsWith("1.1 out: this node was not");
  }

  @Test
  void aViewInWhichNothingBeganIsNotMissed() {
    allJoin();
    two.keeps = false;
    ring(true, one, two);
    two.keeps = true;
    ring(true, one, two, three);
    three.say(1, 1, "a");
    pass(one, two, three);
    assertThat(one.heard).containsExactly("1.1 a");
    assertThat(three.heard).containsExactly("1.1 a");
  }

  /** The simulator's seed 499: its leaving was in no order that the others know. */
  @Test
  void whoLeftInAnOrderThatNobodyElseKnowsIsToldThatItIsOver() {
    allJoin();
    one.desk.leave(1, 1);
    one.desk.turn(nanos);
    deliver(one, List.of(one));
    ring(true, two, three);
    two.say(1, 1, "b");
    pass(two, three);
    ring(true, one, two, three);
    assertThat(one.heard).hasSize(1).first().asString().startsWith("1.1 out: this node was not");
  }

  @Test
  void whoAsksForTooMuchIsRefused() {
    ring(true, one);
    assertThat(one.desk.join(1, 1, "a b")).contains("letters");
    join(one, 1);
    assertThat(one.desk.join(1, 1, "other")).contains("another membership");
    byte[] large = new byte[ForumDesk.MESSAGE_MOST + 1];
    assertThat(one.desk.say(1, 1, large, 0, large.length)).contains("65536");
    assertThat(one.desk.say(1, 2, large, 0, 1)).contains("no group");
    one.room = false;
    String refused = "";
    int tries = 0;
    for (; refused.isEmpty(); tries++) {
      refused = one.desk.say(1, 1, large, 0, ForumDesk.MESSAGE_MOST);
    }
    assertThat(tries).isEqualTo(4);
    assertThat(refused).contains("wait for their place");
    for (int handle = 2; handle <= ForumDesk.MEMBERSHIPS_MOST; handle++) {
      assertThat(one.desk.join(1, handle, "choir")).isEmpty();
    }
    assertThat(one.desk.join(1, 999, "choir")).contains("256 groups");
  }

  @Test
  void aFullGroupTakesNobodyAnyMore() {
    ring(true, one, two);
    for (int handle = 1; handle <= Forum.MEMBERS_MOST; handle++) {
      one.desk.join(1, handle, "choir");
    }
    pass(one, two);
    join(two, 1);
    pass(one, two);
    assertThat(two.heard).containsExactly("1.1 refused: the group has 256 members");
  }

  @Test
  void nonsenseFromTheRingIsNothing() {
    ring(true, one);
    for (int kind = 0; kind < 256; kind++) {
      for (int length : new int[] {2, 17, 18, 19, 42, 60}) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) 0xF1;
        bytes[1] = (byte) kind;
        bytes[length - 1] = -1;
        one.desk.delivered(1, bytes, 0, length);
      }
    }
    join(one, 1);
    pass(one);
    assertThat(one.heard).containsExactly("1.1 [n1] [n1 JOINED]");
  }

  @Test
  void theReportShowsWhoIsInWhichGroup() {
    ring(true, one, two, three);
    assertThat(one.desk.report()).isEmpty();
    two.desk.join(7, 1, "crew");
    pass(one, two, three);
    one.desk.join(8, 1, "crew");
    three.desk.join(9, 1, "deck");
    pass(one, two, three);
    for (Node node : nodes) {
      assertThat(node.desk.report())
          .extracting(
              GroupLine::name,
              GroupLine::state,
              group -> group.members().stream().map(MemberLine::node).toList())
          .containsExactly(
              tuple("crew", "open", List.of("n2", "n1")), tuple("deck", "open", List.of("n3")));
    }
    ring(false, one);
    assertThat(one.desk.report()).extracting(GroupLine::state).containsOnly("paused");
  }
}
