package org.ringward.sim.rehearsal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.ringward.core.admin.RehearsalReport;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.DeviceSettings;
import org.ringward.sim.rehearsal.RehearsalFault.Kind;

/**
 * Runs a cluster's own configuration in the simulator under every single fault, and on demand under
 * pairs of them: a new simulated cluster of production nodes for each. The same input gives the
 * same report.
 */
public final class Rehearsal {
  private final RehearsalInput input;
  private final RehearsalCast cast;

  private Rehearsal(RehearsalInput input) {
    this.input = input;
    this.cast = new RehearsalCast(input);
  }

  /**
   * Rehearses.
   *
   * @param pairs also two nodes off at once, and a node off with each link and region cut
   * @param jobs how many clusters are played at the same time
   * @param done told how many faults are done, in any thread
   * @throws OperatorException when the configuration is refused or the cluster does not settle
   */
  public static RehearsalReport of(
      RehearsalInput input, boolean pairs, int jobs, IntConsumer done) {
    return new Rehearsal(input).run(pairs, jobs, done);
  }

  private RehearsalReport run(boolean pairs, int jobs, IntConsumer done) {
    long began = System.nanoTime();
    SortedMap<String, SortedSet<Integer>> places = new RehearsalRun(cast, input).rehearseNothing();
    List<List<RehearsalFault>> faults = singles(places);
    if (pairs) {
      faults.addAll(pairs());
    }
    List<RehearsalReport.Case> cases = play(faults, jobs, done);
    List<String> notes = new ArrayList<>(cast.notes());
    notes.add(
        "the simulated network does not say that nobody listens: a killed daemon is noticed by its"
            + " silence, really often sooner");
    return new RehearsalReport(
        input.settings().clusterName(),
        input.version(),
        cast.names().size(),
        cast.services().size(),
        (System.nanoTime() - began) / 1_000_000,
        cases,
        notes);
  }

  private List<RehearsalReport.Case> play(
      List<List<RehearsalFault>> faults, int jobs, IntConsumer done) {
    int[] count = new int[1];
    try (ExecutorService workers = Executors.newFixedThreadPool(jobs)) {
      List<Future<RehearsalReport.Case>> running = new ArrayList<>();
      for (List<RehearsalFault> each : faults) {
        running.add(
            workers.submit(() -> {
              RehearsalReport.Case played = new RehearsalRun(cast, input).rehearse(each);
              synchronized (count) {
                done.accept(++count[0]);
              }
              return played;
            }));
      }
      List<RehearsalReport.Case> cases = new ArrayList<>();
      for (Future<RehearsalReport.Case> each : running) {
        cases.add(each.get());
      }
      return cases;
    } catch (ExecutionException broken) {
      if (broken.getCause() instanceof OperatorException refused) {
        throw refused;
      }
      throw new IllegalStateException("the simulator itself broke", broken.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private List<List<RehearsalFault>> singles(SortedMap<String, SortedSet<Integer>> places) {
    List<List<RehearsalFault>> faults = new ArrayList<>();
    for (String node : cast.names()) {
      faults.add(List.of(fault(Kind.NODE_OFF, node)));
    }
    for (String node : cast.names()) {
      faults.add(List.of(fault(Kind.NODE_CUT, node)));
      if (!cast.regions().isEmpty()) {
        faults.add(List.of(fault(Kind.NODE_ISOLATED, node)));
      }
    }
    for (String node : cast.names()) {
      faults.add(List.of(fault(Kind.DAEMON_KILLED, node)));
    }
    media().forEach(each -> faults.add(List.of(each)));
    cast.devices()
        .forEach((device, hosts) -> {
          if (!hosts.isEmpty()) {
            faults.add(
                List.of(
                    fault(Kind.DEVICE_FAILS, device),
                    fault(Kind.NODE_OFF, busiest(hosts, places))));
          }
        });
    DeviceSettings device = cast.quorumDevice();
    if (device.isPresent() && device.model() != DeviceSettings.Model.DISK) {
      faults.add(List.of(fault(Kind.QUORUM_DEVICE_OFF, "")));
    }
    places.forEach((resource, nodes) -> {
      if (!resource.contains(" ")) {
        String node = cast.names().get(nodes.first() - 1);
        faults.add(List.of(new RehearsalFault(Kind.RESOURCE_FAILS, resource, node)));
      }
    });
    return faults;
  }

  private List<RehearsalFault> media() {
    List<RehearsalFault> media = new ArrayList<>();
    for (int link = 0; link < cast.links(); link++) {
      media.add(fault(Kind.LINK_CUT, Integer.toString(link)));
    }
    cast.regions().forEach(region -> media.add(fault(Kind.REGION_CUT, region.name())));
    return media;
  }

  private List<List<RehearsalFault>> pairs() {
    List<List<RehearsalFault>> pairs = new ArrayList<>();
    for (int one = 0; one < cast.names().size(); one++) {
      RehearsalFault off = fault(Kind.NODE_OFF, cast.names().get(one));
      for (int other = one + 1; other < cast.names().size(); other++) {
        pairs.add(List.of(off, fault(Kind.NODE_OFF, cast.names().get(other))));
      }
      media().forEach(each -> pairs.add(List.of(off, each)));
    }
    return pairs;
  }

  private static RehearsalFault fault(Kind kind, String subject) {
    return new RehearsalFault(kind, subject, "");
  }

  /** The node that would be missed most. */
  private String busiest(List<String> nodes, SortedMap<String, SortedSet<Integer>> places) {
    return nodes.stream()
        .max(
            Comparator.comparingLong(node -> {
              int id = cast.names().indexOf(node) + 1;
              return places.values().stream().filter(each -> each.contains(id)).count();
            }))
        .orElseThrow();
  }
}
