package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.ringward.core.port.RecordingProcesses.exit;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.fence.FenceEnvironment;
import org.ringward.core.port.RecordingProcesses;

/** Several orders for one target. */
class LocalFencingTest {
  private static final Moment NOW = new Moment(1, 1000);
  private static final Configuration CONFIGURATION =
      CibXml.read(
              "test",
              """
              <cib><configuration><crm_config>
              <cluster_property_set id="o"><nvpair id="c" name="fencing-status-check" value="false"/>
              </cluster_property_set></crm_config><nodes/>
              <resources><primitive id="rack" class="stonith" type="fence_x">
              <instance_attributes id="i"><nvpair id="h" name="pcmk_host_list" value="n3"/>
              </instance_attributes></primitive></resources>
              <constraints/></configuration><status/></cib>
              """)
          .configuration();

  private final RecordingProcesses processes = new RecordingProcesses();
  private final List<ClusterMessage.FenceResult> results = new ArrayList<>();
  private final List<ClusterMessage.FenceOrder> again = new ArrayList<>();
  private final LocalFencing fencing =
      new LocalFencing(
          "n1",
          new FenceEnvironment(List.of("/agents"), "/usr/bin"),
          processes,
          processes::nextId,
          bound -> 0,
          results::add,
          again::add);

  private void order(long id, String life, String action) {
    fencing.ordered(
        new ClusterMessage.FenceOrder(id, "n3", life, action, "n1", true, "it is lost", 0),
        CONFIGURATION,
        NOW);
  }

  private void end(int exitCode) {
    fencing.processEnded(processes.last().id(), exit(exitCode), NOW);
  }

  private List<String> actions() {
    return processes.started().stream().map(each -> each.lines().getFirst()).toList();
  }

  @Test
  void theSameOrderJoins() {
    order(1, "2", "off");
    order(2, "2", "off");
    end(1);
    end(0);
    assertThat(results).extracting(ClusterMessage.FenceResult::id).containsExactly(2L);
    assertThat(again).isEmpty();
    assertThat(actions()).containsExactly("action=metadata", "action=off");
  }

  /** The simulator's seed 919123, without access: vip ran on two nodes. */
  @Test
  void whatEndsOneLifeProvesNothingOfTheNext() {
    order(1, "2", "off");
    order(2, "3", "off");
    end(1);
    end(0);
    assertThat(results)
        .extracting(ClusterMessage.FenceResult::id, ClusterMessage.FenceResult::incarnation)
        .containsExactly(tuple(1L, "2"));
    assertThat(again).extracting(ClusterMessage.FenceOrder::id).containsExactly(2L);
    order(2, "3", "off");
    end(1);
    end(0);
    assertThat(results.getLast().incarnation()).isEqualTo("3");
    assertThat(actions())
        .containsExactly("action=metadata", "action=off", "action=metadata", "action=off");
  }

  @Test
  void offIsNotAnsweredByAReboot() {
    order(1, "2", "reboot");
    order(2, "2", "off");
    end(1);
    end(0);
    assertThat(results).extracting(ClusterMessage.FenceResult::id).containsExactly(1L);
    assertThat(again).extracting(ClusterMessage.FenceOrder::action).containsExactly("off");
  }

  @Test
  void lettingInIsRefusedMeanwhile() {
    order(1, "2", "off");
    order(2, "2", "on");
    assertThat(results.getFirst().succeeded()).isFalse();
    assertThat(results.getFirst().detail()).contains("off of it is running just now");
  }
}
