package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;

/**
 * A guest is not sent to a node before that node is known to have the order: it could be cut off,
 * let go of everything for the others, and not know what has come (seed 1193678).
 */
class UnheardMigrationTest {
  private static final String CONFIGURATION =
      """
      properties: {fencing-enabled: false}
      resources:
        - primitive: vm
          agent: ocf:heartbeat:VirtualDomain
          meta: {allow-migrate: true}
      constraints:
        - location: {resource: vm, node: n3, score: 100}
      """;

  private final Bus bus = new Bus();
  private final List<String> calls = new ArrayList<>();

  private ProcessResult run(Execution execution) {
    String action = execution.command().getLast();
    String node = execution.environment().get("OCF_RESKEY_CRM_meta_on_node");
    if (node != null && !action.equals("monitor")) {
      calls.add(node + " " + action);
    }
    return Bus.obedient(execution);
  }

  @BeforeEach
  void theGuestIsToMove() {
    bus.programs = this::run;
    bus.boot(1);
    bus.boot(2);
    bus.boot(3);
    bus.view(1, 2, 3);
    bus.order(Verb.APPLY, Map.of("format", "yaml"), CONFIGURATION);
    calls.clear();
    bus.everywhere = false;
    bus.order(Verb.MOVE, Map.of("resource", "vm", "node", "n1"), null);
  }

  private void allHaveIt() {
    bus.everywhere = true;
    bus.settle();
  }

  @Test
  void itIsSentWhenAllHaveTheOrder() {
    assertThat(calls).isEmpty();
    allHaveIt();
    assertThat(calls).containsExactly("n3 migrate_to", "n1 migrate_from", "n3 stop");
  }

  @Test
  void itStaysWhereItIsWhenTheTargetIsLostBefore() {
    bus.view(2, 3);
    allHaveIt();
    assertThat(calls).isEmpty();
  }

  @Test
  void itIsSentByTheNextViewWhenTheMembershipChangesBefore() {
    bus.view(2, 3);
    bus.view(1, 2, 3);
    assertThat(calls).isEmpty();
    allHaveIt();
    assertThat(calls).containsExactly("n3 migrate_to", "n1 migrate_from", "n3 stop");
  }
}
