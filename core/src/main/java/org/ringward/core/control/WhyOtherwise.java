package org.ringward.core.control;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Resource;
import org.ringward.core.policy.Alternatives;

/** Adds to an answer what, if it alone were different, would have changed a resource's place. */
final class WhyOtherwise {
  private final Workbench workbench;
  private final Cib cib;
  private final Resource resource;
  private final long seconds;

  WhyOtherwise(Workbench workbench, ClusterState state, Resource resource, Moment now) {
    this.workbench = workbench;
    this.cib = AccessView.of(WatchdogProof.known(state.cib()));
    this.resource = resource;
    this.seconds = now.wallSeconds();
  }

  /**
   * Has the answer worked out, then every change tried.
   *
   * @param then told once, in the node's thread
   */
  void after(Supplier<WhyReport> answer, Consumer<WhyReport> then) {
    workbench.submit(
        answer,
        report ->
            workbench.submit(
                () -> Alternatives.of(cib, seconds, resource),
                alternatives -> tryAll(report, alternatives, then)));
  }

  private void tryAll(WhyReport report, Alternatives alternatives, Consumer<WhyReport> then) {
    List<Supplier<Optional<WhyReport.Difference>>> works =
        alternatives.trials().stream()
            .<Supplier<Optional<WhyReport.Difference>>>map(
                trial -> () -> difference(alternatives.outcome(trial)))
            .toList();
    workbench.submitEach(
        works,
        found -> then.accept(report.differing(found.stream().flatMap(Optional::stream).toList())));
  }

  private static Optional<WhyReport.Difference> difference(
      Alternatives.@Nullable Difference found) {
    return Optional.ofNullable(found)
        .map(each -> new WhyReport.Difference(each.change(), each.outcome()));
  }
}
