package org.ringward.core.policy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.policy.report.StatusModification.Kind;

final class StatusModificationsTest {
  private static final long NOW = 1_000_000;
  private final Cib cib =
      CibXml.read(
          "test",
          "<cib have-quorum='1'><configuration><nodes><node id='1' uname='n1'/><node id='2'"
              + " uname='n2'/></nodes><resources><clone id='c'><primitive id='r' class='ocf'"
              + " provider='a' type='b'/></clone></resources></configuration><status>"
              + "<node_state id='1' uname='n1' in_ccm='true' crmd='online' join='member'"
              + " expected='member'><lrm id='1'><lrm_resources><lrm_resource id='r' class='ocf'"
              + " provider='a' type='b'><lrm_rsc_op id='r_last_0' operation_key='r_start_0'"
              + " operation='start' call-id='4' rc-code='0' op-status='0' interval='0'/>"
              + "</lrm_resource></lrm_resources></lrm></node_state></status></cib>");

  private StatusModifications.Result apply(Kind kind, String subject) {
    return StatusModifications.apply(cib, List.of(new StatusModification(kind, subject)), NOW);
  }

  private static NodeState state(StatusModifications.Result result, String node) {
    NodeState state = result.cib().status().node(node);
    assertThat(state).isNotNull();
    return state == null ? NodeState.of("", "") : state;
  }

  @Test
  void nodesComeAndGo() {
    NodeState up = state(apply(Kind.NODE_UP, "n2"), "n2");
    assertThat(up.inCcm()).isTrue();
    assertThat(up.id()).isEqualTo("2");
    NodeState down = state(apply(Kind.NODE_DOWN, "n1"), "n1");
    assertThat(down.inCcm()).isFalse();
    assertThat(down.expected()).isEqualTo("down");
    assertThat(down.histories()).isEmpty();
    NodeState failed = state(apply(Kind.NODE_FAIL, "n1"), "n1");
    assertThat(failed.inCcm()).isFalse();
    assertThat(failed.expected()).isEqualTo("member");
    assertThat(failed.histories()).hasSize(1);
    assertThat(apply(Kind.NODE_FAIL, "n1").lines()).containsExactly("Failing node n1");
  }

  @Test
  void ticketsAreGrantedAndTaken() {
    Cib granted =
        StatusModifications.apply(
                cib,
                List.of(
                    new StatusModification(Kind.TICKET_STANDBY, "t"),
                    new StatusModification(Kind.TICKET_GRANT, "t")),
                NOW)
            .cib();
    assertThat(CibXml.write(granted))
        .contains(
            "<ticket_state id=\"t\" granted=\"true\" last-granted=\"1000000\" standby=\"true\"");
    assertThat(CibXml.write(apply(Kind.TICKET_REVOKE, "t").cib()))
        .contains("<ticket_state id=\"t\" granted=\"false\"");
  }

  @Test
  void quorumAndWatchdog() {
    assertThat(apply(Kind.QUORUM, "false").cib().haveQuorum()).isFalse();
    assertThat(apply(Kind.WATCHDOG, "1").cib().configuration().property("have-watchdog"))
        .isEqualTo("true");
  }

  @Test
  void aFailureIsRecordedAndCounted() {
    StatusModifications.Result result = apply(Kind.OPERATION, "r:0_monitor_10000@n1=7");
    NodeState state = state(result, "n1");
    assertThat(state.transientAttribute("fail-count-r#monitor_10000")).isEqualTo("1");
    assertThat(state.transientAttribute("last-failure-r#monitor_10000")).isEqualTo("1000000");
    assertThat(state.histories().getFirst().operations())
        .extracting(OperationRecord::id)
        .containsExactly("r_last_0", "r_last_failure_0");
    OperationRecord failure = state.histories().getFirst().operations().getLast();
    assertThat(failure.callId()).isEqualTo(5);
    assertThat(failure.transitionKey()).startsWith("5:-1:0:");
    assertThat(result.lines()).hasSize(3);
  }

  @Test
  void aProbeThatFindsNothingIsNoFailure() {
    StatusModifications.Result result = apply(Kind.OPERATION, "r_monitor_0@n2=7");
    NodeState state = state(result, "n2");
    assertThat(state.transientAttributes()).isEmpty();
    OperationRecord probe = state.histories().getFirst().operations().getFirst();
    assertThat(probe.attributes().get("transition-magic", "")).startsWith("0:7;1:-1:7:");
    assertThat(state.histories().getFirst().attributes().get("type")).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r",
        "r_monitor_0",
        "r_monitor_0@n1",
        "r_monitor_0@n1=",
        "r_monitor@n1=0",
        "r_monitor_x@n1=0",
        "x_monitor_0@n1=0",
        "r_monitor_0@n9=0"
      })
  void whatDoesNotExistIsRefused(String text) {
    assertThatThrownBy(() -> apply(Kind.OPERATION, text)).isInstanceOf(OperatorException.class);
  }

  @Test
  void tasksMayHaveAnUnderscore() {
    OperationSpec spec = OperationSpec.parse("my_vm_migrate_to_0@n1=1");
    assertThat(spec).isEqualTo(new OperationSpec("my_vm", "migrate_to", 0, "n1", 1));
  }
}
