package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.agent.AgentEnvironment;
import org.ringward.core.base.NodeSet;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibDigest;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Resource;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.fence.FenceEnvironment;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.lease.LeaseDesk;
import org.ringward.core.port.Journal;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.core.quorum.VoteQuorum;

/**
 * The cluster layer of one node: a member of the closed process group {@value #GROUP}, whose
 * messages in total order are applied to one agreed state.
 *
 * <p>After every change of membership the members synchronise ({@link Synchronizer}); until that is
 * done delivered messages are dropped by everybody. Then the same messages are applied in the same
 * order by everybody ({@link StateMachine}, {@link OperatorOrders}), and each node does what
 * concerns itself: runs agents, fences, writes to disk, answers operators; the coordinator also
 * plans ({@link Coordinator}).
 */
public final class ClusterControl implements ProcessGroupListener {
  /** Name of the process group. */
  public static final String GROUP = "ringward";

  /** How the question begins that {@link #askedToLetGo} answers. */
  public static final String LET_GO = OwnSurrender.WORD;

  private NodeSettings settings;
  private final long incarnation;
  private final Journal journal;
  private final Outbox outbox;
  private final Predicate<byte[]> ring;
  private final LocalOperations operations;
  private final LocalFencing fencing;
  private final OwnWord ownWord = new OwnWord();
  private final Durability durability;
  private final Workbench workbench;
  private final Coordinator coordinator;
  private final Synchronizer synchronizer = new Synchronizer();
  private final Storyteller storyteller;
  private final Unreachable unreachable;
  private final Farewell farewell;
  private final List<OrderListener> orderListeners = new ArrayList<>();
  private ClusterState state;
  private List<Resource> prepared = List.of();
  private final OwnVotes votes;
  private final QuorumAgreement quorum = new QuorumAgreement();
  private QuorumVerdict verdict = QuorumVerdict.NONE;

  private NodeSet groupMembers = NodeSet.EMPTY;
  private NodeSet view = NodeSet.EMPTY;
  private List<String> viewNames = List.of();
  private long ringSequence;
  private boolean ringReady;
  private boolean agreed;

  /** All is known, and the members confirm that they go on; then they are agreed. */
  private boolean confirming;

  /** Its vote counts as one that keeps the state; not before a view gave a new disk the state. */
  private boolean holdsState;

  private final SyncMessages sync = new SyncMessages(this::sendNow);
  private final WatchdogPromises promises;
  private final OwnConnectivity connectivity;
  private final OwnSurrender surrender;
  private final LeaseOffice leases;
  private @Nullable String condemned;
  private boolean orderedOff;
  private long malformed;
  private Moment now = new Moment(0, 0);

  /** Hears what became of this node's operators' orders. */
  interface OrderListener {
    void applied(long orderId, OperatorOrders.Outcome outcome);

    /** The agreed state was replaced by another node's: what was promised before is unknown. */
    void stateReplaced();
  }

  /**
   * @param incarnation number of this life of the daemon, never used before
   * @param stateFile what port.Store kept under {@link #stateFileName}, null when there is nothing
   * @param ring hands a message for the group to the ring; false when it has no room
   */
  public ClusterControl(
      NodeSettings settings,
      long incarnation,
      byte @Nullable [] stateFile,
      ControlPorts outside,
      Predicate<byte[]> ring) {
    this.settings = settings;
    this.incarnation = incarnation;
    this.journal = outside.journal();
    this.ring = ring;
    this.outbox = new Outbox(incarnation, ring);
    this.votes = new OwnVotes(settings, outside.quorum(), outbox::sendInView);
    this.operations =
        new LocalOperations(
            settings.nodeName(),
            AgentEnvironments.of(settings),
            outside.processes(),
            outside.processIds(),
            outside.progress(),
            outbox::send);
    this.fencing =
        new LocalFencing(
            settings.nodeName(),
            new FenceEnvironment(
                settings.paths().fenceAgentDirs(), AgentEnvironment.DEFAULT_SEARCH_PATH),
            outside.processes(),
            outside.processIds(),
            outside.entropy(),
            outbox::send,
            this::fence,
            target -> NodeStates.incarnation(state.node(target)));
    this.promises = new WatchdogPromises(settings.nodeName(), incarnation, outbox::sendInView);
    this.connectivity = new OwnConnectivity(settings.nodeName(), incarnation, outbox::sendInView);
    this.leases = new LeaseOffice(settings.nodeName(), incarnation, outbox::sendInView);
    leases.desk().ring(outside.progress());
    this.surrender = new OwnSurrender(selfId(), incarnation, new OwnSituation());
    this.durability = new Durability(outside.store(), journal, outbox::send);
    this.workbench = new Workbench(outside.background());
    this.storyteller = new Storyteller(settings, journal, outbox::send, this::coordinates);
    this.unreachable = new Unreachable(storyteller);
    this.coordinator =
        new Coordinator(office(), settings.nodeName() + "-" + Long.toHexString(incarnation));
    this.farewell = new Farewell(settings.nodeName(), outbox::sendInView);
    StateFile.Found found = StateFile.read(stateFile);
    this.state = found.state();
    durability.found(found);
    this.holdsState = !state.isBlank();
  }

  /** The durable file of this layer. */
  public static String stateFileName() {
    return StateFile.NAME;
  }

  // ---- the ring ----

  @Override
  public void configurationChanged(RingConfiguration configuration) {
    if (configuration.kind() == RingConfiguration.Kind.TRANSITIONAL) {
      interrupt();
    } else {
      ringSequence = configuration.sequence();
    }
  }

  /** Nothing is agreed any more: the membership has to be learned again. */
  public void interrupt() {
    ringReady = false;
    agreed = false;
    confirming = false;
    sync.clear();
    synchronizer.interrupt();
    outbox.close();
    leases.interrupted();
    operations.interrupted(now);
  }

  @Override
  public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {
    groupMembers = members;
    if (ringReady) {
      beginView();
    }
  }

  @Override
  public void synchronised(long sequence) {
    ringSequence = sequence;
    ringReady = true;
    beginView();
  }

  private void beginView() {
    interrupt();
    ringReady = true;
    view = groupMembers;
    viewNames = view.stream().mapToObj(this::name).toList();
    votes.viewBegins();
    if (!view.contains(selfId())) {
      return;
    }
    synchronizer.begin(ringSequence, view);
    sync.send(this::offer);
  }

  private boolean sendNow(ClusterMessage message) {
    return ring.test(
        MessageCodec.write(new MessageCodec.Envelope(incarnation, 0, ringSequence, message)));
  }

  private ClusterMessage.StateOffer offer() {
    Map<String, String> nodes = new TreeMap<>();
    settings.members().forEach(each -> nodes.put(Integer.toString(each.id()), each.name()));
    return new ClusterMessage.StateOffer(
        ringSequence,
        settings.nodeName(),
        incarnation,
        !holdsState,
        durability.foundDamage(),
        votes.claim(),
        state.key(),
        CibDigest.of(state.cib()),
        SyncPoint.text(ownWord()),
        nodes);
  }

  /** What it says of itself where others rely on it. */
  private NodeState ownWord() {
    return ownWord.of(state, selfId(), settings.nodeName(), incarnation, outbox.waiting());
  }

  @Override
  public void delivered(String group, int from, byte[] bytes, int offset, int length) {
    MessageCodec.Envelope envelope;
    try {
      envelope = MessageCodec.read(bytes, offset, length);
    } catch (MalformedMessageException e) {
      malformed++;
      journal.log(
          Journal.Level.WARNING, "dropped a message of node " + from + ": " + e.getMessage());
      return;
    }
    switch (envelope.message()) {
      case ClusterMessage.StateOffer offer -> offered(from, offer);
      case ClusterMessage.StateTransfer transfer -> transferred(from, transfer);
      case ClusterMessage.QuorumChange change when confirming -> {
        if (envelope.view() == ringSequence) {
          quorum.claimed(from, change.quorum());
          agreeOnceConfirmed();
        }
      }
      default -> {
        if (agreed) {
          apply(from, envelope);
        }
      }
    }
  }

  // ---- agreement after a change of membership ----

  private void offered(int from, ClusterMessage.StateOffer offer) {
    switch (synchronizer.offered(from, offer)) {
      case WAIT -> {
        // More offers are to come.
      }
      case AGREED -> agree();
      case TRANSFER -> {
        if (synchronizer.winner() == selfId()) {
          String cib = CibXml.write(state.cib());
          sync.send(() -> new ClusterMessage.StateTransfer(ringSequence, state.primary(), cib));
        }
      }
    }
  }

  private void transferred(int from, ClusterMessage.StateTransfer transfer) {
    if (!synchronizer.expects(from, transfer)) {
      return;
    }
    if (from != selfId()) {
      Cib cib = CibXml.read("state of node " + from, transfer.cib());
      ClusterState received = new ClusterState(transfer.primary(), cib);
      if (!received.key().equals(state.key())) {
        orderListeners.forEach(OrderListener::stateReplaced);
      }
      state = ownWord.replaced(state, received);
    }
    agree();
  }

  private void agree() {
    quorum.begin(synchronizer.offers(), synchronizer.holders(), synchronizer.isComplete());
    synchronizer.finished();
    agreeOnceConfirmed();
  }

  /** Where fewer than all votes may decide nobody goes on before all know that somebody may. */
  private void agreeOnceConfirmed() {
    if (!quorum.isUnconfirmed()) {
      confirming = false;
      conclude();
    } else if (!confirming) {
      confirming = true;
      votes.confirm(ringSequence, view);
      sync.send(() -> new ClusterMessage.QuorumChange(votes.claim()));
    }
  }

  private void conclude() {
    boolean wasQuorate = verdict.quorate();
    verdict = quorum.verdict();
    ClusterState before = state;
    state = SyncPoint.apply(state, ringSequence, view, synchronizer.offers(), verdict);
    ownWord.agreed();
    foundAlone();
    state = leases.agreed(state, ringSequence, verdict, synchronizer.isRemembered(), now);
    agreed = true;
    promises.view(verdict.isAlone(), true, now);
    surrender.agreed();
    outbox.open(ringSequence);
    noteQuorum();
    keep();
    durability.viewChanged();
    prepareFencing();
    storyteller.agreed(before, state, wasQuorate, verdict, view.lowest() == selfId());
    if (view.lowest() == selfId()) {
      coordinator.begin(now);
    } else {
      coordinator.resign();
    }
  }

  private void keep() {
    if (holdsState) {
      durability.changed(state);
    }
  }

  private void prepareFencing() {
    List<Resource> resources = state.cib().configuration().resources();
    if (!resources.equals(prepared)) {
      fencing.prepare(state.cib().configuration(), now);
    }
    prepared = resources;
  }

  private void noteQuorum() {
    holdsState |= verdict.quorate();
    if (verdict.isExclusive()) {
      votes.wasQuorate(ringSequence, view);
    }
  }

  private void foundAlone() {
    if (SyncPoint.foundsAlone(state, ringSequence, verdict)) {
      state = state.withPrimary(ringSequence);
      votes.wasQuorate(ringSequence, view);
    }
  }

  /** Votes have changed while the membership stayed. */
  private void votesChanged(int from, QuorumClaim claim) {
    quorum.claimed(from, claim);
    if (quorum.isUnconfirmed()) {
      votes.confirm(ringSequence, view);
    }
    QuorumVerdict before = verdict;
    verdict = quorum.verdict();
    promises.view(verdict.isAlone(), false, now);
    surrender.agreed();
    if (before.quorate() != verdict.quorate()) {
      ClusterState decided =
          SyncPoint.quorum(state, ringSequence, view, synchronizer.offers(), verdict);
      state = decided.withStatus(decided.cib().status());
      noteQuorum();
      storyteller.quorum(before.quorate(), verdict);
    }
  }

  // ---- applying ----

  private void apply(int from, MessageCodec.Envelope envelope) {
    ClusterMessage message = envelope.message();
    boolean late = MessageRules.isOfItsView(message) && envelope.view() != ringSequence;
    if (late || (MessageRules.isOrder(message) && !isFromCoordinator(from, envelope))) {
      return;
    }
    if (message instanceof ClusterMessage.OperatorOrder order) {
      applyOrder(from, order);
    } else {
      ClusterState before = state;
      state = StateMachine.apply(state, message);
      act(from, message);
      storyteller.applied(message);
      coordinator.applied(message, now);
      if (HalfMigrations.voids(before, message, state)) {
        coordinator.changed("a live migration may have arrived unseen");
      }
    }
    foundAlone();
    boolean own = from == selfId() && envelope.incarnation() == incarnation;
    state = leases.applied(state, message, own, verdict, now);
    if (own) {
      outbox.applied(envelope.sequence());
    }
    keep();
    prepareFencing();
  }

  private boolean isFromCoordinator(int from, MessageCodec.Envelope envelope) {
    return from == view.lowest() && envelope.view() == ringSequence;
  }

  private void applyOrder(int from, ClusterMessage.OperatorOrder order) {
    OperatorOrders.Outcome outcome = OperatorOrders.apply(state, order, may(order.verb()));
    operations.cancelForgotten(state, outcome.state(), now);
    state = outcome.state();
    if (!outcome.refused()) {
      coordinator.applied(order, now);
      accepted(from, order, outcome);
    }
    if (from == selfId()) {
      orderListeners.forEach(each -> each.applied(order.id(), outcome));
    }
  }

  private void accepted(
      int from, ClusterMessage.OperatorOrder order, OperatorOrders.Outcome outcome) {
    String cluster = settings.clusterName();
    String node = order.options().getOrDefault("node", cluster);
    String subject = order.options().getOrDefault("resource", node);
    storyteller.ordered(subject, order, outcome);
    votes.ordered(order, from == selfId());
    if (order.verb() == AdminRequest.Verb.FENCE) {
      coordinator.fence(
          node, order.options().getOrDefault("action", "reboot"), OperatorOrders.cause(order));
    }
  }

  /** What an applied message asks of this node itself. */
  private void act(int from, ClusterMessage message) {
    switch (message) {
      case ClusterMessage.ActionRequest request -> {
        if (request.node().equals(settings.nodeName())) {
          request(request);
        }
      }
      case ClusterMessage.FenceOrder order -> {
        orderedOff |= order.target().equals(settings.nodeName()) && order.endsTarget();
        if (order.executor().equals(settings.nodeName())) {
          fence(order);
        }
      }
      case ClusterMessage.LeaveOrder order -> {
        if (order.node().equals(settings.nodeName())) {
          farewell.allowed(now);
        }
      }
      case ClusterMessage.Stored stored -> durability.heard(from, stored);
      case ClusterMessage.QuorumChange change -> votesChanged(from, change.quorum());
      case ClusterMessage.Decisions decisions ->
          decisions.decisions().forEach(each -> storyteller.learned(each, decisions.again()));
      case ClusterMessage.FenceResult _,
          ClusterMessage.LeaseChange _,
          ClusterMessage.Promise _,
          ClusterMessage.Connectivity _,
          ClusterMessage.OperationResult _,
          ClusterMessage.StateOffer _,
          ClusterMessage.StateTransfer _,
          ClusterMessage.OperatorOrder _ -> {
        // Nothing to do for this node.
      }
    }
  }

  private void request(ClusterMessage.ActionRequest request) {
    if (surrender.forbids(request.action().operation())) {
      operations.refused(request, "this node has let go of everything", now);
    } else {
      operations.requested(request, now);
    }
  }

  private void fence(ClusterMessage.FenceOrder order) {
    @Nullable NodeState target = state.node(order.target());
    boolean proven = target != null && NodeStates.isProvenDown(target, order.incarnation());
    if (order.target().equals(settings.nodeName()) && order.endsTarget()) {
      condemned = order.reason();
    } else if (order.unlessProven() && proven) {
      outbox.send(LocalFencing.needless(order));
    } else {
      fencing.ordered(order, state.cib().configuration(), now);
    }
  }

  // ---- turning ----

  /** The time of the inputs that follow. */
  public void at(Moment moment) {
    now = moment;
    storyteller.at(moment);
  }

  public boolean processEnded(long processId, ProcessResult result) {
    return operations.processEnded(processId, result, now)
        || fencing.processEnded(processId, result, now);
  }

  public void stored(long requestId, @Nullable String error) {
    durability.stored(requestId, error);
  }

  /** A work that port.Background was given has ended. */
  public void worked(long requestId) {
    workbench.ended(requestId);
  }

  /** Does what is due. */
  public void turn() {
    operations.expire(now);
    fencing.expire(now);
    sync.flush();
    if (agreed) {
      surrender.turn();
      votes.letGo(surrender.isBound());
      votes.turn();
      promises.turn(state, ringSequence);
      connectivity.turn(state, ringSequence);
      coordinator.work(now);
      unreachable.turn(state, coordinator.isActive(), now);
    }
    leases.turn(state, coordinates(), now);
    farewell.turn(now, agreed, verdict.quorate(), state, !leases.desk().isIdle());
    if (agreed) {
      storyteller.flush();
    }
    outbox.flush();
  }

  /**
   * When {@link #turn} is needed next; messages that wait for room in the ring are tried at every
   * turn.
   */
  public long nextDeadline() {
    long next = Math.min(operations.nextDeadline(), fencing.nextDeadline());
    if (agreed) {
      next = Math.min(next, coordinator.nextDeadline(now));
    }
    if (outbox.hasUnsent() || sync.hasUnsent()) {
      next = Math.min(next, now.nanos() + 1_000_000);
    }
    return Math.min(Math.min(next, leases.nextDeadline()), farewell.nextDeadline());
  }

  // ---- for operators and for the node ----

  void listen(OrderListener listener) {
    orderListeners.add(listener);
  }

  /** Sends an operator's order; it counts in this view only. */
  void order(ClusterMessage.OperatorOrder order) {
    outbox.sendInView(order);
  }

  /** Hands everything over and leaves; {@link #mayLeave} tells when. */
  public void leave() {
    leases.desk().leave();
    farewell.wanted(now);
  }

  boolean isLeaving() {
    return farewell.isWanted();
  }

  public boolean mayLeave() {
    return farewell.isOver() && leases.desk().isIdle();
  }

  /** Whether the hand-over was complete when {@link #mayLeave} became true. */
  public boolean leftOrderly() {
    return farewell.wasOrderly();
  }

  /** Why this node has been told to be reset by its watchdog, null while it has not. */
  public @Nullable String condemned() {
    return condemned;
  }

  /** Whether this node's fencing was ordered in its presence, by whomever. */
  public boolean isOrderedOff() {
    return orderedOff;
  }

  /** Lets the others count on this node's watchdog: see {@link ClusterMessage.Promise}. */
  public void promise(long boundMillis) {
    promises.promise(boundMillis);
  }

  /** This node reaches so much of its ping nodes: see {@link ClusterMessage.Connectivity}. */
  public void reaches(int settled, int coming) {
    connectivity.reaches(settled, coming);
  }

  /**
   * This side has quorum, in everybody's and in this node's own opinion, and no other side can have
   * it too.
   */
  public boolean isExclusive() {
    return agreed && verdict.isAlone() && votes.votequorum().verdict().quorate();
  }

  /**
   * Whether this node knows of everything that is configured, and of everything it ever heard of,
   * that it is stopped here, and nothing will be started here without quorum.
   */
  public boolean holdsNothing() {
    return Holdings.areNone(surrender.policy(state.cib()).configuration(), ownWord());
  }

  /** Another node asks this one to let go of everything: {@link OwnSurrender#asked}. */
  public void askedToLetGo(int asker, String question, Consumer<String> answer) {
    surrender.asked(asker, question, answer);
  }

  /** The programs of this node that share resources with others. */
  public LeaseDesk leases() {
    return leases.desk();
  }

  ClusterState state() {
    return state;
  }

  /** Sequence of the state that this node holds; 0 for none, and while it has let go. */
  public long heldPrimary() {
    return holdsState && !surrender.isBound() ? state.primary() : 0;
  }

  /** Sequence of the latest quorate ring before this view that any member knew of, 0 for none. */
  public long formerPrimary() {
    return quorum.latest();
  }

  /** As {@link #heldPrimary}, of the state on its disk. */
  public long keptPrimary() {
    return durability.keptPrimary();
  }

  boolean isAgreed() {
    return agreed;
  }

  /** Other votes of the same nodes, which count from the next change of the membership on. */
  public void reconfigured(NodeSettings changed) {
    settings = changed;
    votes.reconfigured(changed);
  }

  /** Votequorum on this node. */
  VoteQuorum votes() {
    return votes.votequorum();
  }

  /** Follows nodes that the ring has lost. */
  public Unreachable unreachable() {
    return unreachable;
  }

  /** May this side go on, as of the membership in force. */
  public QuorumVerdict verdict() {
    return verdict;
  }

  Durability durability() {
    return durability;
  }

  Workbench workbench() {
    return workbench;
  }

  /** Makes and keeps the records of what happens. */
  public Storyteller story() {
    return storyteller;
  }

  /** Quorate by two_node alone: nothing may change before the other side is proven down. */
  boolean mayChange() {
    return agreed
        && verdict.quorate()
        && (verdict.isExclusive() || NodeStates.areOthersDown(state.cib()));
  }

  /** Whether an order may be given here; proof is needed most where nothing may change before. */
  boolean may(AdminRequest.Verb verb) {
    boolean proves = verb == AdminRequest.Verb.CONFIRM || verb == AdminRequest.Verb.FENCE;
    return proves ? agreed && verdict.quorate() : mayChange();
  }

  /** Members of the agreed view, ascending by id; empty while nothing is agreed. */
  public NodeSet members() {
    return agreed ? view : NodeSet.EMPTY;
  }

  @Nullable String coordinatorName() {
    return agreed ? name(view.lowest()) : null;
  }

  boolean coordinates() {
    return agreed && coordinator.isActive();
  }

  boolean isIdle() {
    return agreed && (!coordinator.isActive() || coordinator.isSettled());
  }

  /** What an observer (the simulator's checks, metrics) may see. */
  public ClusterSnapshot snapshot() {
    return new ClusterSnapshot(
        ringSequence,
        agreed,
        verdict.quorate(),
        agreed && coordinator.isActive(),
        durability.isStored(state),
        state.primary(),
        state.cib(),
        malformed);
  }

  private int selfId() {
    return settings.self().id();
  }

  private String name(int id) {
    return settings.nodeIds().contains(id) ? settings.member(id).name() : "node " + id;
  }

  private CoordinatorOffice office() {
    return new CoordinatorOffice(
        settings.nodeName(),
        outbox,
        workbench,
        storyteller,
        unreachable,
        promises,
        new CoordinatorOffice.Situation() {
          @Override
          public ClusterState state() {
            return state;
          }

          @Override
          public List<String> members() {
            return viewNames;
          }

          @Override
          public Cib ruled(Cib cib) {
            return quorum.hasLetGo() ? OwnSurrender.stopping(cib) : cib;
          }

          @Override
          public Moment now() {
            return now;
          }
        });
  }

  private final class OwnSituation implements OwnSurrender.Surroundings {
    @Override
    public NodeSet members() {
      return ClusterControl.this.members();
    }

    @Override
    public QuorumVerdict verdict() {
      return verdict;
    }

    @Override
    public Cib cib() {
      return state.cib();
    }

    @Override
    public NodeState self() {
      return ownWord();
    }

    @Override
    public boolean holdsLeases() {
      return !leases.desk().isIdle();
    }
  }
}
