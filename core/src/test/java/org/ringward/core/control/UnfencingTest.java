package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.admin.FencingReport.EntryLine;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;

/** Nodes let themselves in to what a device such as fence_scsi guards, and are fenced by it. */
class UnfencingTest {
  private static final String METADATA =
      """
      <resource-agent name="fence_storage"><parameters><parameter name="key"/></parameters><actions>
      <action name="on" on_target="1" automatic="1"/><action name="off"/><action name="status"/>
      <action name="monitor"/></actions></resource-agent>
      """;

  private final Bus bus = new Bus();
  private final List<String> calls = new ArrayList<>();
  private boolean refuses;

  private ProcessResult run(Execution execution) {
    String input = execution.input();
    if (input == null) {
      return Bus.obedient(execution);
    }
    String action = value(input, "action");
    if (!action.equals("metadata") && !action.equals("monitor")) {
      calls.add(action + " " + value(input, "key"));
    }
    return switch (action) {
      case "metadata" -> new ProcessResult(0, METADATA, "", null);
      // Whom it is asked about has been cut off.
      case "status" -> new ProcessResult(2, "", "", null);
      case "on" -> new ProcessResult(refuses ? 1 : 0, "", "no such device", null);
      default -> new ProcessResult(0, "", "", null);
    };
  }

  private static String value(String input, String name) {
    return input
        .lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static String device(int node) {
    return """
      - primitive: disk-n%d
        agent: stonith:fence_storage
        parameters: {key: %d, pcmk_host_list: n%d}
        meta: {provides: unfencing}
        operations:
          - {monitor: 60s}
    """
        .formatted(node, node, node);
  }

  private void cluster() {
    bus.programs = this::run;
    bus.boot(1);
    bus.boot(2);
    bus.boot(3);
    bus.view(1, 2, 3);
    AdminReply reply =
        bus.ask(
            1,
            Verb.APPLY,
            Map.of("format", "yaml", "file", "disk.yaml"),
            "resources:\n" + device(1) + device(2) + device(3));
    assertThat(Objects.requireNonNull(reply).exitCode()).as(reply.message()).isZero();
  }

  private List<EntryLine> history() {
    AdminReply reply = Objects.requireNonNull(bus.ask(1, Verb.FENCING, Map.of(), ""));
    return ((FencingReport) reply.report()).history();
  }

  @Test
  void everyNodeLetsItselfIn() {
    cluster();
    assertThat(history())
        .hasSize(3)
        .allMatch(each -> each.action().equals("on") && each.state().equals("succeeded"))
        .allMatch(each -> each.by().equals(each.target()));
    assertThat(calls).containsExactlyInAnyOrder("on 1", "on 2", "on 3");
    // It was told to let itself in, not to stop.
    for (int node = 1; node <= 3; node++) {
      assertThat(bus.control(node).condemned()).isNull();
    }
  }

  @Test
  void whoIsLostIsCutOffByAnotherAndLetsItselfInAgain() {
    cluster();
    calls.clear();
    bus.view(1, 2);
    assertThat(calls).startsWith("off 3").doesNotContain("on 3");
    EntryLine cut = history().getFirst();
    assertThat(cut.target()).isEqualTo("n3");
    assertThat(cut.state()).isEqualTo("succeeded");
    assertThat(cut.by()).isNotEqualTo("n3");
    calls.clear();
    bus.boot(3);
    bus.view(1, 2, 3);
    assertThat(calls).containsExactly("on 3");
    assertThat(history().getFirst().by()).isEqualTo("n3");
  }

  @Test
  void whoCannotBeLetInIsFencedAllTheSameWhenItIsLost() {
    refuses = true;
    cluster();
    assertThat(calls).contains("on 3");
    calls.clear();
    bus.view(1, 2);
    assertThat(calls).contains("off 3");
    assertThat(history())
        .anyMatch(each -> each.target().equals("n3") && each.rung().equals("POWER"));
    assertThat(history())
        .noneMatch(each -> each.action().equals("on") && each.state().equals("succeeded"));
  }
}
