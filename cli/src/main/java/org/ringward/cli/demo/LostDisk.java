package org.ringward.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ringward.cli.demo.RegionRehearsal.Observation;
import org.ringward.client.LeaseException;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.OperatorException;

/**
 * One node loses a disk that a program on each node shares: that program only reads, a peer takes
 * over its journal, nobody is fenced, and after the repair it goes on.
 */
final class LostDisk {
  private static final long BOUND_NANOS = 30_000_000_000L;
  private static final long LOOK_MILLIS = 2;
  private static final int RECORDS = 10;
  private static final int DISK_BYTES = 1 << 20;

  private final Lab lab;
  private final Control control;
  private final Workspace workspace;
  private final EventLog log;
  private int runs;

  LostDisk(Lab lab, Control control, Workspace workspace, EventLog log) {
    this.lab = lab;
    this.control = control;
    this.workspace = workspace;
    this.log = log;
  }

  /** Goes through it and mends everything. */
  Observation run(String victim) {
    StoreDisk made;
    try {
      made = new StoreDisk(workspace.path("store" + ++runs), DISK_BYTES, lab.nodes());
    } catch (OperatorException e) {
      return new Observation("not run, it needs root and loop devices: " + e.getMessage(), null);
    }
    List<StoreProgram> programs = new ArrayList<>();
    try (StoreDisk disk = made) {
      try {
        for (String node : lab.nodes()) {
          Path socket = lab.socket(node).resolveSibling("lease.sock");
          programs.add(new StoreProgram(node, lab.nodes(), socket, disk.device(node)));
        }
        return lose(disk, programs, victim);
      } finally {
        close(programs);
      }
    } catch (IOException | LeaseException e) {
      return Observation.failed("the programs did not start: " + e.getMessage());
    }
  }

  private static void close(List<StoreProgram> programs) throws IOException {
    for (StoreProgram each : programs) {
      each.close();
    }
  }

  private Optional<List<?>> fencing() {
    return control.quorateStatus().map(StatusReport::fencing);
  }

  private Observation lose(StoreDisk disk, List<StoreProgram> programs, String victim) {
    if (!await(() -> programs.stream().allMatch(each -> each.written() >= RECORDS))) {
      return Observation.failed("the programs do not share the disk: " + told(programs));
    }
    Optional<List<?>> fencing = fencing();
    StoreProgram loser = of(programs, victim);
    long token = loser.token();
    log.add("taking the shared disk from " + victim);
    long began = System.nanoTime();
    disk.cut(victim);
    if (!await(loser::readsOnly)) {
      return Observation.failed("the program on " + victim + " has not noticed");
    }
    if (!await(() -> successor(programs, victim).isPresent())) {
      return Observation.failed("nobody has taken over: " + told(programs));
    }
    String taken = millis(began);
    StoreProgram successor = successor(programs, victim).orElseThrow();
    long before = successor.written();
    if (!await(() -> successor.written() >= before + RECORDS) || !loser.readsOnly()) {
      return Observation.failed("the others do not go on: " + told(programs));
    }
    log.add("giving the shared disk back to " + victim);
    began = System.nanoTime();
    disk.mend(victim);
    if (!await(() -> loser.writes() && loser.token() > token)) {
      return Observation.failed(victim + " is not back online: " + told(programs));
    }
    if (!fencing().equals(fencing)) {
      return Observation.failed("somebody was fenced");
    }
    return new Observation(
        "%s %s; %s %s after %s; nobody fenced; back online with a larger token %s after the repair"
            .formatted(
                victim,
                loser.story().getFirst(),
                successor.node(),
                successor.story().getLast(),
                taken,
                millis(began)),
        null);
  }

  private static Optional<StoreProgram> successor(List<StoreProgram> programs, String victim) {
    return programs.stream()
        .filter(each -> each.story().stream().anyMatch(line -> tookOver(line, victim)))
        .findFirst();
  }

  private static boolean tookOver(String line, String victim) {
    return line.startsWith("took over ") && line.endsWith(" records of " + victim);
  }

  private static StoreProgram of(List<StoreProgram> programs, String node) {
    return programs.stream().filter(each -> each.node().equals(node)).findFirst().orElseThrow();
  }

  private static boolean await(BooleanSupplier condition) {
    return Patience.await(BOUND_NANOS, LOOK_MILLIS, condition);
  }

  private static String millis(long began) {
    return String.format(Locale.ROOT, "%d ms", (System.nanoTime() - began) / 1_000_000);
  }

  private static String told(List<StoreProgram> programs) {
    List<String> told = new ArrayList<>();
    programs.forEach(
        each -> told.add("%s wrote %d, %s".formatted(each.node(), each.written(), each.story())));
    return String.join("; ", told);
  }
}
