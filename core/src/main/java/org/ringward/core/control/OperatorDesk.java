package org.ringward.core.control;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.GuardReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.NodeSet;
import org.ringward.core.base.OperatorException;
import org.ringward.core.base.SavedConfiguration;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Resource;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Operators;

/**
 * Answers the operators at this node. Questions are answered from the agreed state, at once or when
 * that was worked out in the background; orders go through the total order, and an order that
 * changed the configuration is answered only when a majority of the votes has it on disk.
 */
public final class OperatorDesk implements ClusterControl.OrderListener {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** Questions whose answer would be wrong on a node that knows only what is on its own disk. */
  private static final Set<AdminRequest.Verb> NEEDS_THE_CONFIGURATION =
      EnumSet.of(AdminRequest.Verb.CONFIGURATION, AdminRequest.Verb.PLAN, AdminRequest.Verb.WHY);

  private NodeSettings settings;
  private final ClusterControl control;
  private final Operators operators;
  private final Answers answers;
  private final ClusterLookout lookout;
  private final RingView ringView;
  private final Map<Long, Waiting> waiting = new TreeMap<>();
  private long lastOrder;

  /** Whether this node was in an agreed view since its start. */
  private boolean hasAgreed;

  private Moment now = new Moment(0, 0);

  /** An order on its way; once applied it waits for the disks when it changed the configuration. */
  private static final class Waiting {
    final long request;
    final AdminRequest asked;
    final long until;
    final ClusterState before;
    boolean applied;

    /** What the disks must hold before it is answered, null when nothing was changed. */
    @Nullable StateKey durable;

    @Nullable AdminReply reply;

    Waiting(long request, AdminRequest asked, long until, ClusterState before) {
      this.request = request;
      this.asked = asked;
      this.until = until;
      this.before = before;
    }
  }

  public OperatorDesk(
      NodeSettings settings, ClusterControl control, RingView ringView, Operators operators) {
    this.settings = settings;
    this.control = control;
    this.operators = operators;
    this.ringView = ringView;
    this.answers = new Answers(settings, control, ringView);
    this.lookout = new ClusterLookout(settings.nodeName(), control, answers);
    control.listen(this);
  }

  /** For those who show the cluster without asking. */
  public ClusterLookout lookout() {
    return lookout;
  }

  /**
   * Who may go on without whom.
   *
   * @param spared names of nodes without which the others may go on
   * @param alone names of nodes that may go on when they reach no other
   */
  public record QuorumForesight(List<String> spared, List<String> alone) {
    /** Nobody may. */
    public static final QuorumForesight NONE = new QuorumForesight(List.of(), List.of());
  }

  /** What the ring says about itself, for status. */
  public interface RingView {
    /** operational, gather, commit or recovery. */
    String state();

    /** Ring id as representative/sequence. */
    String ring();

    /** What would happen to quorum, a sentence each. */
    default List<String> quorumOutlook() {
      return List.of();
    }

    /** Who may go on without whom, by the votes of the moment. */
    default QuorumForesight quorumForesight() {
      return QuorumForesight.NONE;
    }

    /** What is wrong beside the ring, a sentence each. */
    default List<String> warnings() {
      return List.of();
    }

    /** How this node fares itself. */
    GuardReport guard(Moment now);
  }

  /** Where it is kept what operators tell of rehearsals and drills. */
  public void exercises(Exercises kept) {
    answers.exercises(kept);
  }

  /** Other votes of the same nodes. */
  public void reconfigured(NodeSettings changed) {
    settings = changed;
  }

  public void asked(long requestId, AdminRequest request, Moment at) {
    now = at;
    AdminReply reply;
    try {
      reply = answerOrOrder(requestId, request);
    } catch (OperatorException e) {
      reply = AdminReply.failed(e.exitCode().number(), e.sentence());
    }
    if (reply != null) {
      operators.reply(requestId, reply);
    }
  }

  /** Null when the answer comes later. */
  private @Nullable AdminReply answerOrOrder(long requestId, AdminRequest request) {
    hasAgreed |= control.isAgreed();
    if (!hasAgreed && NEEDS_THE_CONFIGURATION.contains(request.verb())) {
      return AdminReply.failed(
          ExitCode.UNAVAILABLE.number(),
          settings.nodeName()
              + " has just started and has not agreed with the other nodes yet, so it cannot know the"
              + " configuration in force; try again soon ('ringward status' shows how far it is)");
    }
    return switch (request.verb()) {
      case STATUS -> AdminReply.of(answers.status(now));
      case CONFIGURATION -> AdminReply.of(answers.configuration(request));
      case WHY -> why(requestId, request);
      case TRANSITION -> AdminReply.of(control.story().transition().report(settings.nodeName()));
      case TIMELINE ->
          AdminReply.of(
              request.option("incidents", "false").equals("true")
                  ? answers.incidents(request, now)
                  : answers.timeline(request, now));
      case HISTORY -> history(requestId, request);
      case TIMING -> AdminReply.of(ClusterTiming.report(settings, control.state()));
      case FENCING -> AdminReply.of(answers.fencing());
      case LEASES -> AdminReply.of(control.leases().report());
      case PLAN ->
          request.options().containsKey(OrderPlan.OPTION)
              ? planOfOrder(requestId, request)
              : plan(requestId, request);
      case REHEARSAL -> AdminReply.of(answers.exercises().rehearsal());
      case EXERCISED -> {
        answers.exercises().note(request, now.wallMillis());
        yield AdminReply.done("");
      }
      case SHUTDOWN -> {
        control.leave();
        yield AdminReply.done(settings.nodeName() + " hands its resources over and leaves");
      }
      case APPLY -> {
        AdminRequest normalized = Documents.normalized(request, control.state());
        ClusterTiming.check(settings, control.state(), normalized);
        yield order(requestId, normalized, request);
      }
      case MOVE,
          BAN,
          CLEAR,
          STANDBY,
          MAINTENANCE,
          CLEANUP,
          RESTART,
          TICKET,
          FENCE,
          CONFIRM,
          QUORUM_FORCE ->
          order(requestId, request, request);
      case QUORUM_EXPECTED_VOTES -> expectVotes(requestId, request);
      case RING_STATUS, RING_LINKS, RING_RELOAD, QUORUM_STATUS, REGIONS, INQUIRE ->
          AdminReply.failed(
              ExitCode.SOFTWARE.number(), "the ring's verbs are answered before they come here");
    };
  }

  private @Nullable AdminReply history(long requestId, AdminRequest request) {
    List<SavedConfiguration> entries = control.story().history().entries();
    String node = settings.nodeName();
    if (request.options().containsKey("version")) {
      return AdminReply.of(ConfigurationHistory.document(node, entries, request));
    }
    return later(requestId, () -> ConfigurationHistory.report(node, entries));
  }

  /** Has an answer worked out in the background. */
  private @Nullable AdminReply later(
      long requestId, Supplier<? extends AdminReply.Report> question) {
    control
        .workbench()
        .submit(question::get, report -> operators.reply(requestId, AdminReply.of(report)));
    return null;
  }

  /** What would have made it different is tried after the answer was worked out, bit by bit. */
  private @Nullable AdminReply why(long requestId, AdminRequest request) {
    Supplier<WhyReport> answer = answers.why(request, now);
    @Nullable Resource resource = answers.tried(request);
    if (resource == null) {
      return later(requestId, answer);
    }
    new WhyOtherwise(control.workbench(), control.state(), resource, now)
        .after(answer, report -> operators.reply(requestId, AdminReply.of(report)));
    return null;
  }

  private @Nullable AdminReply planOfOrder(long requestId, AdminRequest request) {
    boolean may = control.may(OrderPlan.verb(request.options().get(OrderPlan.OPTION)));
    OrderPlan plan = new OrderPlan(control.state(), request, may, now);
    OperatorOrders.Outcome outcome = plan.outcome();
    return outcome.refused()
        ? AdminReply.failed(outcome.exitCode(), outcome.message())
        : later(requestId, plan::report);
  }

  private @Nullable AdminReply plan(long requestId, AdminRequest request) {
    Supplier<PlanReport> work = plan(request);
    if (!request.option("outlook", "false").equals("true")) {
      return later(requestId, work);
    }
    ClusterState state = control.state();
    Configuration wanted =
        OperatorOrders.merged(state.cib().configuration(), Documents.configuration(request, state));
    new Foresight(settings, control, ringView.quorumForesight(), state, wanted, now)
        .after(work, report -> operators.reply(requestId, AdminReply.of(report)));
    return null;
  }

  private Supplier<PlanReport> plan(AdminRequest request) {
    ClusterState state = control.state();
    Configuration wanted =
        OperatorOrders.merged(state.cib().configuration(), Documents.configuration(request, state));
    List<String> warnings = Documents.warnings(request, state);
    Moment asked = now;
    return () -> Answers.plan(state, wanted, warnings, null, asked);
  }

  private @Nullable AdminReply expectVotes(long requestId, AdminRequest request) {
    @Nullable String objection = control.votes().objection(OperatorOrders.votes(request.options()));
    return objection == null
        ? order(requestId, request, request)
        : AdminReply.failed(ExitCode.UNSAFE.number(), objection);
  }

  private @Nullable AdminReply order(long requestId, AdminRequest normalized, AdminRequest asked) {
    if (!control.isAgreed()) {
      return AdminReply.failed(
          ExitCode.UNAVAILABLE.number(),
          settings.nodeName() + " is not in agreement with a cluster right now; try again soon");
    }
    boolean forces = normalized.verb() == AdminRequest.Verb.QUORUM_FORCE;
    if (forces && control.verdict().quorate()) {
      return AdminReply.failed(
          ExitCode.UNSAFE.number(), "nothing is to be forced: " + control.verdict().reason());
    }
    if (!forces && !control.may(normalized.verb())) {
      return AdminReply.failed(
          ExitCode.NO_QUORUM.number(),
          "nothing can be changed here: "
              + control.verdict().reason()
              + "; 'ringward quorum status' shows what is missing");
    }
    long id = ++lastOrder;
    waiting.put(id, new Waiting(requestId, asked, now.nanos() + PATIENCE_NANOS, control.state()));
    control.order(
        new ClusterMessage.OperatorOrder(
            id,
            normalized.verb(),
            normalized.author(),
            new TreeMap<>(normalized.options()),
            normalized.document(),
            now.wallMillis()));
    return null;
  }

  @Override
  public void applied(long orderId, OperatorOrders.Outcome outcome) {
    Waiting order = waiting.get(orderId);
    if (order == null) {
      return;
    }
    order.applied = true;
    order.durable = isPromise(order, outcome) ? Durability.configurationKey(outcome.state()) : null;
    if (outcome.refused()) {
      order.reply = AdminReply.failed(outcome.exitCode(), outcome.message());
    } else if (order.asked.verb() != AdminRequest.Verb.APPLY) {
      order.reply = AdminReply.done(outcome.message());
    } else {
      tellWhatFollows(order, outcome);
    }
  }

  /**
   * Also what changes nothing says that something is so, and the order that made it so may be on
   * too few disks yet. A confirmation is acted on at once, and is no setting.
   */
  private static boolean isPromise(Waiting order, OperatorOrders.Outcome outcome) {
    return !outcome.refused() && order.asked.verb() != AdminRequest.Verb.CONFIRM;
  }

  private void tellWhatFollows(Waiting order, OperatorOrders.Outcome outcome) {
    List<String> warnings = Documents.warnings(order.asked, order.before);
    Moment asked = now;
    control
        .workbench()
        .submit(
            () ->
                Answers.plan(
                    order.before,
                    outcome.state().cib().configuration(),
                    warnings,
                    outcome.state().version(),
                    asked),
            plan -> order.reply = new AdminReply(0, outcome.message(), plan));
  }

  @Override
  public void stateReplaced() {
    fail(
        waiting.keySet(),
        "the membership changed before a majority confirmed the change; 'ringward config"
            + " history' shows whether it is in force");
  }

  private void fail(Iterable<Long> ids, String sentence) {
    List<Long> failed = new ArrayList<>();
    ids.forEach(failed::add);
    for (Long id : failed) {
      Waiting order = waiting.remove(id);
      if (order != null) {
        operators.reply(order.request, AdminReply.failed(ExitCode.TEMPORARY.number(), sentence));
      }
    }
  }

  public void askerGone(long requestId) {
    waiting.values().removeIf(order -> order.request == requestId);
  }

  /** Answers what became durable and what waited too long. */
  public void turn(Moment at) {
    now = at;
    hasAgreed |= control.isAgreed();
    if (waiting.isEmpty()) {
      return;
    }
    Iterator<Waiting> each = waiting.values().iterator();
    while (each.hasNext()) {
      Waiting order = each.next();
      StateKey key = order.durable;
      AdminReply reply = order.reply;
      if (order.applied && reply != null && (key == null || isDurable(key))) {
        each.remove();
        operators.reply(order.request, reply);
      }
    }
    fail(
        waiting.entrySet().stream()
            .filter(order -> order.getValue().until <= at.nanos())
            .map(Map.Entry::getKey)
            .toList(),
        "no majority of the nodes confirmed the change in time; 'ringward config"
            + " history' shows whether it is in force");
  }

  /**
   * With two_node one vote is quorum, but while both nodes are here both disks must have it. Where
   * a tie breaker or a quorum device made up for missing votes, all disks that are here must.
   */
  private boolean isDurable(StateKey key) {
    int majority = control.verdict().expected() / 2 + 1;
    int here = votes(control.members());
    int wanted = Math.min(here, Math.max(control.verdict().needed(), majority));
    return control.mayChange() && votes(NodeSet.of(control.durability().holders(key))) >= wanted;
  }

  private int votes(NodeSet nodes) {
    return settings.members().stream()
        .filter(member -> nodes.contains(member.id()))
        .mapToInt(NodeSettings.Member::votes)
        .sum();
  }

  public long nextDeadline() {
    if (waiting.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return waiting.values().stream().mapToLong(order -> order.until).min().orElse(Long.MAX_VALUE);
  }
}
