package org.ringward.cli.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ringward.cli.holders.Holders;
import org.ringward.cli.holders.Uses;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.PlanReport.Change;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.cib.Clone;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;

/**
 * Before something stops: what else stops, is restarted or moves, and who uses what is about to go
 * away. A person at the terminal is asked when others would stop or restart; a script is told, and
 * goes on.
 */
final class BeforeStop {
  private static final List<String> HURTS = List.of("Stop", "Restart");
  private static final List<String> LEAVES = List.of("Stop", "Restart", "Move", "Migrate");

  private final ClusterCommand command;
  private final PlanReport plan;
  private final Configuration now;

  BeforeStop(ClusterCommand command, PlanReport plan, Configuration now) {
    this.command = command;
    this.plan = plan;
    this.now = now;
  }

  /**
   * Tells; false when the person said no.
   *
   * @param named what the command is about; that it stops is no news
   * @param asks whether a person is to be asked
   */
  boolean goOn(Collection<String> named, boolean asks) {
    List<Change> others = others(named);
    var errors = command.environment().errors();
    others.forEach(each -> errors.println(sentence(each, named.isEmpty() ? "" : " too")));
    users().forEach(errors::println);
    boolean hurts = others.stream().anyMatch(this::hurts);
    return !asks
        || !hurts
        || !command.environment().inputIsTerminal()
        || new Question(command.environment()).yes("Go on?");
  }

  /** The plan with those who use what stops among its warnings. */
  PlanReport withUsers() {
    List<String> warnings = new ArrayList<>(plan.warnings());
    warnings.addAll(users());
    return new PlanReport(
        plan.version(),
        plan.digest(),
        plan.applied(),
        plan.configurationChanges(),
        plan.changes(),
        warnings,
        plan.timeouts(),
        plan.outlook());
  }

  /** What was not named, and is not part of it or around it. */
  private List<Change> others(Collection<String> named) {
    List<String> own = new ArrayList<>(named);
    for (String each : named) {
      Resource resource = now.resource(each);
      if (resource != null) {
        resource.primitives().forEach(inner -> own.add(inner.id()));
      }
    }
    return plan.changes().stream()
        .filter(BeforeStop::leaves)
        .filter(each -> !own.contains(bare(each.resource())))
        .toList();
  }

  private static boolean leaves(Change change) {
    return !change.from().isEmpty() && LEAVES.contains(change.action());
  }

  /** An instance of a clone that stops leaves the others running. */
  private boolean hurts(Change change) {
    return HURTS.contains(change.action())
        && now.resources().stream()
            .filter(Clone.class::isInstance)
            .flatMap(each -> each.primitives().stream())
            .noneMatch(each -> each.id().equals(bare(change.resource())));
  }

  /** The id without the number of an instance. */
  private static String bare(String resource) {
    return resource.replaceFirst(":.*", "");
  }

  private static String sentence(Change change, String too) {
    return switch (change.action()) {
      case "Stop" -> "%s stops%s on %s.".formatted(change.resource(), too, change.from());
      case "Restart" -> "%s is restarted%s on %s.".formatted(change.resource(), too, change.from());
      default ->
          "%s moves%s, from %s to %s."
              .formatted(change.resource(), too, change.from(), change.to());
    };
  }

  /** Who uses what is about to go away, as far as this machine can know; a sentence each. */
  private List<String> users() {
    List<Primitive> here = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    Set<String> nodes = new LinkedHashSet<>();
    String self = "";
    for (Change each : plan.changes()) {
      if (leaves(each) && now.resource(bare(each.resource())) instanceof Primitive written) {
        Primitive resource = now.effective(written);
        if (Uses.any(resource)) {
          self = self.isEmpty() ? self() : self;
          if (each.from().equals(self)) {
            here.add(resource);
          } else {
            names.add(resource.id());
            nodes.add(each.from());
          }
        }
      }
    }
    Holders holders = Holders.here();
    List<String> sentences = new ArrayList<>();
    here.forEach(each -> sentences.addAll(Uses.sentences(each, holders)));
    if (!names.isEmpty()) {
      sentences.add(
          "Who uses %s can be seen on %s only: give this command there with --dry-run."
              .formatted(String.join(", ", names), String.join(", ", nodes)));
    }
    return sentences;
  }

  private String self() {
    return ClusterCommand.report(
            command.ask(Verb.STATUS, ClusterCommand.options()), StatusReport.class)
        .node();
  }
}
