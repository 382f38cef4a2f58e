package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

final class CibEditsTest {
  private final Cib cib = CibXml.read("small.xml", CibXmlTest.SMALL);
  private final Configuration configuration = cib.configuration();

  private static void refused(ThrowingCallable call, ExitCode code, String sentence) {
    assertThatExceptionOfType(OperatorException.class)
        .isThrownBy(call)
        .satisfies(e -> {
          assertThat(e.sentence()).isEqualTo(sentence);
          assertThat(e.exitCode()).isEqualTo(code);
        });
  }

  private static Attributes last(CibEdits.Edit edit) {
    return ((Location) edit.configuration().constraints().getLast()).attributes();
  }

  @Test
  void moveMakesAPreferenceUnderTheIdOfCrmResource() {
    CibEdits.Edit edit = CibEdits.move(cib, "vip", "n2", Wish.PLAIN);
    assertThat(last(edit))
        .isEqualTo(
            Attributes.of(
                "id",
                "cli-prefer-vip",
                "rsc",
                "vip",
                "role",
                "Started",
                "node",
                "n2",
                "score",
                "INFINITY"));
    assertThat(edit.sentence())
        .isEqualTo("vip now prefers n2 to every other node, until it is cleared");
    Cib moved = cib.withConfiguration(edit.configuration());
    CibEdits.Edit again = CibEdits.move(moved, "vip", "n2", Wish.PLAIN);
    assertThat(again.configuration()).isEqualTo(edit.configuration());
  }

  @Test
  void moveTakesTheBanOfThatNodeAway() {
    CibEdits.Edit ban = CibEdits.ban(cib, "vip", "n2", Wish.PLAIN);
    assertThat(last(ban).get("id")).isEqualTo("cli-ban-vip-on-n2");
    assertThat(last(ban).get("score")).isEqualTo("-INFINITY");
    CibEdits.Edit move =
        CibEdits.move(cib.withConfiguration(ban.configuration()), "vip", "n2", Wish.PLAIN);
    assertThat(move.configuration().constraints())
        .extracting(Constraint::id)
        .contains("cli-prefer-vip")
        .doesNotContain("cli-ban-vip-on-n2");
  }

  @Test
  void moveWithoutNodeBansWhereItRuns() {
    assertThat(last(CibEdits.move(cib, "vip", null, Wish.PLAIN)).get("id"))
        .isEqualTo("cli-ban-vip-on-n1");
    refused(
        () -> CibEdits.move(cib, "web", null, Wish.PLAIN),
        ExitCode.USAGE,
        "web runs nowhere, so the node has to be named");
  }

  @Test
  void moveToWhereItRunsIsRefused() {
    refused(
        () -> CibEdits.move(cib, "vip", "n1", Wish.PLAIN),
        ExitCode.EXISTS,
        "vip runs on n1 already");
  }

  @Test
  void unknownNamesAreAnsweredWithTheNearest() {
    refused(
        () -> CibEdits.move(cib, "vipp", "n2", Wish.PLAIN),
        ExitCode.NO_SUCH_OBJECT,
        "there is no resource vipp; did you mean vip?");
    refused(
        () -> CibEdits.ban(cib, "vip", "elsewhere", Wish.PLAIN),
        ExitCode.NO_SUCH_OBJECT,
        "there is no node elsewhere; there are n1, n2");
    refused(
        () -> CibEdits.standby(configuration, "n22", true),
        ExitCode.NO_SUCH_OBJECT,
        "there is no node n22; did you mean n2?");
    refused(
        () ->
            CibEdits.clear(
                configuration.withResource(
                    new Template(
                        new Primitive(
                            Attributes.of("id", "t", "class", "ocf", "provider", "a", "type", "b"),
                            List.of(),
                            List.of(),
                            List.of()))),
                "t",
                null),
        ExitCode.CONFIGURATION,
        "template t (ocf:a:b) is nothing that runs");
  }

  @Test
  void aWishHasAnAuthorAReasonAndAnEnd() {
    Wish wish = Wish.of("ada", "new disk", "PT1H", null, 1_795_000_000_000L);
    CibEdits.Edit edit = CibEdits.move(cib, "vip", "n2", wish);
    assertThat(edit.sentence()).endsWith("until 2026-11-18 12:06:40Z");
    Cib moved = cib.withConfiguration(edit.configuration());
    assertThat(OperatorWishes.of(edit.configuration(), 1_795_000_000))
        .containsExactly(
            new OperatorWishes.Line(
                "move",
                "cli-prefer-vip",
                "vip",
                "n2",
                "ada",
                "new disk",
                "2026-11-18 11:06:40Z",
                "2026-11-18 12:06:40Z",
                false));
    assertThat(OperatorWishes.of(edit.configuration(), 1_795_003_600).getFirst().over()).isTrue();
    String yaml = CibYaml.write(edit.configuration());
    assertThat(CibYaml.readConfiguration("x", yaml).configuration().constraints())
        .isEqualTo(edit.configuration().constraints());
    assertThat(CibEdits.clear(moved.configuration(), "vip", "n2").configuration())
        .isEqualTo(cib.configuration());
    assertThat(CibEdits.ban(moved, "vip", "n2", wish).configuration().constraints())
        .extracting(Constraint::id)
        .doesNotContain("cli-prefer-vip");
  }

  @Test
  void aLifetimeThatIsNoneIsRefused() {
    refused(
        () -> Wish.of("ada", "", "soon", null, 0),
        ExitCode.USAGE,
        "the lifetime is 'soon'; write a time such as 90s, 30min, 2h or PT2H");
    refused(
        () -> Wish.of("ada", "", null, "Boss", 0),
        ExitCode.USAGE,
        "the role is 'Boss'; allowed are Promoted and Unpromoted");
  }

  @Test
  void clearTakesBackOnlyWhatOperatorsMade() {
    Configuration moved = CibEdits.move(cib, "vip", "n2", Wish.PLAIN).configuration();
    Configuration banned =
        CibEdits.ban(cib.withConfiguration(moved), "vip", "n1", Wish.PLAIN).configuration();
    CibEdits.Edit one = CibEdits.clear(banned, "vip", "n1");
    assertThat(one.configuration()).isEqualTo(moved);
    CibEdits.Edit all = CibEdits.clear(banned, "vip", null);
    assertThat(all.configuration()).isEqualTo(configuration);
    assertThat(all.sentence()).isEqualTo("cleared cli-prefer-vip, cli-ban-vip-on-n1");
    assertThat(CibEdits.clear(configuration, "vip", null).sentence())
        .isEqualTo("there was nothing to clear for vip");
  }

  @Test
  void standbyAndMaintenanceSwitchOnAndOff() {
    Configuration standby = CibEdits.standby(configuration, "n1", true).configuration();
    assertThat(java.util.Objects.requireNonNull(standby.node("n1")).attribute("standby"))
        .isEqualTo("on");
    assertThat(CibEdits.standby(standby, "n1", false).configuration()).isEqualTo(configuration);
    CibEdits.Edit same = CibEdits.standby(configuration, "2", false);
    assertThat(same.configuration()).isSameAs(configuration);
    assertThat(same.sentence()).isEqualTo("n2 is no longer in standby (it was so before)");
    Configuration cluster = CibEdits.maintenance(configuration, null, true).configuration();
    assertThat(cluster.property("maintenance-mode")).isEqualTo("true");
    assertThat(CibEdits.maintenance(cluster, null, false).configuration()).isEqualTo(configuration);
    Configuration node = CibEdits.maintenance(configuration, "n2", true).configuration();
    assertThat(java.util.Objects.requireNonNull(node.node("n2")).attribute("maintenance"))
        .isEqualTo("on");
  }

  @Test
  void activityFollowsTheLastCall() {
    assertThat(Activity.nodes(cib, "vip")).containsExactly("n1");
    assertThat(Activity.isActive(null)).isFalse();
    assertThat(Activity.isActive(history("start:0:0", "stop:0:0"))).isFalse();
    assertThat(Activity.isActive(history("start:0:0", "stop:1:0"))).isTrue();
    assertThat(Activity.isActive(history("monitor:7:0"))).isFalse();
    assertThat(Activity.isActive(history("monitor:5:0"))).isFalse();
    assertThat(Activity.isActive(history("start:1:0"))).isTrue();
    assertThat(Activity.isActive(history("stop:0:0", "start:0:-1"))).isFalse();
  }

  /** Records of operation:exit code:op-status, in the order of their calls. */
  private static ResourceHistory history(String... records) {
    ResourceHistory history = new ResourceHistory(Attributes.of("id", "r"), List.of(), List.of());
    for (int i = 0; i < records.length; i++) {
      String[] parts = records[i].split(":", -1);
      history =
          history.with(
              new OperationRecord(
                  Attributes.of(
                      "id",
                      "r" + i,
                      "operation",
                      parts[0],
                      "call-id",
                      "" + i,
                      "rc-code",
                      parts[1],
                      "op-status",
                      parts[2])));
    }
    return history;
  }

  @Test
  void differencesAreTold() {
    Primitive vip = java.util.Objects.requireNonNull(configuration.primitive("vip"));
    Configuration changed =
        CibEdits.move(cib, "vip", "n2", Wish.PLAIN)
            .configuration()
            .withProperty("no-quorum-policy", "freeze")
            .withProperty("maintenance-mode", "true")
            .withResource(vip.withParameter("ip", "10.0.0.2").withMeta("priority", "5"));
    changed = CibEdits.standby(changed, "n1", true).configuration();
    assertThat(ConfigurationDiff.lines(configuration, changed))
        .containsExactly(
            "cluster option no-quorum-policy: stop -> freeze",
            "added cluster option maintenance-mode: true",
            "added standby of node n1: on",
            "parameter ip of vip: 10.0.0.1 -> 10.0.0.2",
            "added meta attribute priority of vip: 5",
            "added location cli-prefer-vip (vip on n2, score INFINITY)");
    assertThat(ConfigurationDiff.lines(changed, configuration))
        .contains("removed cluster option maintenance-mode (was true)")
        .contains("removed location cli-prefer-vip (vip on n2, score INFINITY)");
    assertThat(ConfigurationDiff.lines(configuration, configuration)).isEmpty();
  }

  @Test
  void differencesOfEveryPartAreTold() {
    Configuration other = Configuration.EMPTY;
    assertThat(ConfigurationDiff.lines(configuration, other))
        .contains(
            "removed node n1",
            "removed group web",
            "removed primitive vip (ocf:heartbeat:IPaddr2)",
            "removed clone c",
            "removed order o1 (web then vip)",
            "removed colocation c1 (vip with web, score INFINITY)",
            "removed fencing level 1 of n1 (d1)",
            "removed resource default resource-stickiness (was 1)");
    assertThat(ConfigurationDiff.lines(other, configuration))
        .contains("added primitive a (ocf:heartbeat:Dummy) in group web");
    Configuration reordered = configuration.withConstraints(configuration.constraints().reversed());
    assertThat(ConfigurationDiff.lines(configuration, reordered))
        .containsExactly("only ids, descriptions or the order of entries changed");
  }
}
