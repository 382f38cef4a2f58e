package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.group.LocalProcess.Answer;
import org.ringward.core.group.LocalProcess.State;

/** Several processes of several nodes in several groups. */
final class LocalProcessTest {
  private static final int SMALL = 100;

  /** A process that writes down what it hears. */
  private static final class Recorder implements GroupListener {
    final List<String> heard = new ArrayList<>();
    final LocalProcess process;
    int rooms;

    Recorder(RingWorld world, int node, int pid) {
      process = world.running.get(node).groups.groups().process(pid, this);
    }

    @Override
    public void membershipChanged(GroupChange change) {
      heard.add(
          change.reason()
              + " +"
              + texts(change.joined())
              + " -"
              + texts(change.left())
              + " ="
              + texts(change.members()));
    }

    private static List<String> texts(List<GroupMember> members) {
      return members.stream().map(member -> member.node() + ":" + member.pid()).toList();
    }

    @Override
    public void delivered(int node, int pid, byte[] bytes, int offset, int length) {
      String text = new String(bytes, offset, Math.min(length, 20), StandardCharsets.US_ASCII);
      heard.add(node + ":" + pid + " " + text + " " + length);
    }

    @Override
    public void roomAgain() {
      rooms++;
    }

    boolean say(String text, int size) {
      byte[] bytes = new byte[size + 3];
      java.util.Arrays.fill(bytes, (byte) '.');
      byte[] begin = text.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(begin, 0, bytes, 3, begin.length);
      return process.multicast(bytes, 3, size);
    }
  }

  private final RingWorld world = new RingWorld(7, 3);

  private void form() {
    world.startAll();
    assertThat(world.settle(3_000)).isNotNegative();
  }

  @Test
  void processesOfOneNodeJoinSendLeaveAndEnd() {
    form();
    Recorder a = new Recorder(world, 1, 10);
    Recorder b = new Recorder(world, 1, 11);
    Recorder c = new Recorder(world, 2, 10);
    assertThat(a.process.join("x")).isEqualTo(Answer.ACCEPTED);
    assertThat(a.process.leave()).isEqualTo(Answer.BUSY);
    world.run(SMALL);
    assertThat(b.process.join("x")).isEqualTo(Answer.ACCEPTED);
    world.run(SMALL);
    assertThat(c.process.join("x")).isEqualTo(Answer.ACCEPTED);
    world.run(SMALL);
    assertThat(new Recorder(world, 1, 10).process.join("x")).isEqualTo(Answer.EXISTS);
    assertThat(new Recorder(world, 1, 10).process.join("y")).isEqualTo(Answer.ACCEPTED);
    assertThat(a.say("hello", 5)).isTrue();
    world.run(SMALL);
    assertThat(c.process.leave()).isEqualTo(Answer.ACCEPTED);
    b.process.gone();
    assertThat(new Recorder(world, 1, 11).process.join("x")).isEqualTo(Answer.TRY_AGAIN);
    world.run(SMALL);
    assertThat(a.heard.subList(0, 4))
        .containsExactly(
            "JOIN +[1:10] -[] =[1:10]",
            "JOIN +[1:11] -[] =[1:10, 1:11]",
            "JOIN +[2:10] -[] =[1:10, 1:11, 2:10]",
            "1:10 hello 5");
    assertThat(a.heard.subList(4, 6))
        .anyMatch(each -> each.startsWith("LEAVE +[] -[2:10]"))
        .anyMatch(each -> each.startsWith("PROCESS_DOWN +[] -[1:11]"));
    assertThat(b.heard).last().isEqualTo("1:10 hello 5");
    assertThat(c.heard).anyMatch(each -> each.startsWith("LEAVE +[] -[2:10]"));
    assertThat(c.process.state()).isEqualTo(State.UNJOINED);
    assertThat(c.process.leave()).isEqualTo(Answer.NOT_JOINED);
    ClosedProcessGroups groups = world.running.get(3).groups.groups();
    assertThat(groups.names()).containsExactly(RingWorld.GROUP, "x", "y");
    assertThat(groups.members("x")).containsExactly(new GroupMember(1, 10));
  }

  @Test
  void nodesThatGoAndComeAreToldWithTheirReasons() {
    form();
    Recorder a = new Recorder(world, 1, 5);
    Recorder b = new Recorder(world, 2, 6);
    a.process.join("x");
    world.run(SMALL);
    b.process.join("x");
    world.run(SMALL);
    world.cutBetween(org.ringward.core.base.NodeSet.of(2), org.ringward.core.base.NodeSet.of(1, 3));
    world.run(4_000);
    world.heal();
    world.run(4_000);
    world.crash(2);
    world.run(4_000);
    assertThat(a.heard)
        .containsExactly(
            "JOIN +[1:5] -[] =[1:5]",
            "JOIN +[2:6] -[] =[1:5, 2:6]",
            "NODE_DOWN +[] -[2:6] =[1:5]",
            "NODE_UP +[2:6] -[] =[1:5, 2:6]",
            "NODE_DOWN +[] -[2:6] =[1:5]");
  }

  @Test
  void largeMessagesOfSeveralProcessesOfANodeArriveWhole() {
    form();
    Recorder a = new Recorder(world, 1, 5);
    Recorder b = new Recorder(world, 1, 6);
    Recorder far = new Recorder(world, 3, 5);
    for (Recorder each : List.of(a, b, far)) {
      each.process.join("x");
      world.run(SMALL);
    }
    assertThat(a.say("large a", 1_500_000)).isTrue();
    assertThat(b.say("large b", 2_500_000)).isTrue();
    world.run(20_000);
    assertThat(far.heard)
        .containsSubsequence(
            "1:5 large a............. 1500000", "1:6 large b............. 2500000");
  }

  @Test
  void whoIsRefusedHearsWhenThereIsRoomAgain() {
    form();
    Recorder a = new Recorder(world, 1, 5);
    a.process.join("x");
    world.run(SMALL);
    int accepted = 0;
    while (a.say("m", 100_000)) {
      accepted++;
    }
    assertThat(accepted).isGreaterThan(10);
    assertThat(a.rooms).isZero();
    world.run(20_000);
    assertThat(a.rooms).isEqualTo(1);
    assertThat(a.heard).hasSize(1 + accepted);
  }

  @Test
  void aNodeThatComesWithAnOlderConfigurationIsTold() {
    List<String> told = new ArrayList<>();
    form(); // without versions: nobody complains
    for (int node : new int[] {2, 3}) {
      world.running.get(node).groups.announce(versioned(node, 5));
    }
    world.crash(1);
    world.settle(3_000);
    RingWorld.Life again = world.start(1);
    again.groups.announce(versioned(1, 4));
    again.groups.listen(
        new CfgListener() {
          @Override
          public void configurationOutdated(int node, long ownVersion, long itsVersion) {
            told.add(node + ": " + ownVersion + " < " + itsVersion);
          }
        });
    world.settle(3_000);
    assertThat(told).containsExactly("2: 4 < 5", "3: 4 < 5");
    assertThat(again.groups.configurationVersions()).containsEntry(2, 5L).containsEntry(1, 4L);
  }

  private NodeSettings versioned(int node, long version) {
    return ClusterSettings.of(node, world.nodes, world.settings).toBuilder()
        .configVersion(version)
        .build();
  }

  @Test
  void aKillOrderReachesItsNodeAlone() {
    form();
    List<String> killed = new ArrayList<>();
    List<String> ended = new ArrayList<>();
    world.running.forEach((node, life) ->
        life.groups.listen(
            new CfgListener() {
              @Override
              public void killOrdered(int author, String reason) {
                killed.add(node + " by " + author + ": " + reason);
              }

              @Override
              public void shutdownOrdered() {
                ended.add("" + node);
              }
            }));
    world.running.get(1).groups.orderKill(3, "test");
    world.running.get(2).groups.orderShutdown();
    world.run(SMALL);
    assertThat(killed).containsExactly("3 by 1: test");
    assertThat(ended).containsExactly("2");
  }
}
