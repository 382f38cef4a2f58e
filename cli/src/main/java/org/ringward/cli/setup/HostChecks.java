package org.ringward.cli.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;

/** Looks whether a machine can be the node that its settings say. */
public final class HostChecks {
  /** How a check ended. */
  public enum Verdict {
    OK,
    /** It works like this, but a person should know. */
    NOTE,
    /** The node could not run. */
    ERROR
  }

  /**
   * One check.
   *
   * @param check what was looked at: name, address, port, clock, watchdog, agents
   * @param sentence what was found, and what to do about it
   */
  public record Check(String check, Verdict verdict, String sentence) {}

  private final NodeSettings settings;
  private final Host host;
  private final List<Check> checks = new ArrayList<>();

  private HostChecks(NodeSettings settings, Host host) {
    this.settings = settings;
    this.host = host;
  }

  /** All checks, in the order in which a person would look. */
  public static List<Check> of(NodeSettings settings, Host host) {
    HostChecks checks = new HostChecks(settings, host);
    checks.names();
    checks.addresses();
    checks.ports();
    checks.clock();
    checks.watchdog();
    checks.agents();
    return List.copyOf(checks.checks);
  }

  private void add(String check, Verdict verdict, String sentence) {
    checks.add(new Check(check, verdict, sentence));
  }

  /** The ring needs no names, but people, ssh and many agents do. */
  private void names() {
    List<String> good = new ArrayList<>();
    for (Member member : settings.members()) {
      List<String> found = host.resolve(member.name());
      boolean right =
          found.stream()
              .anyMatch(
                  each -> member.addresses().stream().anyMatch(own -> Addresses.same(own, each)));
      if (right) {
        good.add(member.name());
      } else if (found.isEmpty()) {
        add(
            "names",
            Verdict.NOTE,
            ("%s does not resolve here: the ring uses addresses, but people and agents use names;"
                    + " put \"%s %s\" into /etc/hosts")
                .formatted(member.name(), member.address(), member.name()));
      } else {
        add(
            "names",
            Verdict.NOTE,
            "%s resolves to %s here, its address in the cluster is %s: agents that go by names would miss it"
                .formatted(member.name(), String.join(", ", found), member.address()));
      }
    }
    if (!good.isEmpty()) {
      add("names", Verdict.OK, "%s: as in the node file".formatted(String.join(", ", good)));
    }
  }

  private void addresses() {
    List<String> here = host.addresses();
    for (Member member : settings.members()) {
      for (String address : member.addresses()) {
        boolean found = here.stream().anyMatch(each -> Addresses.same(each, address));
        if (member.name().equals(settings.nodeName())) {
          own(address, found, here);
        } else if (found) {
          add(
              "address",
              Verdict.ERROR,
              "%s is the address of %s in the node file, and one of this machine, node %s"
                  .formatted(address, member.name(), settings.nodeName()));
        }
      }
    }
  }

  private void own(String address, boolean found, List<String> here) {
    if (!found) {
      List<String> candidates = here.stream().filter(Addresses::isReachable).toList();
      add(
          "address",
          Verdict.ERROR,
          "%s is on no interface of this machine, which has %s"
              .formatted(
                  address,
                  candidates.isEmpty() ? "none that others reach" : String.join(", ", candidates)));
    } else if (!Addresses.isReachable(address)) {
      add(
          "address",
          Verdict.NOTE,
          "%s: no other machine reaches it, only this one".formatted(address));
    } else {
      add("address", Verdict.OK, "%s is on an interface of this machine".formatted(address));
    }
  }

  private void ports() {
    boolean running = host.listens(settings.paths().socket());
    Member self = settings.self();
    List<LinkSettings.Interface> links = settings.links().interfaces();
    for (int at = 0; at < links.size() && at < self.addresses().size(); at++) {
      String address = self.addresses().get(at);
      int port = links.get(at).port();
      String problem = running ? null : host.udpProblem(address, port);
      if (problem == null) {
        String how = running ? "used by the node that runs here" : "free";
        add("port", Verdict.OK, "UDP %d of %s is %s".formatted(port, address, how));
      } else if (host.addresses().stream().anyMatch(each -> Addresses.same(each, address))) {
        add(
            "port",
            Verdict.ERROR,
            "UDP %d of %s cannot be used: %s (corosync uses this port, too); say another one by totem.port in all node files"
                .formatted(port, address, problem));
      }
    }
  }

  private void clock() {
    Host.ClockState clock = host.clock();
    switch (clock.kind()) {
      case SYNCHRONIZED -> add("clock", Verdict.OK, clock.detail());
      case FREE ->
          add(
              "clock",
              Verdict.NOTE,
              "%s: nothing depends on it but the times of rules and of the timeline; install chrony or turn systemd-timesyncd on"
                  .formatted(clock.detail()));
      case UNKNOWN -> add("clock", Verdict.NOTE, clock.detail());
    }
  }

  private void watchdog() {
    Map<String, String> found = host.watchdogs();
    String wanted = settings.watchdog().device();
    if (settings.watchdog().isPresent()) {
      String state = watchdog(found, wanted);
      if (state == null) {
        add(
            "watchdog",
            Verdict.ERROR,
            "there is no %s; this machine has %s (the driver softdog makes one where the hardware has none)"
                .formatted(
                    wanted, found.isEmpty() ? "no watchdog" : String.join(", ", found.keySet())));
      } else if (state.contains("in use") && !host.listens(settings.paths().socket())) {
        add("watchdog", Verdict.ERROR, "%s (%s) by another program".formatted(wanted, state));
      } else {
        add("watchdog", Verdict.OK, "%s (%s)".formatted(wanted, state));
      }
    } else if (found.isEmpty()) {
      add(
          "watchdog",
          Verdict.NOTE,
          "none: a node that is cut off is proven down by a fencing device or a person only");
    } else {
      Map.Entry<String, String> first = new TreeMap<>(found).firstEntry();
      add(
          "watchdog",
          Verdict.NOTE,
          "%s (%s) is there and not used; watchdog: {device: %s} in the node files makes it a proof"
              .formatted(first.getKey(), first.getValue(), first.getKey()));
    }
  }

  /** /dev/watchdog is the first of them by another name. */
  private static @Nullable String watchdog(Map<String, String> found, String device) {
    return device.equals("/dev/watchdog") ? found.get("/dev/watchdog0") : found.get(device);
  }

  private void agents() {
    Map<String, SortedSet<String>> all = host.agents();
    int ocf = count(all, "ocf");
    int fence = count(all, "stonith");
    if (ocf == 0) {
      add(
          "agents",
          Verdict.NOTE,
          "no OCF agents in /usr/lib/ocf/resource.d: install resource-agents, or use systemd units only");
    }
    if (fence == 0) {
      add(
          "agents",
          Verdict.NOTE,
          "no fence agents in /usr/sbin: install fence-agents; without fencing a lost node holds its services up");
    }
    if (ocf > 0 && fence > 0) {
      add("agents", Verdict.OK, "%d OCF agents and %d fence agents".formatted(ocf, fence));
    }
  }

  private static int count(Map<String, SortedSet<String>> all, String kind) {
    SortedSet<String> found = all.get(kind);
    return found == null ? 0 : found.size();
  }
}
