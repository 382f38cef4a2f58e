package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordsTest {
  private final Cib cib = CibXml.read("small.xml", CibXmlTest.SMALL);

  private static <T> T present(@Nullable T value) {
    assertThat(value).isNotNull();
    return java.util.Objects.requireNonNull(value);
  }

  @Test
  void versionsAreOrdered() {
    assertThat(cib.version()).isEqualTo(new CibVersion(0, 7, 3)).hasToString("0.7.3");
    assertThat(cib.haveQuorum()).isTrue();
    assertThat(cib.version().nextEpoch()).isGreaterThan(cib.version().nextUpdate());
    assertThat(cib.version().nextUpdate()).isGreaterThan(cib.version());
    assertThat(new CibVersion(1, 0, 0)).isGreaterThan(new CibVersion(0, 99, 99));
    assertThat(cib.withVersion(new CibVersion(1, 2, 3)).version())
        .isEqualTo(new CibVersion(1, 2, 3));
    assertThat(Cib.EMPTY.version()).isEqualTo(CibVersion.ZERO);
    assertThat(Cib.EMPTY.withQuorum(true).haveQuorum()).isTrue();
  }

  @Test
  void operationsAnswerTyped() {
    Primitive vip = present(cib.configuration().primitive("vip"));
    Operation monitor = vip.operations().getFirst();
    assertThat(monitor.intervalMillis()).hasValue(10_000);
    assertThat(monitor.timeoutMillis()).hasValue(20_000);
    assertThat(monitor.enabled()).isTrue();
    assertThat(monitor.onFail()).isNull();
    Operation odd =
        new Operation(
            Attributes.of("name", "monitor", "enabled", "off", "start-delay", "x"),
            List.of(
                new AttributeSet("meta_attributes", Attributes.of("id", "m"), List.of(), List.of())
                    .with("on-fail", "fence")),
            List.of());
    assertThat(odd.enabled()).isFalse();
    assertThat(odd.onFail()).isEqualTo("fence");
    assertThat(odd.startDelayMillis()).isEmpty();
    assertThat(odd.timeoutMillis()).isEmpty();
    assertThat(odd.intervalMillis()).hasValue(0);
  }

  @Test
  void historyAnswersTyped() {
    NodeState state = present(cib.status().node("n1"));
    assertThat(cib.status().node("1")).isSameAs(state);
    assertThat(state.inCcm()).isTrue();
    assertThat(state.crmdOnline()).isTrue();
    assertThat(state.join()).isEqualTo("member");
    OperationRecord start = present(state.history("vip")).operations().getFirst();
    assertThat(start.operation()).isEqualTo("start");
    assertThat(start.callId()).isEqualTo(5);
    assertThat(start.exitCode()).isZero();
    assertThat(start.opStatus()).isZero();
    assertThat(start.operationKey()).isNull();
    OperationRecord empty = new OperationRecord(Attributes.NONE);
    assertThat(empty.exitCode()).isEqualTo(OperationRecord.EXIT_NONE);
    assertThat(empty.isPending()).isTrue();
    assertThat(empty.lastRcChangeSeconds()).isEmpty();
    assertThat(NodeState.of("1", "a").withAttribute("in_ccm", "1700000000").inCcm()).isTrue();
    assertThat(NodeState.of("1", "a").withAttribute("in_ccm", "0").inCcm()).isFalse();
  }

  @Test
  void statusIsEditedByCopies() {
    NodeState state = NodeState.of("3", "n3").withTransientAttribute("fail-count-a#start_0", "2");
    assertThat(state.transientAttribute("fail-count-a#start_0")).isEqualTo("2");
    assertThat(state.transientAttributes().getFirst().pairs().getFirst().id())
        .isEqualTo("status-3-fail-count-a.start_0");
    assertThat(state.withTransientAttribute("fail-count-a#start_0", "3").transientAttributes())
        .hasSize(1)
        .first()
        .extracting(set -> set.value("fail-count-a#start_0"))
        .isEqualTo("3");
    assertThat(state.withoutTransientAttribute("fail-count-a#start_0").transientAttributes())
        .isEmpty();
    OperationRecord record = new OperationRecord(Attributes.of("id", "a_last_0", "call-id", "1"));
    ResourceHistory history =
        new ResourceHistory(Attributes.of("id", "a"), List.of(), List.of()).with(record);
    state = state.withHistory(history.with(record.withAttribute("call-id", "2")));
    assertThat(present(state.history("a")).operations())
        .extracting(OperationRecord::callId)
        .containsExactly(2);
    Status status = cib.status().withNode(state).withNode(state);
    assertThat(status.nodes()).extracting(NodeState::id).containsExactly("1", "3");
    Cib changed = cib.withStatus(status);
    assertThat(CibXml.read("x", CibXml.write(changed))).isEqualTo(changed);
    assertThat(state.withoutHistory("a").histories()).isEmpty();
  }

  @Test
  void configurationIsEditedByCopies() {
    Configuration configuration = cib.configuration().withProperty("maintenance-mode", "true");
    assertThat(configuration.property("maintenance-mode")).isEqualTo("true");
    assertThat(configuration.properties()).hasSize(1);
    assertThat(configuration.withoutProperty("maintenance-mode")).isEqualTo(cib.configuration());
    assertThat(Configuration.EMPTY.withProperty("a", "b").properties().getFirst().id())
        .isEqualTo("cib-bootstrap-options");
    NodeEntry node = present(configuration.node("n1")).withAttribute("standby", "on");
    assertThat(node.attribute("standby")).isEqualTo("on");
    assertThat(node.sets().getFirst().id()).isEqualTo("nodes-1");
    assertThat(present(configuration.withNode(node).node("1")).attribute("standby"))
        .isEqualTo("on");
    assertThat(configuration.primitives())
        .extracting(Primitive::id)
        .containsExactly("vip", "a", "p");
    assertThat(present(configuration.groupOf("a")).id()).isEqualTo("web");
    Primitive vip = present(configuration.primitive("vip")).withMeta("target-role", "Stopped");
    assertThat(present(configuration.withResource(vip).primitive("vip")).meta("target-role"))
        .isEqualTo("Stopped");
    Primitive a = present(configuration.primitive("a")).withParameter("state", "/x");
    assertThat(present(configuration.withResource(a).primitive("a")).parameter("state"))
        .isEqualTo("/x");
  }

  @Test
  void digestsFollowContent() {
    Cib same = CibXml.read("again.xml", CibXml.write(cib));
    assertThat(CibDigest.of(same)).isEqualTo(CibDigest.of(cib)).hasSize(64);
    assertThat(CibDigest.of(cib.withVersion(new CibVersion(0, 7, 4))))
        .isNotEqualTo(CibDigest.of(cib));
    assertThat(CibDigest.of(cib.configuration()))
        .isEqualTo(CibDigest.of(cib.withVersion(CibVersion.ZERO).configuration()))
        .isNotEqualTo(CibDigest.of(cib.configuration().withProperty("a", "b")));
    Element one = Element.of("e", Attributes.of("a", "1", "b", "2"), List.of());
    Element two = Element.of("e", Attributes.of("b", "2", "a", "1"), List.of());
    assertThat(CibDigest.of(one)).isEqualTo(CibDigest.of(two));
  }
}
