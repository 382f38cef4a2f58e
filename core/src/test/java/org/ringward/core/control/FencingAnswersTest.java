package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.admin.FencingReport.EntryLine;
import org.ringward.core.admin.FencingReport.NodeLine;
import org.ringward.core.admin.FencingReport.PathLine;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.admin.WhyReport.RungLine;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;

/** What fence list, status and history and why NODE say. */
class FencingAnswersTest {
  private static final String RACK =
      """
      resources:
        - primitive: power
          agent: stonith:fence_test
          parameters: {pcmk_host_list: "n1 n2", pcmk_host_argument: port, ip: 10.0.0.2}
          operations:
            - {monitor: 10s}
        - primitive: web
          agent: ocf:heartbeat:Dummy
      """;

  private final Bus bus = new Bus();

  private void cluster(String document) {
    bus.boot(1);
    bus.boot(2);
    bus.boot(3);
    bus.view(1, 2, 3);
    ask(1, Verb.APPLY, Map.of("format", "yaml", "file", "web.yaml"), document);
  }

  private AdminReply ask(int node, Verb verb, Map<String, String> options, String document) {
    AdminReply reply = Objects.requireNonNull(bus.ask(node, verb, options, document), "no answer");
    assertThat(reply.exitCode()).as(reply.message()).isZero();
    return reply;
  }

  private FencingReport fencing() {
    return (FencingReport) ask(1, Verb.FENCING, Map.of(), "").report();
  }

  private WhyReport why(String node) {
    return (WhyReport) ask(1, Verb.WHY, Map.of("subject", node), "").report();
  }

  private static NodeLine node(FencingReport report, String name) {
    return report.nodes().stream().filter(each -> each.name().equals(name)).findFirst().get();
  }

  private static PathLine path(NodeLine node, String rung) {
    return node.paths().stream().filter(each -> each.rung().equals(rung)).findFirst().get();
  }

  private static RungLine rung(WhyReport report, int number) {
    return report.rungs().stream().filter(each -> each.number() == number).findFirst().get();
  }

  private static boolean isFencing(Execution execution, String action) {
    String input = execution.input();
    return input != null && input.contains("action=" + action + "\n");
  }

  @Test
  void aNodeThatNoDeviceCoversIsShownAsSuch() {
    cluster(RACK);
    FencingReport report = fencing();
    assertThat(report.devices())
        .singleElement()
        .satisfies(device -> {
          assertThat(device.id()).isEqualTo("power");
          assertThat(device.hosts()).isEqualTo("n1, n2");
          assertThat(device.monitors()).hasSize(1).allMatch(FencingReport.MonitorLine::well);
        });
    assertThat(node(report, "n2").provable()).isTrue();
    assertThat(path(node(report, "n2"), "power").detail())
        .isEqualTo("level 1: power; run by n1, else n3");
    NodeLine bare = node(report, "n3");
    assertThat(bare.provable()).isFalse();
    assertThat(bare.promise())
        .isEqualTo(
            "what runs on n3 is NOT recovered when it is lost, before a person confirms that it is"
                + " down (ringward confirm n3)");
    assertThat(path(bare, "power").detail()).contains("power does not list n3");
    assertThat(report.warnings())
        .containsExactly(
            "power is reached at 10.0.0.2, which is n2's own address: it is gone with the node it"
                + " shall fence");
    assertThat(report.history()).isEmpty();
  }

  private static String device(String id, String agent, String hosts, String ip) {
    return """
      - primitive: %s
        agent: stonith:%s
        parameters: {pcmk_host_list: "%s", pcmk_host_check: static-list, ip: %s}
        operations:
          - {monitor: 10s}
    """
        .formatted(id, agent, hosts, ip);
  }

  private void twoNodes(String document) {
    QuorumSettings quorum = new QuorumSettings(2, true, false);
    bus.boot(1, 2, quorum);
    bus.boot(2, 2, quorum);
    bus.view(1, 2);
    ask(1, Verb.APPLY, Map.of("format", "yaml", "file", "web.yaml"), document);
  }

  @Test
  void whatIsBuiltIntoTheMachineIsGoneWithItsPower() {
    String boards =
        "resources:\n"
            + device("bmc1", "fence_ipmilan", "n1", "10.0.0.101")
            + device("bmc2", "fence_ilo5_ssh", "n2", "10.0.0.102")
            + device("bmc3", "fence_redfish", "n3", "10.0.0.103");
    cluster(boards);
    assertThat(fencing().warnings())
        .hasSize(3)
        .allMatch(each -> each.contains("is fenced only by what is built into it"))
        .anyMatch(each -> each.startsWith("n2 is") && each.contains("(bmc2)"));
    // Another kind of device takes it away, where it does not need the board as well.
    String rack = device("rack", "fence_apc_snmp", "n1 n2", "10.0.0.200");
    String topology =
        """
        fencing-topology:
          - {target: n1, index: 1, devices: bmc1}
          - {target: n1, index: 2, devices: rack}
          - {target: n2, index: 1, devices: "bmc2,rack"}
        """;
    ask(1, Verb.APPLY, Map.of("format", "yaml", "file", "web.yaml"), boards + rack + topology);
    assertThat(fencing().warnings())
        .hasSize(2)
        .noneMatch(each -> each.startsWith("n1 "))
        .anyMatch(each -> each.startsWith("n2 ") && each.contains("(bmc2)"));
  }

  @Test
  void aWayToTheDeviceThatACutOffNodeStillHas() {
    String rack = "resources:\n" + device("rack", "fence_apc_snmp", "n1 n2", "192.168.9.2");
    twoNodes(rack);
    assertThat(fencing().warnings())
        .singleElement()
        .asString()
        .startsWith("rack is reached at 192.168.9.2, where no link of the ring is")
        .contains("can still shoot the healthy one");
    ask(
        1,
        Verb.APPLY,
        Map.of("format", "yaml", "file", "web.yaml"),
        rack.replace("192.168.9.2", "10.0.0.200"));
    assertThat(fencing().warnings()).isEmpty();
  }

  @Test
  void ofThreeNodesTheOneThatIsCutOffShootsNobody() {
    cluster("resources:\n" + device("rack", "fence_apc_snmp", "n1 n2 n3", "192.168.9.2"));
    assertThat(fencing().warnings()).isEmpty();
  }

  @Test
  void aDeviceThatDoesNotAnswerItsMonitorProvesNothingToday() {
    bus.programs =
        execution ->
            isFencing(execution, "monitor")
                ? new ProcessResult(1, "", "no route to the rack", null)
                : Bus.obedient(execution);
    cluster(RACK);
    FencingReport report = fencing();
    assertThat(report.devices().getFirst().monitors())
        .isNotEmpty()
        .noneMatch(FencingReport.MonitorLine::well);
    assertThat(node(report, "n2").provable()).isFalse();
    assertThat(path(node(report, "n2"), "power").detail())
        .contains("power does not answer its monitor");
  }

  @Test
  void theHistoryKeepsTheCauseBesideTheProof() {
    cluster(RACK);
    bus.view(1, 3);
    List<EntryLine> history = fencing().history();
    assertThat(history).hasSize(1);
    EntryLine entry = history.getFirst();
    assertThat(entry.target()).isEqualTo("n2");
    assertThat(entry.state()).isEqualTo("succeeded");
    assertThat(entry.rung()).isEqualTo("POWER");
    assertThat(entry.result()).contains("had the power of n2 cut by power");
    assertThat(entry.cause()).isNotEmpty().isNotEqualTo(entry.result());

    WhyReport why = why("n2");
    assertThat(why.paragraph()).contains("last proven down (reboot) because " + entry.cause());
    assertThat(rung(why, 1).state()).isEqualTo("none");
    assertThat(rung(why, 2).state()).isEqualTo("missing");
    assertThat(rung(why, 5)).isEqualTo(new RungLine(5, "power", "proof", entry.result()));
  }

  @Test
  void whoIsHereInTheLifeThatWasProvenDownShowsThatADeviceLied() {
    cluster(RACK);
    bus.view(1, 3);
    assertThat(bus.station(1).stories()).contains("n2 is proven down").doesNotContain("the truth");
    bus.view(1, 2, 3);
    assertThat(bus.station(1).stories())
        .contains("n2 is here in the life that was proven down: a fencing device does not tell");

    bus.view(1, 3);
    bus.boot(2);
    int before = bus.station(1).decisions.size();
    bus.view(1, 2, 3);
    assertThat(bus.station(1).decisions.subList(before, bus.station(1).decisions.size()))
        .noneMatch(each -> each.what().contains("the truth"));
  }

  @Test
  void whyANodeWasNotFenced() {
    cluster(RACK);
    bus.view(1, 2);
    WhyReport why = why("n3");
    assertThat(why.paragraph()).contains("lost; not proven to be down yet");
    assertThat(rung(why, 5).state()).isEqualTo("missing");
    assertThat(rung(why, 5).sentence()).contains("no device can fence it");
    assertThat(rung(why, 7).state()).isEqualTo("ready");

    ask(1, Verb.CONFIRM, Map.of("node", "n3", "reason", "it burnt"), "");
    WhyReport after = why("n3");
    assertThat(rung(after, 7).state()).isEqualTo("proof");
    assertThat(rung(after, 7).sentence()).contains("it burnt");
  }

  /** Plans come and go; the operator still wants it. */
  @Test
  void anOperatorsOrderThatFailsIsTriedAgainWhateverIsPlanned() {
    boolean[] broken = {true};
    bus.programs =
        execution ->
            broken[0] && isFencing(execution, "reboot")
                ? new ProcessResult(1, "", "the rack is busy", null)
                : Bus.obedient(execution);
    cluster(RACK);
    ask(1, Verb.FENCE, Map.of("node", "n2", "action", "reboot"), "");
    ask(1, Verb.STANDBY, Map.of("node", "n3", "on", "true"), "");
    assertThat(fencing().history())
        .isNotEmpty()
        .allMatch(each -> !each.state().equals("succeeded"));
    broken[0] = false;
    for (int i = 0; i < 4; i++) {
      bus.settle();
    }
    EntryLine last = fencing().history().getFirst();
    assertThat(last.state()).isEqualTo("succeeded");
    assertThat(last.cause()).isEqualTo("ordered by root");
  }

  @Test
  void aDrillIsRememberedAndRefusedWhereItShowsNothing() {
    cluster(RACK);
    Map<String, String> drill = Map.of("node", "n2", "action", "reboot", "reason", "drill");
    assertThat(node(fencing(), "n2").lastDrillMillis()).isZero();
    ask(1, Verb.FENCE, drill, "");
    assertThat(node(fencing(), "n2").lastDrillMillis()).isPositive();
    assertThat(fencing().history().getFirst().cause()).isEqualTo("a drill, ordered by root");

    AdminReply uncovered =
        bus.ask(1, Verb.FENCE, Map.of("node", "n3", "action", "reboot", "reason", "drill"), "");
    assertThat(uncovered.exitCode()).isEqualTo(107);
    assertThat(uncovered.message()).contains("no member has a device for n3");
    bus.view(1, 3);
    AdminReply gone = bus.ask(1, Verb.FENCE, drill, "");
    assertThat(gone.exitCode()).isEqualTo(107);
    assertThat(gone.message()).contains("n2 is no member");
  }

  @Test
  void anOperatorsOrderIsGivenUpAfterSoManyAttempts() {
    bus.programs =
        execution ->
            isFencing(execution, "reboot")
                ? new ProcessResult(1, "", "the rack is busy", null)
                : Bus.obedient(execution);
    cluster("properties: {fencing-max-attempts: 2}\n" + RACK);
    ask(1, Verb.FENCE, Map.of("node", "n2", "action", "reboot"), "");
    for (int i = 0; i < 4; i++) {
      bus.settle();
    }
    assertThat(bus.station(1).stories()).contains("fencing of n2, ordered by root, is given up");
    assertThat(fencing().history()).hasSize(2);
    assertThat(bus.control(1).isIdle()).isTrue();
    ask(1, Verb.FENCE, Map.of("node", "n3", "action", "reboot"), "");
    assertThat(bus.station(1).stories()).contains("fencing of n3, ordered by root, is given up");
  }

  private static final String SAN =
      """
      resources:
        - primitive: san
          agent: stonith:fence_fabric
          parameters: {pcmk_host_list: "n1 n2 n3", pcmk_host_argument: port}
          meta: {covers: files}
        - primitive: files
          agent: ocf:heartbeat:Dummy
        - primitive: mail
          agent: ocf:heartbeat:Dummy
      constraints:
        - location: {resource: files, node: n3, score: 100}
        - location: {resource: mail, node: n3, score: 100}
      """;

  /** A device that has a status, and whose status says off. */
  private static ProcessResult fabric(Execution execution) {
    if (isFencing(execution, "metadata")) {
      return new ProcessResult(
          0,
          """
          <resource-agent name="fence_fabric"><parameters><parameter name="port"/></parameters>
          <actions><action name="on"/><action name="off"/><action name="status"/>
          <action name="monitor"/></actions></resource-agent>\
          """,
          "",
          null);
    }
    return isFencing(execution, "status")
        ? new ProcessResult(2, "", "", null)
        : Bus.obedient(execution);
  }

  private List<String> on(String resource) {
    return ResourceView.activeOn(bus.control(1).snapshot().cib(), resource);
  }

  @Test
  void aDeviceThatCoversProvesNothingOfTheRest() {
    bus.programs = FencingAnswersTest::fabric;
    cluster(SAN);
    assertThat(on("files")).containsExactly("n3");
    NodeLine before = node(fencing(), "n3");
    assertThat(before.provable()).isFalse();
    assertThat(path(before, "access"))
        .isEqualTo(new PathLine("access", true, "san for files only, run by n1, else n2"));
    assertThat(path(before, "power").works()).isFalse();

    bus.view(1, 2);
    // The lost node is as it was; what is covered runs elsewhere too, the rest does not.
    assertThat(on("files")).hasSize(2).contains("n3");
    assertThat(on("mail")).containsExactly("n3");
    WhyReport why = why("n3");
    assertThat(why.paragraph()).contains("n3 is unclean").contains("Last its access was cut");
    assertThat(rung(why, 4).state()).isEqualTo("proof");
    assertThat(rung(why, 5).state()).isEqualTo("missing");
    assertThat(fencing().history().getFirst().action()).isEqualTo("revoke san");
    assertThat(bus.station(1).stories())
        .contains("cuts the access of n3 to what san covers")
        .doesNotContain("n3 is proven down");
  }

  @Test
  void whoIsBackStopsWhatWasRecoveredAndTakesItsAccessAgain() {
    bus.programs = FencingAnswersTest::fabric;
    cluster(SAN);
    bus.view(1, 2);
    String taker = on("files").stream().filter(each -> !each.equals("n3")).findFirst().get();
    bus.view(1, 2, 3);
    assertThat(bus.station(1).stories()).contains("n3 gives n3 its access to what san covers back");
    assertThat(AccessRung.revoked(bus.control(1).snapshot().cib().status().node("n3"))).isEmpty();
    assertThat(bus.station(1).stories()).contains("stop of files on n3");
    assertThat(on("files")).hasSize(1);
    assertThat(taker).isNotEqualTo("n3");
  }

  @Test
  void aCutThatFailsRecoversNothing() {
    bus.programs =
        execution ->
            isFencing(execution, "off")
                ? new ProcessResult(1, "", "no path to the fabric", null)
                : fabric(execution);
    cluster(SAN);
    bus.view(1, 2);
    assertThat(on("files")).containsExactly("n3");
    assertThat(rung(why("n3"), 4).state()).isEqualTo("failed");
    assertThat(rung(why("n3"), 4).sentence()).contains("no path to the fabric");
  }

  /** Elsewhere its own word counts then; a device that covers something has to show it. */
  @Test
  void aCutOfWhichNoStatusTellsRecoversNothing() {
    bus.programs = without("status");
    cluster(SAN);
    bus.view(1, 2);
    assertThat(on("files")).containsExactly("n3");
    assertThat(AccessRung.revoked(bus.control(1).snapshot().cib().status().node("n3"))).isEmpty();
    assertThat(rung(why("n3"), 4).state()).isEqualTo("failed");
  }

  @Test
  void aCutThatTheStatusShowsNeedsNoMetadata() {
    bus.programs = without("metadata");
    cluster(SAN);
    bus.view(1, 2);
    assertThat(AccessRung.revoked(bus.control(1).snapshot().cib().status().node("n3")))
        .isNotEmpty();
    assertThat(on("files")).hasSize(2);
  }

  private static Function<Execution, ProcessResult> without(String action) {
    return execution ->
        isFencing(execution, action)
            ? new ProcessResult(1, "", "no answer", null)
            : fabric(execution);
  }

  /** Two nodes are lost; what is covered waits until both are cut off. */
  @Test
  void everyNodeThatIsNotProvenMustBeCutOff() {
    bus.programs =
        execution ->
            isFencing(execution, "off") && String.valueOf(execution.input()).contains("port=n5")
                ? new ProcessResult(1, "", "no", null)
                : fabric(execution);
    for (int id = 1; id <= 5; id++) {
      bus.boot(id, 5, QuorumSettings.DEFAULT);
    }
    bus.view(1, 2, 3, 4, 5);
    ask(
        1,
        Verb.APPLY,
        Map.of("format", "yaml", "file", "web.yaml"),
        SAN.replace("n1 n2 n3", "n1 n2 n3 n4 n5"));
    bus.view(1, 2, 4);
    assertThat(on("files")).containsExactly("n3");
    assertThat(AccessRung.revoked(bus.control(1).snapshot().cib().status().node("n3")))
        .containsExactly("san");

    ask(1, Verb.CONFIRM, Map.of("node", "n5", "reason", "it burnt"), "");
    assertThat(on("files")).hasSize(2).contains("n3");
  }
}
