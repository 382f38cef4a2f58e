package org.ringward.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringward.cli.setup.HostChecks.Verdict;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;

class HostChecksTest {
  private final FakeHost host = new FakeHost();

  /** A machine that is as it should be, until a test changes it. */
  private static final class FakeHost implements Host {
    private List<String> addresses = List.of("127.0.0.1", "::1", "10.0.0.1");
    private final Map<String, List<String>> names = new HashMap<>();
    private ClockState clock = new ClockState(ClockState.Kind.SYNCHRONIZED, "set by NTP");
    private final Map<String, String> watchdogs = new TreeMap<>();
    private final Map<String, SortedSet<String>> agents = new TreeMap<>();
    private @Nullable String udpProblem;
    private boolean running;

    FakeHost() {
      names.put("a", List.of("10.0.0.1"));
      names.put("b", List.of("10.0.0.2"));
      agents.put("ocf", new TreeSet<>(List.of("ocf:heartbeat:IPaddr2")));
      agents.put("stonith", new TreeSet<>(List.of("stonith:fence_ipmilan")));
    }

    @Override
    public String name() {
      return "a";
    }

    @Override
    public List<String> addresses() {
      return addresses;
    }

    @Override
    public List<String> resolve(String name) {
      return names.getOrDefault(name, List.of());
    }

    @Override
    public ClockState clock() {
      return clock;
    }

    @Override
    public Map<String, String> watchdogs() {
      return watchdogs;
    }

    @Override
    public Map<String, SortedSet<String>> agents() {
      return agents;
    }

    @Override
    public @Nullable String udpProblem(String address, int port) {
      return udpProblem;
    }

    @Override
    public boolean listens(String socket) {
      return running;
    }
  }

  private List<HostChecks.Check> checks(String more) {
    String text =
        """
        cluster: web
        node: a
        nodes:
          - {name: a, id: 1, address: 10.0.0.1}
          - {name: b, id: 2, address: 10.0.0.2}
        """;
    NodeSettings settings = NodeSettingsYaml.read("node file", text + more, "a");
    return HostChecks.of(settings, host);
  }

  private void finds(Verdict verdict, String check, String part) {
    finds("", verdict, check, part);
  }

  private void finds(String more, Verdict verdict, String check, String part) {
    assertThat(checks(more))
        .anySatisfy(each -> {
          assertThat(each.verdict()).isEqualTo(verdict);
          assertThat(each.check()).isEqualTo(check);
          assertThat(each.sentence()).contains(part);
        });
  }

  @Test
  void aMachineInOrder() {
    host.watchdogs.put("/dev/watchdog0", "iTCO_wdt");
    assertThat(checks("watchdog: {device: /dev/watchdog}\n"))
        .allSatisfy(each -> assertThat(each.verdict()).isEqualTo(Verdict.OK))
        .extracting(HostChecks.Check::check)
        .containsExactly("names", "address", "port", "clock", "watchdog", "agents");
  }

  @Test
  void names() {
    host.names.remove("b");
    finds(Verdict.NOTE, "names", "put \"10.0.0.2 b\" into /etc/hosts");
    host.names.put("a", List.of("127.0.1.1"));
    finds(Verdict.NOTE, "names", "a resolves to 127.0.1.1 here");
  }

  @Test
  void addresses() {
    host.addresses = List.of("127.0.0.1", "10.0.0.7");
    finds(
        Verdict.ERROR,
        "address",
        "10.0.0.1 is on no interface of this machine, which has 10.0.0.7");
    host.addresses = List.of("10.0.0.1", "10.0.0.2");
    finds(Verdict.ERROR, "address", "10.0.0.2 is the address of b");
  }

  @Test
  void ports() {
    host.udpProblem = "another program has it";
    finds(Verdict.ERROR, "port", "UDP 5405 of 10.0.0.1 cannot be used: another program has it");
    host.running = true;
    finds(Verdict.OK, "port", "used by the node that runs here");
  }

  @Test
  void clocks() {
    host.clock = new Host.ClockState(Host.ClockState.Kind.FREE, "not set by NTP");
    finds(Verdict.NOTE, "clock", "not set by NTP: ");
  }

  @Test
  void watchdogs() {
    finds(Verdict.NOTE, "watchdog", "none: a node that is cut off");
    finds("watchdog: {device: /dev/watchdog}\n", Verdict.ERROR, "watchdog", "no /dev/watchdog");
    host.watchdogs.put("/dev/watchdog0", "softdog, in use");
    finds(Verdict.NOTE, "watchdog", "/dev/watchdog0 (softdog, in use) is there and not used");
    finds("watchdog: {device: /dev/watchdog}\n", Verdict.ERROR, "watchdog", "by another program");
  }

  @Test
  void agents() {
    host.agents.clear();
    finds(Verdict.NOTE, "agents", "install resource-agents");
    finds(Verdict.NOTE, "agents", "install fence-agents");
  }

  @Test
  void namesThatResolveGiveAddresses() {
    NewCluster cluster = NewCluster.of("web", List.of("a", "b=fd00::2"), "/dev/watchdog", host);
    assertThat(cluster.nodeFile("/etc/ringward/authkey"))
        .contains("{name: a, id: 1, address: 10.0.0.1}", "{name: b, id: 2, address: \"fd00::2\"}")
        .contains("\nwatchdog: {device: /dev/watchdog}\n")
        .doesNotContain("paths:");
  }
}
