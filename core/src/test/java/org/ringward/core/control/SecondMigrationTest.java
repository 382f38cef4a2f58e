package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;

/**
 * A node is still sending a guest to one node when another coordinator wants it on a third: that it
 * may arrive at the first must not be forgotten (seed 1031317).
 */
class SecondMigrationTest {
  private static final String CONFIGURATION =
      """
      resources:
        - primitive: power
          agent: stonith:fence_test
          parameters: {pcmk_host_list: "n1 n2 n3", pcmk_host_argument: port, pcmk_host_check: static-list}
        - primitive: vm
          agent: ocf:heartbeat:VirtualDomain
          meta: {allow-migrate: true}
          operations: [{monitor: 10s}]
      constraints:
        - location: {resource: vm, node: n3, score: 100}
      """;

  private final Bus bus = new Bus();
  private final List<String> calls = new ArrayList<>();

  /** Every migrate_to hangs; what the programs are asked for is noted. */
  private @Nullable ProcessResult run(Execution execution) {
    String action = execution.command().getLast();
    Map<String, String> environment = execution.environment();
    if (!environment.containsKey("OCF_RESKEY_CRM_meta_on_node")) {
      return Bus.obedient(execution);
    }
    String target = environment.getOrDefault("OCF_RESKEY_CRM_meta_migrate_target", "");
    calls.add(
        (environment.get("OCF_RESKEY_CRM_meta_on_node") + " " + action + " " + target).strip());
    return action.equals("migrate_to") ? null : Bus.obedient(execution);
  }

  @BeforeEach
  void theGuestIsOnItsWayAndTheCoordinatorBeginsAnew() {
    bus.programs = this::run;
    bus.boot(1);
    bus.boot(2);
    bus.boot(3);
    bus.view(1, 2, 3);
    bus.order(Verb.APPLY, Map.of("format", "yaml"), CONFIGURATION);
    bus.order(Verb.MOVE, Map.of("resource", "vm", "node", "n1"), null);
    assertThat(calls).contains("n3 migrate_to n1");
    bus.order(Verb.MOVE, Map.of("resource", "vm", "node", "n2"), null);
    bus.boot(1);
    bus.view(2, 3);
    bus.view(1, 2, 3);
  }

  private OperationRecord sending() {
    NodeState source = Objects.requireNonNull(bus.control(3).state().node("n3"));
    ResourceHistory history = Objects.requireNonNull(source.history("vm"));
    return Objects.requireNonNull(history.operation("vm_migrate_to_0"));
  }

  @Test
  void theSecondOrderWaitsForTheEndOfTheFirst() {
    assertThat(sending().isPending()).isTrue();
    assertThat(sending().attributes().get("migrate_target")).isEqualTo("n1");
    calls.clear();

    bus.endHung(new ProcessResult(1, "", "the other side refuses", null));

    assertThat(calls).containsSubsequence("n1 monitor", "n2 start");
  }

  @Test
  void whereItMayHaveArrivedIsLookedAtWhenTheSourceIsLost() {
    calls.clear();

    bus.view(1, 2);

    assertThat(calls).containsSubsequence("n1 monitor", "n2 start");
  }
}
