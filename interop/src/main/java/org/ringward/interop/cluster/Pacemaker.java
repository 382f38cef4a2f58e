package org.ringward.interop.cluster;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;
import org.ringward.interop.lab.Processes;
import org.ringward.interop.lab.Programs;

/** An unmodified Pacemaker on the real nodes of a ring, with a few resources and no fencing. */
public final class Pacemaker {
  private static final String PROGRAM = "/usr/sbin/pacemakerd";
  private static final long START_SECONDS = 90;
  private static final int RESOURCES = 3;
  private static final Set<String> DAEMONS =
      Set.of(
          "pacemakerd",
          "pacemaker-based",
          "pacemaker-fence",
          "pacemaker-execd",
          "pacemaker-attrd",
          "pacemaker-sched",
          "pacemaker-contr");

  private final List<Machine> machines;
  private final Map<Long, String> daemons = new HashMap<>();

  private Pacemaker(List<Machine> machines) {
    this.machines = machines;
  }

  /** Starts it on all real nodes of the ring and waits until its resources run. */
  public static Pacemaker start(MixedRing ring) {
    Pacemaker pacemaker =
        new Pacemaker(
            ring.nodes().stream().filter(node -> !node.isOwn()).map(Node::machine).toList());
    pacemaker.machines.forEach(Pacemaker::start);
    pacemaker.configure();
    pacemaker.awaitHealthy(START_SECONDS);
    pacemaker.machines.forEach(pacemaker::remember);
    return pacemaker;
  }

  private static void start(Machine machine) {
    try {
      Programs.builder(machine.inside(List.of(PROGRAM)))
          .redirectErrorStream(true)
          .redirectOutput(machine.directory().resolve("pacemaker.out").toFile())
          .start();
    } catch (IOException e) {
      throw new LabException("pacemakerd does not start: " + e.getMessage(), e);
    }
  }

  private void configure() {
    Machine one = machines.getFirst();
    boolean set =
        Patience.await(
            START_SECONDS,
            () ->
                one.run("crm_attribute", "-t", "crm_config", "-n", "stonith-enabled", "-v", "false")
                    .ok());
    if (!set) {
      throw new LabException("Pacemaker took no configuration within " + START_SECONDS + " s");
    }
    for (int number = 1; number <= RESOURCES; number++) {
      String id = "dummy" + number;
      String operations =
          "<operations><op id='" + id + "-monitor' name='monitor' interval='2s'/></operations>";
      String xml =
          "<primitive id='"
              + id
              + "' class='ocf' provider='pacemaker' type='Dummy'>"
              + operations
              + "</primitive>";
      Programs.Ended ended = one.run("cibadmin", "-C", "-o", "resources", "-X", xml);
      if (!ended.ok()) {
        throw new LabException("cibadmin: " + ended.output());
      }
    }
  }

  private void remember(Machine machine) {
    machine.processes().stream()
        .filter(pid -> DAEMONS.contains(Processes.name(pid)))
        .forEach(pid -> daemons.put(pid, machine.name() + " " + Processes.name(pid)));
  }

  /** Waits until all real nodes say that they are online together and all resources run. */
  public void awaitHealthy(long seconds) {
    String[] last = {""};
    if (!Patience.await(seconds, () -> machines.stream().allMatch(each -> healthy(each, last)))) {
      throw new LabException("Pacemaker is not well within " + seconds + " s: " + last[0]);
    }
    daemons.forEach((pid, name) -> {
      if (!Processes.alive(pid)) {
        throw new LabException("Pacemaker's " + name + " ended");
      }
    });
  }

  private boolean healthy(Machine machine, String[] last) {
    last[0] = machine.run("crm_mon", "-1").output();
    String online =
        last[0].lines().filter(line -> line.contains("Online: [")).findFirst().orElse("");
    Set<String> names =
        new TreeSet<>(List.of(online.replaceAll(".*\\[|\\].*", "").strip().split(" ", -1)));
    long started = last[0].lines().filter(line -> line.contains("Started n")).count();
    boolean partitionIsQuorate = last[0].contains("partition with quorum");
    return partitionIsQuorate
        && started == RESOURCES
        && names.equals(new TreeSet<>(machines.stream().map(Machine::name).toList()));
  }
}
