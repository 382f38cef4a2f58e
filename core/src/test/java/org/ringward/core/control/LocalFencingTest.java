package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringward.core.port.RecordingProcesses.exit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.fence.FenceEnvironment;
import org.ringward.core.port.RecordingProcesses;

/** n1 fences n2, which begins another life meanwhile. */
class LocalFencingTest {
  private static final Configuration CONFIGURATION =
      CibXml.read(
              "test",
              """
              <cib><configuration><crm_config/><nodes/><resources>
              <primitive id="rack" class="stonith" type="fence_sim"><instance_attributes id="i">
              <nvpair id="h" name="pcmk_host_list" value="n2"/>
              <nvpair id="r" name="pcmk_reboot_retries" value="1"/></instance_attributes>
              </primitive><primitive id="other" class="stonith" type="fence_sim">
              <instance_attributes id="j"><nvpair id="g" name="pcmk_host_list" value="n2"/>
              <nvpair id="s" name="pcmk_reboot_retries" value="1"/></instance_attributes>
              </primitive></resources><constraints/><fencing-topology>
              <fencing-level id="l1" target="n2" index="1" devices="rack"/>
              <fencing-level id="l2" target="n2" index="2" devices="other"/></fencing-topology>
              </configuration><status/></cib>
              """)
          .configuration();
  private static final String METADATA =
      "<resource-agent name=\"fence_sim\"><parameters><parameter name=\"port\"/></parameters>"
          + "<actions><action name=\"off\"/><action name=\"on\"/><action name=\"reboot\"/>"
          + "</actions></resource-agent>";

  private long now;
  private final RecordingProcesses processes = new RecordingProcesses();
  private final List<ClusterMessage.FenceResult> results = new ArrayList<>();
  private final Map<String, String> lives = new TreeMap<>(Map.of("n2", "1"));
  private final LocalFencing fencing =
      new LocalFencing(
          "n1",
          new FenceEnvironment(List.of("/agents"), "/usr/bin"),
          processes,
          processes::nextId,
          bound -> bound - 1,
          results::add,
          this::ordered,
          target -> lives.getOrDefault(target, ""));

  LocalFencingTest() {
    fencing.prepare(CONFIGURATION, moment(0));
    end(0, METADATA, 0);
  }

  private static Moment moment(long seconds) {
    return new Moment(seconds * 1_000_000_000L, seconds * 1000);
  }

  private void end(int exitCode, String output, long seconds) {
    now = seconds;
    fencing.processEnded(processes.last().id(), exit(exitCode, output, ""), moment(seconds));
  }

  private void order(long id, String life, boolean unlessProven, long seconds) {
    order(id, life, "reboot", unlessProven, seconds);
  }

  private void order(long id, String life, String action, boolean unlessProven, long seconds) {
    now = seconds;
    ordered(new ClusterMessage.FenceOrder(id, "n2", life, action, "n1", unlessProven, "lost", 0));
  }

  private void ordered(ClusterMessage.FenceOrder order) {
    fencing.ordered(order, CONFIGURATION, moment(now));
  }

  /** Seeds 910108 (without surrender) and 925984 (without leave): it was shot again and again. */
  @Test
  void theLaterLifeIsNotShotForTheEarlierOne() {
    order(7, "1", true, 1);
    int before = processes.count();
    lives.put("n2", "2");
    end(1, "", 2);
    assertThat(processes.count()).isEqualTo(before);
    assertThat(results).hasSize(1);
    assertThat(results.getFirst().succeeded()).isFalse();
    assertThat(results.getFirst().detail()).contains("a later life of it has joined the cluster");
  }

  @Test
  void theLaterLifeIsNotShotByAnOrderThatHadToWait() {
    order(7, "1", true, 1);
    lives.put("n2", "2");
    order(8, "2", true, 1);
    lives.put("n2", "3");
    int before = processes.count();
    end(0, "", 2);
    assertThat(processes.count()).isEqualTo(before);
    assertThat(results.getLast().id()).isEqualTo(8);
    assertThat(results.getLast().succeeded()).isFalse();
  }

  @Test
  void whatAnOperatorOrderedGoesOn() {
    order(7, "1", false, 1);
    lives.put("n2", "2");
    end(1, "", 2);
    assertThat(results).isEmpty();
    fencing.expire(moment(3));
    end(0, "", 4);
    assertThat(results.getFirst().succeeded()).isTrue();
  }

  /** Seed 919123, without access, had vip on two nodes. */
  @Test
  void theShotAtOneLifeProvesNothingOfALaterOne() {
    order(7, "1", true, 1);
    order(8, "1", true, 2);
    lives.put("n2", "2");
    order(9, "2", true, 3);
    order(10, "2", true, 3);
    assertThat(results).extracting(ClusterMessage.FenceResult::id).containsExactly(9L);
    assertThat(results.getFirst().succeeded()).isFalse();
    end(0, "", 4);
    assertThat(results).hasSize(2);
    assertThat(results.getLast().id()).isEqualTo(8);
    assertThat(results.getLast().incarnation()).isEqualTo("1");
    end(0, "", 5);
    assertThat(results).hasSize(3);
    assertThat(results.getLast().id()).isEqualTo(10);
    assertThat(results.getLast().incarnation()).isEqualTo("2");
    assertThat(results.getLast().succeeded()).isTrue();
  }

  @Test
  void offIsNotAnsweredByAReboot() {
    order(7, "1", "reboot", true, 1);
    order(8, "1", "off", true, 1);
    end(0, "", 2);
    assertThat(results).extracting(ClusterMessage.FenceResult::id).containsExactly(7L);
    assertThat(processes.last().lines()).contains("action=off");
  }

  @Test
  void lettingInIsRefusedMeanwhile() {
    order(7, "1", "off", true, 1);
    order(8, "1", "on", true, 1);
    assertThat(results.getFirst().succeeded()).isFalse();
    assertThat(results.getFirst().detail()).contains("off of it is running just now");
  }
}
