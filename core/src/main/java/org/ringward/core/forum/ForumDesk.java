package org.ringward.core.forum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.LeasesReport.GroupLine;
import org.ringward.core.admin.LeasesReport.MemberLine;
import org.ringward.core.base.NodeSet;
import org.ringward.core.forum.ForumNews.Change;
import org.ringward.core.forum.ForumNews.Member;
import org.ringward.core.forum.ForumNews.Reason;
import org.ringward.core.forum.ForumStep.Roll;
import org.ringward.core.lease.LeaseNames;
import org.ringward.core.lease.RingProgress;

/**
 * The programs of this node that talk in groups. What they say goes through the total order of the
 * nodes' process group; on top of that:
 *
 * <ul>
 *   <li>Steps count only in an epoch, which begins in a view with quorum when all its members have
 *       said what they know ({@link RollCall}), and ends with its ring or its quorum. A message
 *       that was not in the order when its epoch ended is said again in the next one, and is in the
 *       order of one epoch only.
 *   <li>A program is told only what every member of the ring has ({@link CertainNews}): whoever
 *       goes on with quorum has heard or will hear the same, whatever becomes of this node.
 *   <li>No node takes part in an epoch before its disk tells that it may: so that it knows, if it
 *       begins anew, that others may have heard what it has forgotten.
 *   <li>A node that others went on without, or whose knowledge is not that of those who go on, says
 *       so to its programs: their membership is over. Nobody misses anything without knowing it.
 * </ul>
 *
 * <p>A machine without clock and network; times are monotonic nanoseconds.
 */
public final class ForumDesk {
  /** The longest message. */
  public static final int MESSAGE_MOST = 64 * 1024;

  /** A program may have said so much in a group that is not in the order yet. */
  public static final int WINDOW = 256 * 1024;

  /** What each message costs of the window beside its bytes. */
  public static final int MESSAGE_COST = Membership.MESSAGE_COST;

  /** Memberships of one node's programs. */
  static final int MEMBERSHIPS_MOST = 256;

  /** So much of all programs of a node is under way, so that the cluster's own messages go on. */
  private static final int NODE_WINDOW = 256 * 1024;

  /** Changes of the ring take less; they are not worth telling. */
  private static final long PAUSE_NANOS = 1_000_000_000;

  private static final long RETRY_NANOS = 1_000_000;

  private final int self;
  private final IntFunction<String> names;
  private final Predicate<byte[]> send;
  private final Forum forum = new Forum();
  private final RollCall rolls = new RollCall();
  private final CertainNews news = new CertainNews();
  private final Map<Long, Membership> memberships = new LinkedHashMap<>();
  private final Map<Long, Map<Integer, Membership>> sessions = new LinkedHashMap<>();
  private Consumers consumers = (_, _, _) -> {};
  private @Nullable RingProgress ring;
  private long lastNumber;

  /** The view, while it may go on. */
  private boolean standing;

  private NodeSet view = NodeSet.EMPTY;
  private long ringSequence;
  private int place;
  private boolean rollWanted;
  private boolean rollSent;

  /** The old ring is over and its last messages come; what is agreed stays as it was. */
  private boolean transitional;

  private boolean open;
  private long underWay;
  private boolean noRoom;
  private long closedSince;
  private long now;

  private final LongSupplier kept;

  /**
   * The latest ring with quorum up to which this life knows of everything that programs may have
   * heard: it was in it, and missed none before.
   */
  private long complete;

  /** Who brings news to the programs. */
  public interface Consumers {
    /**
     * Something is to be told; never calls back.
     *
     * @param handle the program's own number for its membership
     */
    void tell(long session, int handle, ForumNews news);
  }

  /**
   * @param self this node's id
   * @param kept sequence of the latest ring with quorum that this node's disk tells of, 0 for none
   * @param names names of nodes by id
   * @param send hands a message for all nodes to the ring; false when it has no room
   */
  public ForumDesk(int self, LongSupplier kept, IntFunction<String> names, Predicate<byte[]> send) {
    this.self = self;
    this.kept = kept;
    this.names = names;
    this.send = send;
  }

  /** From now on news go there. */
  public void tellTo(Consumers listener) {
    consumers = listener;
  }

  /** The ring of this node. */
  public void ring(RingProgress progress) {
    ring = progress;
  }

  // ---- what programs say

  /**
   * A program wants to be in a group.
   *
   * @param handle its own number for the membership, unique in the session
   * @return what is wrong with that, empty when nothing is
   */
  public String join(long session, int handle, String group) {
    if (!LeaseNames.objection(group).isEmpty()) {
      return "a group's name has 1 to 128 letters, digits and . _ : / @ + -";
    }
    Map<Integer, Membership> own = sessions.computeIfAbsent(session, _ -> new LinkedHashMap<>());
    if (own.containsKey(handle)) {
      return "number " + handle + " is that of another membership";
    }
    if (memberships.size() >= MEMBERSHIPS_MOST) {
      return "the programs of this node are in " + MEMBERSHIPS_MOST + " groups already";
    }
    Membership made = new Membership(consumers, session, handle, ++lastNumber, group, now);
    own.put(handle, made);
    memberships.put(made.number, made);
    return "";
  }

  private @Nullable Membership membership(long session, int handle) {
    Map<Integer, Membership> own = sessions.get(session);
    Membership found = own == null ? null : own.get(handle);
    return found == null || found.leaving ? null : found;
  }

  /** Whether the program has a membership of that number that it has not left. */
  public boolean isMember(long session, int handle) {
    return membership(session, handle) != null;
  }

  /** A program leaves a group, after what it has said; false when it is in none of that number. */
  public boolean leave(long session, int handle) {
    Membership leaving = membership(session, handle);
    if (leaving == null) {
      return false;
    }
    leave(leaving);
    return true;
  }

  private void leave(Membership leaving) {
    leaving.leaving = true;
    if (leaving.id == 0 && !isUnderWay(leaving)) {
      end(leaving, new ForumNews.Out("it has left"));
    }
  }

  /** Its wish to join is on the ring, and may be in the order soon. */
  private boolean isUnderWay(Membership joining) {
    return open && joining.joinSentIn == forum.epoch();
  }

  private void end(Membership ended, ForumNews last) {
    forget(ended);
    ended.tell(last);
  }

  private void forget(Membership ended) {
    memberships.remove(ended.number);
    Map<Integer, Membership> own = sessions.get(ended.session);
    if (own != null) {
      own.remove(ended.handle, ended);
    }
  }

  /**
   * A program says something to its group; the bytes are copied.
   *
   * @return what is wrong with that, empty when nothing is; then nothing was said
   */
  public String say(long session, int handle, byte[] bytes, int offset, int length) {
    Membership speaker = membership(session, handle);
    if (speaker == null) {
      return "number " + handle + " is that of no group";
    }
    if (length > MESSAGE_MOST) {
      return "a message has at most " + MESSAGE_MOST + " bytes";
    }
    if (speaker.waiting() + length + MESSAGE_COST > WINDOW) {
      return "more than " + WINDOW + " bytes of it wait for their place in the order";
    }
    byte[] copy = new byte[length];
    System.arraycopy(bytes, offset, copy, 0, length);
    speaker.say(copy);
    return "";
  }

  /** A program has hung up; what it has said before is still said. */
  public void closed(long session) {
    Map<Integer, Membership> own = sessions.remove(session);
    if (own != null) {
      for (Membership each : List.copyOf(own.values())) {
        each.silence();
        each.hungUp |= !each.leaving;
        leave(each);
      }
    }
  }

  // ---- what the cluster says

  /**
   * How the view stands, at a place of the order.
   *
   * @param stands it is agreed and has quorum that no other side can have
   * @param members of the view
   * @param sequence of its ring
   * @param former sequence of the latest ring with quorum before that any member knows of
   */
  public void standing(boolean stands, NodeSet members, long sequence, long former) {
    if (transitional || stands == standing) {
      return;
    }
    close();
    if (stands && former <= complete) {
      complete = sequence;
    }
    standing = stands;
    view = members;
    ringSequence = sequence;
    place = ring == null ? 0 : ring.delivered();
  }

  private void close() {
    if (open) {
      closedSince = now;
    }
    open = false;
    standing = false;
    rollSent = false;
    rollWanted = false;
    rolls.clear();
    news.hold();
  }

  /** The ring is over: its last messages come, to all who go on together. */
  public void transitional() {
    transitional = true;
    news.hold();
  }

  /** Another ring is there. */
  public void regular() {
    transitional = false;
    close();
  }

  /** Whether a message of the nodes' process group is for desks like this. */
  public static boolean isForum(byte[] bytes, int offset, int length) {
    return ForumCodec.isOne(bytes, offset, length);
  }

  /** A message of a node's desk, in the total order. */
  public void delivered(int from, byte[] bytes, int offset, int length) {
    @Nullable ForumStep step = ForumCodec.read(bytes, offset, length);
    switch (step) {
      case Roll roll -> roll(from, roll);
      case ForumStep.Join join when counts(join.epoch()) -> joined(from, join);
      case ForumStep.Leave leave when counts(leave.epoch()) -> left(from, leave);
      case ForumStep.Say say when counts(say.epoch()) -> said(from, say);
      case null, default -> {
        // Of another epoch: its node says it again.
      }
    }
  }

  private boolean counts(long epoch) {
    return open && epoch == forum.epoch();
  }

  private void roll(int from, Roll roll) {
    if (!standing || open || roll.ringSequence() != ringSequence || roll.place() != place) {
      return;
    }
    rollWanted = true;
    rolls.heard(from, roll);
    if (rolls.isComplete(view)) {
      open();
    }
  }

  private void open() {
    NodeSet continuing = rolls.continuing();
    SortedMap<String, List<ForumMember>> members = rolls.members();
    long order = rolls.order(ringSequence);
    SortedMap<String, List<Change>> lost = lost(continuing);
    if (!continuing.contains(self)) {
      expel();
    }
    forum.open(rolls.epoch(ringSequence), order, members);
    open = true;
    complete = ringSequence;
    underWay = 0;
    if (!transitional) {
      news.goOn();
    }
    for (Membership each : List.copyOf(memberships.values())) {
      each.sayAgain();
      if (each.leaving && each.id == 0) {
        end(each, new ForumNews.Out("it has left"));
      } else if (each.paused) {
        each.paused = false;
        each.tell(new ForumNews.Resumed());
      }
    }
    lost.forEach((group, changes) -> changed(group, order, changes));
  }

  /** Those who do not go on, by group. */
  private SortedMap<String, List<Change>> lost(NodeSet continuing) {
    SortedMap<String, List<Change>> lost = new TreeMap<>();
    for (String group : forum.names()) {
      for (ForumMember member : forum.members(group)) {
        if (!continuing.contains(member.node())) {
          Reason reason = view.contains(member.node()) ? Reason.MISSED : Reason.NODE_LOST;
          lost.computeIfAbsent(group, _ -> new ArrayList<>())
              .add(new Change(shown(member), reason));
        }
      }
    }
    return lost;
  }

  /** Others have gone on without this node, or know something else. */
  private void expel() {
    ForumNews.Out over =
        new ForumNews.Out("this node was not with the others and has missed something");
    news.forget(over);
    for (Membership each : List.copyOf(memberships.values())) {
      if (each.id != 0) {
        end(each, over);
      }
    }
  }

  private Member shown(ForumMember member) {
    return new Member(member.id(), names.apply(member.node()));
  }

  private void joined(int from, ForumStep.Join join) {
    if (forum.place(from, join.number()) != null) {
      return;
    }
    long order = forum.next(from, join.number());
    @Nullable Membership own = from == self ? memberships.get(join.number()) : null;
    if (forum.isFull(join.group())) {
      if (own != null) {
        forget(own);
        news.add(own, new ForumNews.Refused("the group has " + Forum.MEMBERS_MOST + " members"));
      }
      return;
    }
    ForumMember member = new ForumMember(order, from, join.number());
    forum.put(join.group(), member);
    if (own != null) {
      own.id = order;
    }
    changed(join.group(), order, List.of(new Change(shown(member), Reason.JOINED)));
  }

  private void left(int from, ForumStep.Leave leave) {
    Forum.Place known = forum.place(from, leave.number());
    if (known == null) {
      return;
    }
    long order = forum.next(from, leave.number());
    forum.remove(known);
    Reason reason = leave.asked() ? Reason.LEFT : Reason.GONE;
    changed(known.group(), order, List.of(new Change(shown(known.member()), reason)));
    @Nullable Membership own = from == self ? memberships.get(leave.number()) : null;
    if (own != null) {
      forget(own);
      news.add(own, new ForumNews.Out("it has left"));
    }
  }

  private void said(int from, ForumStep.Say say) {
    Forum.Place known = forum.place(from, say.number());
    if (known == null) {
      return;
    }
    long order = forum.next(from, say.number());
    @Nullable Membership own = from == self ? memberships.get(say.number()) : null;
    if (own != null) {
      underWay -= own.saidInOrder() + MESSAGE_COST;
    }
    tellAll(known.group(), new ForumNews.Message(order, known.member().id(), say.bytes()));
  }

  private void changed(String group, long order, List<Change> changes) {
    List<Member> members = forum.members(group).stream().map(this::shown).toList();
    tellAll(group, new ForumNews.Members(order, members, changes));
  }

  private void tellAll(String group, ForumNews what) {
    for (ForumMember member : forum.members(group)) {
      @Nullable Membership own = member.node() == self ? memberships.get(member.number()) : null;
      if (own != null) {
        news.add(own, what);
      }
    }
  }

  // ---- turning

  /** Does what is due. */
  public void turn(long nanos) {
    now = Math.max(now, nanos);
    noRoom = false;
    if (mayAnswer() && !rollSent && (rollWanted || !memberships.isEmpty())) {
      rollSent = sent(ownRoll());
    }
    if (open && !transitional) {
      pump();
    }
    if (ring != null) {
      news.turn(ring);
    }
    if (!open) {
      pause();
    }
  }

  private boolean mayAnswer() {
    return standing && !open && kept.getAsLong() >= ringSequence;
  }

  private Roll ownRoll() {
    return new Roll(
        ringSequence,
        place,
        forum.epoch(),
        forum.order(),
        forum.digest(),
        complete,
        forum.seats(self));
  }

  /** When a program is told that nothing goes on, unless something does before. */
  private long patience(Membership of) {
    return Math.max(closedSince, of.since) + PAUSE_NANOS;
  }

  private String whyNot() {
    if (!standing) {
      return "this node is in no view with quorum";
    }
    return kept.getAsLong() < ringSequence
        ? "this node cannot keep on its disk that it is in a view with quorum"
        : "not all nodes of this view have said what they know";
  }

  private void pause() {
    for (Membership each : memberships.values()) {
      if (!each.paused && now >= patience(each)) {
        each.paused = true;
        each.tell(new ForumNews.Paused(whyNot()));
      }
    }
  }

  /** Everybody's next word, then everybody's next but one: nobody keeps others from speaking. */
  private void pump() {
    boolean goesOn = true;
    while (goesOn && !noRoom) {
      goesOn = false;
      for (Membership each : memberships.values()) {
        goesOn |= step(each);
      }
    }
  }

  /** Sends one thing, if there is one; whether it did. */
  private boolean step(Membership of) {
    long epoch = forum.epoch();
    if (of.id == 0) {
      boolean joins =
          of.joinSentIn != epoch && sent(new ForumStep.Join(epoch, of.number, of.group));
      of.joinSentIn = joins ? epoch : of.joinSentIn;
      return joins;
    }
    if (of.hasUnsent()) {
      int size = of.nextUnsent().length + MESSAGE_COST;
      boolean fits = underWay + size <= NODE_WINDOW;
      if (!fits || !sent(new ForumStep.Say(epoch, of.number, of.nextUnsent()))) {
        return false;
      }
      of.sent();
      underWay += size;
      return true;
    }
    if (of.leaving && of.leaveSentIn != epoch) {
      boolean leaves = sent(new ForumStep.Leave(epoch, of.number, !of.hungUp));
      of.leaveSentIn = leaves ? epoch : of.leaveSentIn;
      return leaves;
    }
    return false;
  }

  private boolean sent(ForumStep step) {
    boolean taken = !noRoom && send.test(ForumCodec.write(step));
    noRoom |= !taken;
    return taken;
  }

  /** Who is in which group, as this node knows it. */
  public List<GroupLine> report() {
    String state = open ? "open" : "paused";
    return forum.names().stream()
        .map(name ->
            new GroupLine(
                name,
                state,
                forum.members(name).stream()
                    .map(each -> new MemberLine(names.apply(each.node()), each.id()))
                    .toList()))
        .toList();
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    if (noRoom) {
      return now + RETRY_NANOS;
    }
    long next = Long.MAX_VALUE;
    if (!open) {
      for (Membership each : memberships.values()) {
        next = each.paused ? next : Math.min(next, Math.max(now, patience(each)));
      }
    }
    return next;
  }
}
