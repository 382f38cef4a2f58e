package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.ConstraintEdits.Party;
import org.ringward.core.cib.NewResource.WantedOperation;

/** What commands make of a configuration, seen in its YAML form. */
class ResourceEditsTest {
  private static final Configuration NOW =
      CibYaml.readConfiguration(
              "test",
              """
              nodes:
                n1: {id: 1}
                n2: {id: 2}
              resources:
                - group: web
                  members:
                    - primitive: vip
                      agent: ocf:heartbeat:IPaddr2
                      parameters: {ip: 10.0.0.1}
                      operations:
                        - {monitor: 10s}
                    - primitive: nginx
                      agent: ocf:heartbeat:nginx
                - primitive: cache
                  agent: ocf:x:cache
                - primitive: power
                  agent: stonith:fence_x
              constraints:
                - location: {id: l1, resource: web, node: n1, score: 5}
                - colocation: {id: c1, resource: cache, with: vip, score: 5}
                - order: {id: o1, first: web, then: cache}
              fencing-topology:
                - {target: n1, index: 1, devices: [power]}
              """)
          .configuration();

  private static NewResource resource(String id, String agent) {
    return new NewResource(
        id, agent, Map.of(), List.of(), Map.of(), null, null, false, null, Map.of(), false);
  }

  private static NewResource member(String id, String group, @Nullable String before) {
    return new NewResource(
        id,
        "ocf:x:y",
        Map.of("size", "5"),
        List.of(new WantedOperation("monitor", Map.of("interval", "3s", "OCF_CHECK_LEVEL", "10"))),
        Map.of("priority", "7"),
        group,
        before,
        true,
        null,
        Map.of(),
        true);
  }

  private static String yaml(Edit edit) {
    List<Finding> errors =
        CibValidation.validate(edit.configuration(), "edited").stream()
            .filter(Finding::isError)
            .toList();
    assertThat(errors).isEmpty();
    return CibYaml.write(edit.configuration());
  }

  private static void refused(ThrowingCallable action, ExitCode code, String sentence) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            OperatorException.class,
            exception -> {
              assertThat(exception.exitCode()).isEqualTo(code);
              assertThat(exception.sentence()).contains(sentence);
            });
  }

  @Test
  void aMemberIsCreatedAtItsPlace() {
    Edit edit = ResourceEdits.create(NOW, member("disk", "web", "vip"));
    assertThat(edit.sentence()).isEqualTo("created primitive disk (ocf:x:y) in group web");
    assertThat(((Group) Known.resource(edit.configuration(), "web")).members())
        .extracting(Primitive::id)
        .containsExactly("disk", "vip", "nginx");
    assertThat(yaml(edit))
        .contains("OCF_CHECK_LEVEL", "target-role: Stopped", "priority: 7", "size: 5");
  }

  @Test
  void aGroupIsMadeWhenThereIsNone() {
    Edit edit = ResourceEdits.create(NOW, member("disk", "files", null));
    assertThat(edit.sentence()).endsWith("in the new group files");
    assertThat(yaml(edit)).contains("group: files");
  }

  @Test
  void aCloneIsMadeAroundIt() {
    NewResource wanted =
        new NewResource(
            "db",
            "ocf:x:db",
            Map.of(),
            List.of(),
            Map.of(),
            null,
            null,
            false,
            "",
            Map.of("promotable", "true"),
            false);
    Edit edit = ResourceEdits.create(NOW, wanted);
    assertThat(edit.configuration().resource("db-clone"))
        .isInstanceOfSatisfying(Clone.class, each -> assertThat(each.promotable()).isTrue());
    yaml(edit);
  }

  @Test
  void whatCannotBeCreatedSaysWhatCan() {
    refused(
        () -> ResourceEdits.create(NOW, resource("vip", "ocf:x:y")),
        ExitCode.EXISTS,
        "change it with 'ringward resource update vip'");
    refused(
        () -> ResourceEdits.create(NOW, resource("l1", "ocf:x:y")),
        ExitCode.EXISTS,
        "the id l1 is taken");
    refused(
        () -> ResourceEdits.create(NOW, resource("1x", "ocf:x:y")),
        ExitCode.USAGE,
        "begins with a letter");
    refused(
        () -> ResourceEdits.create(NOW, resource("x", "ocf:y")),
        ExitCode.USAGE,
        "ocf:PROVIDER:TYPE");
    refused(
        () -> ResourceEdits.create(NOW, member("x", "cache", null)),
        ExitCode.EXISTS,
        "is no group");
    refused(
        () -> ResourceEdits.create(NOW, member("x", "web", "vib")),
        ExitCode.NO_SUCH_OBJECT,
        "did you mean vip?");
  }

  @Test
  void anUpdateSetsAndTakesAway() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("ip", "");
    parameters.put("nic", "eth1");
    Edit edit =
        ResourceEdits.update(
            NOW,
            "vip",
            parameters,
            Map.of("priority", "3"),
            List.of(new WantedOperation("monitor", Map.of("timeout", "4s"))));
    Primitive vip = Known.primitive(edit.configuration(), "vip");
    assertThat(vip.parameter("ip")).isNull();
    assertThat(vip.parameter("nic")).isEqualTo("eth1");
    assertThat(vip.meta("priority")).isEqualTo("3");
    assertThat(vip.operations()).hasSize(1);
    assertThat(vip.operations().getFirst().option("timeout")).isEqualTo("4s");
    yaml(edit);
    refused(
        () -> ResourceEdits.update(NOW, "web", Map.of("a", "b"), Map.of(), List.of()),
        ExitCode.USAGE,
        "name what is in it: vip, nginx");
    refused(
        () -> ResourceEdits.update(NOW, "ngin", Map.of(), Map.of(), List.of()),
        ExitCode.NO_SUCH_OBJECT,
        "did you mean nginx?");
  }

  @Test
  void enablingTakesBackWhatDisablingDid() {
    Edit off = ResourceEdits.enable(NOW, List.of("web", "cache"), false);
    assertThat(yaml(off)).contains("target-role: Stopped");
    Edit on = ResourceEdits.enable(off.configuration(), List.of("web", "cache"), true);
    assertThat(on.configuration()).isEqualTo(NOW);
    assertThat(ResourceEdits.enable(off.configuration(), List.of("vip"), true).sentence())
        .isEqualTo("enabled vip; it stays stopped, because web is disabled too");
  }

  @Test
  void deletingTakesWhatRefersToIt() {
    Edit member = ResourceEdits.delete(NOW, List.of("vip"));
    assertThat(member.sentence())
        .isEqualTo("deleted vip, and with it colocation c1 (cache with vip, score 5)");
    yaml(member);
    Edit both = ResourceEdits.delete(NOW, List.of("vip", "nginx"));
    assertThat(both.sentence()).contains("group web", "location l1", "order o1");
    assertThat(both.configuration().constraints()).isEmpty();
    yaml(both);
    Edit device = ResourceEdits.delete(NOW, List.of("power"));
    assertThat(device.configuration().topology()).isEmpty();
    yaml(device);
  }

  @Test
  void groupsAreMadeChangedAndEnded() {
    Edit moved = GroupEdits.add(NOW, "web", List.of("cache"), "vip", false);
    assertThat(((Group) Known.resource(moved.configuration(), "web")).members())
        .extracting(Primitive::id)
        .containsExactly("vip", "cache", "nginx");
    Edit out = GroupEdits.remove(moved.configuration(), "web", List.of("cache"));
    assertThat(Known.resources(out.configuration()))
        .containsExactly("web", "vip", "nginx", "cache", "power");
    Edit ended = GroupEdits.remove(NOW, "web", List.of());
    assertThat(ended.sentence()).contains("took vip, nginx out of group web", "location l1");
    yaml(ended);
    refused(
        () -> GroupEdits.remove(NOW, "web", List.of("cache")),
        ExitCode.NO_SUCH_OBJECT,
        "there is no member of web cache");
  }

  @Test
  void clonesAreMadeAndEnded() {
    Edit cloned = GroupEdits.clone(NOW, "cache", "", Map.of("clone-max", "2"));
    assertThat(cloned.sentence()).isEqualTo("cloned cache as cache-clone");
    yaml(cloned);
    assertThat(GroupEdits.unclone(cloned.configuration(), "cache").configuration()).isEqualTo(NOW);
    refused(
        () -> GroupEdits.clone(NOW, "vip", "", Map.of()),
        ExitCode.USAGE,
        "its whole group can be cloned");
    refused(() -> GroupEdits.unclone(NOW, "vip"), ExitCode.USAGE, "is not cloned");
  }

  @Test
  void constraintsAreAddedAndRemoved() {
    Edit location = ConstraintEdits.location(NOW, "web", Map.of("n2", "100"));
    Edit again = ConstraintEdits.location(location.configuration(), "web", Map.of("n2", "-7"));
    assertThat(yaml(again)).contains("score: -7").doesNotContain("score: 100");
    Party web = new Party("web", null);
    Party cache = new Party("cache", null);
    Edit with = ConstraintEdits.colocation(NOW, web, cache, "INFINITY", Map.of());
    assertThat(with.sentence())
        .isEqualTo(
            "added colocation colocation-web-cache-INFINITY (web with cache, score INFINITY)");
    assertThat(
            ConstraintEdits.colocation(with.configuration(), web, cache, "INFINITY", Map.of())
                .configuration())
        .isEqualTo(with.configuration());
    Edit order = ConstraintEdits.order(NOW, cache, web, Map.of("kind", "Optional", "id", "mine"));
    assertThat(Known.ids(order.configuration()).make("mine")).isEqualTo("mine-1");
    Edit ticket = ConstraintEdits.ticket(NOW, "t", cache, Map.of("loss-policy", "stop"));
    assertThat(yaml(ticket)).contains("ticket: t");
    assertThat(ConstraintEdits.remove(order.configuration(), List.of("mine")).configuration())
        .isEqualTo(NOW);
    refused(
        () -> ConstraintEdits.remove(NOW, List.of("l2")),
        ExitCode.NO_SUCH_OBJECT,
        "did you mean l1?");
    refused(
        () -> ConstraintEdits.location(NOW, "web", Map.of("n3", "1")),
        ExitCode.NO_SUCH_OBJECT,
        "there is no node n3; did you mean n1?");
    refused(
        () -> ConstraintEdits.order(NOW, cache, web, Map.of("knd", "x")),
        ExitCode.USAGE,
        "did you mean kind?");
    refused(
        () -> ConstraintEdits.colocation(NOW, web, web, "1", Map.of()),
        ExitCode.USAGE,
        "two different resources");
    refused(
        () -> ConstraintEdits.colocation(NOW, web, cache, "much", Map.of()),
        ExitCode.USAGE,
        "the score is 'much'");
  }

  @Test
  void optionsAreSetAndTakenAway() {
    Edit set = OptionEdits.properties(NOW, Map.of("no-quorum-policy", "freeze"), false);
    assertThat(yaml(set)).contains("no-quorum-policy: freeze");
    assertThat(
            OptionEdits.properties(set.configuration(), Map.of("no-quorum-policy", ""), false)
                .configuration())
        .isEqualTo(NOW);
    refused(
        () -> OptionEdits.properties(NOW, Map.of("no-quorum-polcy", "stop"), false),
        ExitCode.USAGE,
        "did you mean no-quorum-policy?");
    Edit defaults = OptionEdits.resourceDefaults(NOW, Map.of("resource-stickiness", "100"));
    assertThat(yaml(defaults)).contains("resource-stickiness: 100");
    Edit timeout = OptionEdits.operationDefaults(NOW, Map.of("timeout", "30s"));
    assertThat(yaml(timeout)).contains("timeout: 30s");
    Edit node = OptionEdits.attributes(NOW, "n1", Map.of("rack", "a"));
    assertThat(yaml(node)).contains("rack: a");
    Edit capacity = OptionEdits.utilization(node.configuration(), "n1", Map.of("cpu", "4"));
    assertThat(yaml(capacity)).contains("cpu: 4");
    refused(
        () -> OptionEdits.utilization(NOW, "n1", Map.of("cpu", "many")),
        ExitCode.USAGE,
        "a whole number is needed");
  }

  @Test
  void operationsAreSetAndRemoved() {
    WantedOperation deep = new WantedOperation("monitor", Map.of("interval", "60s"));
    Edit added = OperationEdits.add(NOW, "vip", deep);
    assertThat(Known.primitive(added.configuration(), "vip").operations()).hasSize(2);
    assertThat(
            OperationEdits.remove(added.configuration(), "vip", "monitor", "1min").configuration())
        .isEqualTo(NOW);
    refused(
        () -> OperationEdits.remove(NOW, "vip", "start", null),
        ExitCode.NO_SUCH_OBJECT,
        "it has monitor interval=10s");
    refused(
        () -> OperationEdits.add(NOW, "vip", new WantedOperation("monitr", Map.of())),
        ExitCode.USAGE,
        "did you mean monitor?");
    refused(
        () -> OperationEdits.add(NOW, "vip", new WantedOperation("start", Map.of("timout", "1"))),
        ExitCode.USAGE,
        "did you mean timeout?");
  }
}
