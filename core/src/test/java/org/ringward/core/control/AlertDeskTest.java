package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.Decision;
import org.ringward.core.base.ExitCode;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.port.Execution;
import org.ringward.core.port.Journal;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/** Which programs are told of what, with Pacemaker's variables. */
class AlertDeskTest {
  private static final String CONFIGURATION =
      """
      resources:
        - primitive: power
          agent: stonith:fence_test
          parameters: {pcmk_host_list: "n1 n2 n3", pcmk_host_argument: port, pcmk_host_check: static-list}
        - primitive: web
          agent: ocf:heartbeat:Dummy
          operations:
            - {monitor: 10s}
      constraints:
        - location: {id: l, resource: web, node: n2, score: 50}
      xml: |
        <alerts>
          <alert id="all" path="/usr/local/bin/tell">
            <meta_attributes id="m"><nvpair id="m1" name="timeout" value="2s"/>
              <nvpair id="m2" name="timestamp-format" value="%F %T.%3N"/></meta_attributes>
            <instance_attributes id="i"><nvpair id="i1" name="level" value="low"/></instance_attributes>
            <recipient id="r1" value="ada"/>
            <recipient id="r2" value="grace">
              <instance_attributes id="i2"><nvpair id="i3" name="level" value="high"/></instance_attributes>
            </recipient>
          </alert>
          <alert id="nodes" path="/usr/local/bin/nodes"><select><select_nodes/></select></alert>
          <alert id="off" path="/x"><meta_attributes id="m3"><nvpair id="m4" name="enabled" value="false"/></meta_attributes></alert>
        </alerts>
      """;

  private final Bus bus = new Bus();
  private final Station one = new Station();
  private final Station two = new Station();

  /** What one node's desk has started and killed. */
  private static final class Station implements Processes, Journal {
    final Map<Long, Execution> started = new LinkedHashMap<>();
    final List<Long> killed = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    long ids = 10_000;

    @Override
    public void start(long processId, Execution execution) {
      started.put(processId, execution);
    }

    @Override
    public void kill(long processId) {
      killed.add(processId);
    }

    @Override
    public void decision(Decision decision) {}

    @Override
    public void log(Level level, String text) {
      log.add(text);
    }

    List<String> calls() {
      return started.values().stream()
          .map(each ->
              each.command().getFirst().replaceAll(".*/", "")
                  + " "
                  + each.environment().get("CRM_alert_recipient")
                  + " "
                  + each.environment().get("CRM_alert_kind")
                  + " "
                  + each.environment().get("CRM_alert_node")
                  + " "
                  + each.environment().getOrDefault("CRM_alert_task", "-"))
          .toList();
    }
  }

  private AlertDesk desk(int node, Station station) {
    return new AlertDesk(
        Bus.settings(node, 3, QuorumSettings.DEFAULT),
        bus.control(node),
        station,
        () -> ++station.ids,
        station);
  }

  private void begin() {
    bus.boot(1);
    bus.boot(2);
    bus.boot(3);
    bus.view(1, 2, 3);
  }

  private AdminReply apply(String document) {
    return Objects.requireNonNull(
        bus.ask(1, Verb.APPLY, Map.of("format", "yaml", "file", "alerts.yaml"), document));
  }

  private static void endAll(AlertDesk desk, Station station) {
    for (int round = 0; round < 20; round++) {
      List.copyOf(station.started.keySet())
          .forEach(id -> desk.processEnded(id, new ProcessResult(0, "", "", null)));
    }
  }

  @Test
  void eachNodeTellsOfNodesAndFencingAndOfItsOwnOperations() {
    begin();
    AlertDesk first = desk(1, one);
    AlertDesk second = desk(2, two);
    AdminReply applied = apply(CONFIGURATION);
    assertThat(applied.exitCode()).as(applied.message()).isZero();
    endAll(first, one);
    endAll(second, two);
    assertThat(two.calls()).contains("tell ada resource n2 start", "tell grace resource n2 start");
    assertThat(one.calls()).noneMatch(each -> each.contains("resource n2"));

    one.started.clear();
    two.started.clear();
    bus.view(1, 2);
    endAll(first, one);
    endAll(second, two);
    assertThat(one.calls())
        .contains("tell ada node n3 -", "nodes  node n3 -", "tell grace fencing n3 reboot")
        .noneMatch(each -> each.startsWith("nodes  fencing"));
    assertThat(two.calls()).contains("nodes  node n3 -");
  }

  @Test
  void theEnvironmentFollowsTheContract() {
    begin();
    AlertDesk second = desk(2, two);
    apply(CONFIGURATION);
    endAll(second, two);
    Map<String, String> start =
        two.started.values().stream()
            .filter(each -> each.environment().getOrDefault("CRM_alert_rsc", "").equals("web"))
            .filter(each -> each.environment().get("CRM_alert_recipient").equals("grace"))
            .findFirst()
            .orElseThrow()
            .environment();
    assertThat(start)
        .containsEntry("CRM_alert_kind", "resource")
        .containsEntry("CRM_alert_task", "start")
        .containsEntry("CRM_alert_rc", "0")
        .containsEntry("CRM_alert_target_rc", "0")
        .containsEntry("CRM_alert_interval", "0")
        .containsEntry("CRM_alert_status", "0")
        .containsEntry("CRM_alert_desc", "ok")
        .containsEntry("level", "high")
        .containsKeys(
            "CRM_alert_version", "CRM_alert_node_sequence", "CRM_alert_exec_time", "PATH");
    assertThat(start.get("CRM_alert_timestamp"))
        .matches("20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}");
    assertThat(Long.parseLong(start.get("CRM_alert_timestamp_epoch"))).isGreaterThan(1_600_000_000);
  }

  @Test
  void aProgramThatHangsIsKilledAndTheOthersWaitTheirTurn() {
    begin();
    AlertDesk second = desk(2, two);
    apply(CONFIGURATION);
    bus.view(1, 2);
    assertThat(two.started.size()).isLessThanOrEqualTo(8);
    second.turn(new Moment(bus.nanos(), 0));
    assertThat(second.nextDeadline()).isNotEqualTo(Long.MAX_VALUE);
    second.turn(new Moment(bus.nanos() + 40_000_000_000L, 0));
    assertThat(two.killed).isNotEmpty();
    long victim = two.killed.getFirst();
    second.processEnded(victim, new ProcessResult(137, "", "", null));
    assertThat(two.log).anyMatch(each -> each.contains("was killed"));
    assertThat(second.processEnded(4711, new ProcessResult(0, "", "", null))).isFalse();
  }

  @Test
  void whoWasAwayIsNotAlertedAgain() {
    begin();
    apply(CONFIGURATION);
    bus.view(1, 2);
    bus.boot(3);
    Station three = new Station();
    desk(3, three);
    bus.view(1, 2, 3);
    assertThat(bus.station(3).stories()).contains("n3 is lost");
    assertThat(three.started.values())
        .noneMatch(each -> "lost".equals(each.environment().get("CRM_alert_desc")));
  }

  @Test
  void mistakesAreRefused() {
    begin();
    AdminReply reply = apply(CONFIGURATION.replace("path=\"/x\"", "path=\"x\""));
    assertThat(reply.exitCode()).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(reply.message()).contains("absolute path");
    assertThat(apply(CONFIGURATION.replace("value=\"2s\"", "value=\"soon\"")).message())
        .contains("timeout is 'soon'");
  }

  @Test
  void timestampsAreThoseOfDate() {
    long at = 1_800_000_000_123L;
    assertThat(TimestampFormat.text("%H:%M:%S.%6N", at)).isEqualTo("08:00:00.123000");
    assertThat(TimestampFormat.text("%H:%M:%S.%06N", at)).isEqualTo("08:00:00.123000");
    assertThat(TimestampFormat.text("%Y-%m-%d %j %s %N %z %% %Q", at))
        .isEqualTo("2027-01-15 015 1800000000 123000000 +0000 % %Q");
    assertThat(TimestampFormat.text("100%", at)).isEqualTo("100%");
  }
}
