package org.ringward.core.node;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.Decision;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.port.Echoes;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Operators;
import org.ringward.core.port.Sectors;
import org.ringward.core.region.DiskRegions;
import org.ringward.core.region.Inquiries;
import org.ringward.core.region.PingNodes;
import org.ringward.core.region.RegionListener;
import org.ringward.core.region.Regions;
import org.ringward.core.region.RegionsDesk;
import org.ringward.core.region.SbdSlots;

/**
 * The heartbeat side of a node: its regions, the questions that travel over them, and the words for
 * people. What the regions show is recorded and shown; it moves nothing by itself.
 */
final class Heart {
  private static final long INQUIRY_NANOS = 20_000_000_000L;
  private static final long EXAMINATION_NANOS = 30_000_000_000L;

  private final NodeSettings settings;
  private final Journal journal;
  private final Operators operators;
  private final DiskRegions media;
  private final Regions regions;
  private final PingNodes pings;
  private final SbdSlots slots;
  private final RegionsDesk desk;
  private final Inquiries inquiries;
  private final Map<String, Inquirable> questions = new TreeMap<>();
  private long nextExamination = Long.MIN_VALUE;
  private long now;
  private long wallMillis;

  /** Answers one kind of question of other nodes, which begins with a certain word. */
  interface Inquirable {
    void asked(int node, String question, Inquiries.Answer answer);
  }

  Heart(
      NodeSettings settings,
      byte[] key,
      long incarnation,
      Heartbeats heartbeats,
      Sectors sectors,
      Echoes echoes,
      Journal journal,
      Operators operators,
      SbdSlots.Listener orders) {
    this.settings = settings;
    this.journal = journal;
    this.operators = operators;
    this.inquiries = new Inquiries(incarnation, this::asked);
    this.media = new DiskRegions(settings, heartbeats, sectors);
    this.regions = new Regions(settings, key, incarnation, media, new Watch(), inquiries);
    this.pings = new PingNodes(settings.regions().pings(), echoes, new PingWatch());
    this.slots = new SbdSlots(settings, sectors, orders);
    this.desk = new RegionsDesk(regions, pings, slots, settings.nodeName());
    media.deliverTo(regions);
    inquiries.through(regions::post);
    answers("hello", (_, _, answer) -> answer.give("hello from " + settings.nodeName()));
  }

  /** From now on questions that begin with that word are answered so. */
  void answers(String word, Inquirable inquirable) {
    questions.put(word, inquirable);
  }

  private void asked(int node, String question, Inquiries.Answer answer) {
    String word = question.strip().replaceFirst(" .*", "");
    Inquirable inquirable = questions.get(word);
    if (inquirable == null) {
      answer.give("not understood; known: " + String.join(", ", questions.keySet()));
    } else {
      inquirable.asked(node, question, answer);
    }
  }

  void at(long nowNanos, long wall) {
    now = nowNanos;
    wallMillis = wall;
    inquiries.at(nowNanos);
  }

  void start(long nowNanos) {
    media.start(nowNanos);
    regions.start(nowNanos);
    pings.start(nowNanos);
    slots.start(nowNanos);
  }

  void received(int region, int path, byte[] bytes, int offset, int length, long nowNanos) {
    inquiries.at(nowNanos);
    regions.received(region, path, bytes, offset, length, nowNanos);
  }

  void sectorsRead(
      int disk, long request, byte[] bytes, int length, @Nullable String error, long nowNanos) {
    if (DiskRegions.isOurs(request)) {
      inquiries.at(nowNanos);
      media.read(disk, bytes, length, error, nowNanos);
    } else if (SbdSlots.isOurs(request)) {
      slots.read(disk, bytes, length, error, nowNanos);
    }
  }

  void sectorsWritten(int disk, long request, @Nullable String error, long nowNanos) {
    if (DiskRegions.isOurs(request)) {
      media.written(disk, error, nowNanos);
    } else if (SbdSlots.isOurs(request)) {
      slots.written(disk, error, nowNanos);
    }
  }

  /** A ping host has answered. */
  void echoed(int host, int number, long nowNanos) {
    pings.answered(host, number, nowNanos);
  }

  /** {@link SbdSlots#mayFeed}. */
  boolean mayFeed(long nowNanos) {
    return slots.mayFeed(nowNanos);
  }

  /** Asks ping nodes; what is reached then is what the others are to know. */
  PingNodes connectivity() {
    pings.turn(now);
    return pings;
  }

  void turn(boolean quorate) {
    media.turn(now);
    slots.turn(now);
    regions.quorate(quorate);
    regions.turn(now);
    inquiries.turn(now);
  }

  void leave() {
    regions.leave(now);
  }

  long nextDeadline() {
    long next = Math.min(regions.nextDeadline(), media.nextDeadline());
    next = Math.min(next, Math.min(pings.nextDeadline(), slots.nextDeadline()));
    return Math.min(next, inquiries.nextDeadline());
  }

  /** {@link Regions#lives}. */
  SortedMap<Integer, Long> lives() {
    return regions.lives();
  }

  /** Answers REGIONS. */
  AdminReply report() {
    return AdminReply.of(desk.report(now));
  }

  List<String> warnings() {
    return desk.warnings(now);
  }

  /** What is wrong with the media of the regions, a few words each. */
  List<String> troubles() {
    return desk.troubles();
  }

  /**
   * Nodes that live and are not in the ring are asked from time to time what is wrong with them; so
   * whoever looks at the regions sees it without asking.
   */
  void examine(NodeSet members) {
    if (now < nextExamination || regions.isEmpty()) {
      return;
    }
    nextExamination = now + EXAMINATION_NANOS;
    for (Member member : settings.members()) {
      boolean outside = member.id() != settings.self().id() && !members.contains(member.id());
      if (outside && regions.isAlive(member.id())) {
        inquiries.ask(
            member.id(),
            SelfCheck.WORD,
            INQUIRY_NANOS,
            answer -> examined(member.name(), SelfCheck.WORD, answer));
      }
    }
  }

  private void examined(String node, String question, @Nullable String answer) {
    if (question.strip().equals(SelfCheck.WORD)) {
      desk.examined(node, answer == null ? "no answer" : answer, now);
    }
  }

  /** Answers INQUIRE, when the other node does. */
  void inquire(long requestId, AdminRequest request) {
    String name = request.option("node", "");
    String question = request.option("question", "hello");
    @Nullable String refusal = refusal(name);
    if (refusal == null
        && !inquiries.ask(
            settings.member(name).id(),
            question,
            INQUIRY_NANOS,
            answer -> {
              examined(name, question, answer);
              operators.reply(requestId, reply(name, answer));
            })) {
      refusal = "too many questions wait for " + name + " already";
    }
    if (refusal != null) {
      operators.reply(requestId, AdminReply.failed(ExitCode.UNAVAILABLE.number(), refusal));
    }
  }

  private @Nullable String refusal(String name) {
    if (settings.members().stream().noneMatch(each -> each.name().equals(name))) {
      return "there is no node '" + name + "'";
    }
    if (regions.isEmpty()) {
      return "no heartbeat region is configured, so nothing can be asked without the ring";
    }
    return name.equals(settings.nodeName()) ? name + " is this node itself" : null;
  }

  private static AdminReply reply(String name, @Nullable String answer) {
    return answer == null
        ? AdminReply.failed(
            ExitCode.TIMEOUT.number(),
            name + " did not answer over any region within " + INQUIRY_NANOS / 1_000_000_000 + " s")
        : AdminReply.done(answer);
  }

  /** Asks a node over the regions; {@link Inquiries#ask}. */
  boolean ask(String node, String question, long patienceNanos, Inquiries.Ended ended) {
    for (Member member : settings.members()) {
      if (member.name().equals(node)) {
        return inquiries.ask(member.id(), question, patienceNanos, ended);
      }
    }
    return false;
  }

  /** The others want to hear of this node soon. */
  void hurry() {
    regions.hurry(now);
  }

  /** {@link Regions#lastSent}. */
  long lastSent(int node) {
    return regions.lastSent(node);
  }

  /** {@link Regions#isFresh}. */
  boolean isFresh(int node) {
    return regions.isFresh(node, now);
  }

  /** Whether any region sees the node. */
  boolean isAlive(String node) {
    for (Member member : settings.members()) {
      if (member.name().equals(node)) {
        return regions.isAlive(member.id());
      }
    }
    return false;
  }

  /** What the regions show of a node, in one sentence. */
  String about(String node) {
    String about = desk.about(node, now);
    return isAlive(node) ? "alive, unreachable over the ring: " + about : about;
  }

  /** Makes log lines and records of what ping nodes show. */
  private final class PingWatch implements PingNodes.Listener {
    @Override
    public void reached(String ping, String host) {
      journal.log(Level.NOTICE, "ping " + ping + ": " + host + " answers");
    }

    @Override
    public void unreached(String ping, String host, long silentMillis) {
      journal.log(
          Level.WARNING,
          "ping %s: %s has not answered for %d ms".formatted(ping, host, silentMillis));
    }

    @Override
    public void settled(int reaches, int all) {
      String self = settings.nodeName();
      String what = "%s reaches %d of %d ping nodes".formatted(self, reaches, all);
      journal.decision(
          new Decision(
              wallMillis,
              self,
              Decision.Kind.NODE,
              self,
              what,
              List.of("it stayed so for two rounds"),
              List.of()));
    }
  }

  /** Makes log lines and records of what the regions hear. */
  private final class Watch implements RegionListener {
    private String node(int place) {
      return settings.member(settings.nodeIds().get(place)).name();
    }

    private String region(int region) {
      Region each = settings.regions().regions().get(region);
      return "region " + each.name();
    }

    private void record(int place, String what, List<String> why) {
      journal.decision(
          new Decision(
              wallMillis,
              settings.nodeName(),
              Decision.Kind.NODE,
              node(place),
              what,
              why,
              List.of()));
    }

    @Override
    public void found(int node, int region) {
      journal.log(Level.NOTICE, node(node) + " is seen on " + region(region));
    }

    @Override
    public void late(int node, int region, long silentMillis) {
      journal.log(
          Level.WARNING,
          "late heartbeat: nothing of %s on %s for %d ms"
              .formatted(node(node), region(region), silentMillis));
    }

    @Override
    public void lost(int node, int region, long silentMillis) {
      String what = node(node) + " is silent on " + region(region);
      record(node, what, List.of("nothing was heard for " + silentMillis + " ms"));
      journal.log(
          Level.WARNING,
          what + " for " + silentMillis + " ms" + "; " + desk.about(node(node), now));
    }

    @Override
    public void left(int node, int region) {
      journal.log(Level.INFO, node(node) + " says on " + region(region) + " that its daemon ends");
    }

    @Override
    public void restarted(int node) {
      journal.log(Level.NOTICE, "the daemon of " + node(node) + " began anew");
    }

    @Override
    public void stalled(int node, long millis) {
      String what = node(node) + " did not run for " + millis + " ms, and runs again";
      record(node, what, List.of("it says so in its heartbeats: a stall, not a death"));
      journal.log(Level.WARNING, what);
    }

    @Override
    public void selfStalled(long millis) {
      journal.log(
          Level.WARNING, "this node did not run for " + millis + " ms; the others are told");
    }
  }
}
