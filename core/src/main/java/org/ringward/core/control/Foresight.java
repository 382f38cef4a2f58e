package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.RegionSettings;
import org.ringward.core.policy.Outlook;

/**
 * Adds to a plan what every single failure would lead to. Each failure is a work of its own, so
 * that the coordinator's next plan, which is worked out by the same thread, waits for one at most.
 */
final class Foresight {
  /** Of a cluster with thousands of resources not every failure is tried while a person waits. */
  private static final int FAULTS_MAX = 400;

  private final Workbench workbench;
  private final Cib cib;
  private final long seconds;
  private final Outlook.Surroundings around;
  private final List<String> doubts;

  Foresight(
      NodeSettings settings,
      ClusterControl control,
      OperatorDesk.QuorumForesight votes,
      ClusterState state,
      Configuration wanted,
      Moment now) {
    this.workbench = control.workbench();
    this.cib = WatchdogProof.known(state.cib().withConfiguration(wanted));
    this.seconds = now.wallSeconds();
    this.doubts = ClusterTiming.doubts(settings, state, wanted);
    ClusterState then = new ClusterState(state.primary(), cib);
    this.around =
        new Outlook.Surroundings(
            settings.self().addresses().size(),
            settings.regions().regions().stream().map(RegionSettings.Region::name).toList(),
            votes.spared(),
            votes.alone(),
            wanted.nodes().stream()
                .map(NodeEntry::uname)
                .filter(name -> WatchdogProof.covers(then, name))
                .toList());
  }

  /**
   * Has a plan worked out and then what may happen later.
   *
   * @param then told once, in the node's thread
   */
  void after(Supplier<PlanReport> plan, Consumer<PlanReport> then) {
    workbench.submit(
        plan,
        report ->
            workbench.submit(
                () -> Outlook.of(cib, seconds, around), outlook -> look(report, outlook, then)));
  }

  private void look(PlanReport report, Outlook outlook, Consumer<PlanReport> then) {
    List<Outlook.Fault> faults = outlook.faults();
    List<Supplier<PlanReport.Failure>> works =
        faults.stream()
            .limit(FAULTS_MAX)
            .<Supplier<PlanReport.Failure>>map(fault -> () -> failure(outlook.outcome(fault)))
            .toList();
    workbench.submitEach(works, found -> then.accept(report.foreseen(times(faults.size()), found)));
  }

  private List<String> times(int faults) {
    List<String> sentences = new ArrayList<>(doubts);
    if (faults > FAULTS_MAX) {
      sentences.add("%d more single failures were not tried".formatted(faults - FAULTS_MAX));
    }
    return sentences;
  }

  private static PlanReport.Failure failure(Outlook.Outcome outcome) {
    return new PlanReport.Failure(
        outcome.fault().part().text(),
        outcome.fault().subject(),
        outcome.verdict().text(),
        outcome.sentence(),
        outcome.effects());
  }
}
