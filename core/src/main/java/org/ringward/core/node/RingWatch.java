package org.ringward.core.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.group.RingStatus;
import org.ringward.core.link.DropCounts;
import org.ringward.core.link.LinkDrop;
import org.ringward.core.link.LinkListener;
import org.ringward.core.link.LinkStatus;
import org.ringward.core.link.Transport;
import org.ringward.core.port.Journal.Level;

/**
 * Turns what the ring counts into sentences for people: what it hears that cannot come from a
 * member, links that are down, paths that differ, clocks that jump. Each is a warning in the status
 * and a line of the log at its first sight, then at most one a minute with the count.
 *
 * <p>Nothing here is on the way of a frame: counters are looked at once a second.
 */
public final class RingWatch implements LinkListener {
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A smaller step of the wall clock is everyday work of time synchronisation. */
  private static final long CLOCK_STEP_MILLIS = 1000;

  /**
   * What the ring counts and nothing but a fault or a stranger makes it count, with its meaning.
   */
  private static final Map<String, String> STRANGE_FRAMES = strangeFrames();

  private final Log log;
  private final RepeatedNews news = new RepeatedNews();
  private NodeSettings settings;
  private DropSentences sentences;
  private long nextLook = Long.MIN_VALUE;
  private boolean turnedBefore;
  private long lastNanos;
  private long lastWallMillis;
  private long clockJumps;
  private long lastJumpMillis;

  /** Where lines of the log go; never blocks. */
  public interface Log {
    void log(Level level, String text);
  }

  public RingWatch(NodeSettings settings, Log log) {
    this.settings = settings;
    this.sentences = new DropSentences(settings);
    this.log = log;
  }

  private static Map<String, String> strangeFrames() {
    Map<String, String> frames = new LinkedHashMap<>();
    frames.put(
        "frames-malformed",
        "a frame that is no Totem frame: another program on this port, or a broken network");
    frames.put(
        "frames-of-unknown-nodes",
        "a frame of nodes that are not configured: another cluster, or the node lists differ");
    frames.put(
        "numbers-jumped",
        "packets with numbers far from those before: somebody sends again what was recorded, or"
            + " thousands were lost");
    return frames;
  }

  /** The settings have changed. */
  public void reconfigured(NodeSettings changed) {
    settings = changed;
    sentences = new DropSentences(changed);
  }

  /** Looks when it is time to; call it as often as convenient. */
  public void turn(Transport transport, StatusSource ring, long nowNanos, long wallMillis) {
    watchClock(nowNanos, wallMillis);
    if (nowNanos < nextLook && nextLook != Long.MIN_VALUE) {
      return;
    }
    nextLook = nowNanos + LOOK_NANOS;
    forEach(
        transport,
        ring.status(),
        (subject, count, sentence) -> {
          if (news.isDue(subject, count, nowNanos)) {
            log.log(Level.WARNING, sentence);
          }
        });
  }

  /** Gives the status of the ring, at some cost. */
  public interface StatusSource {
    RingStatus status();
  }

  private interface Finding {
    void found(String subject, long count, String sentence);
  }

  /** Everything that is strange up to now, a sentence each. */
  public List<String> warnings(Transport transport, RingStatus ring) {
    List<String> warnings = new ArrayList<>();
    forEach(transport, ring, (_, _, sentence) -> warnings.add(sentence));
    for (LinkStatus link : transport.links()) {
      if (!link.connected()) {
        warnings.add("link " + link.link() + " to " + name(link.node()) + " is down");
      }
    }
    addDifferingMtus(transport.links(), warnings);
    for (LinkStatus link : transport.links()) {
      if (link.connected() && isTooLong(link.pathMtu())) {
        warnings.add(tooLong(link.node(), link.link(), link.pathMtu()));
      }
    }
    return warnings;
  }

  private boolean isTooLong(int pathMtu) {
    return pathMtu > 0 && settings.links().knetMtu() > pathMtu;
  }

  private String tooLong(int node, int link, int pathMtu) {
    return "knet_mtu is "
        + settings.links().knetMtu()
        + ", but packets of no more than "
        + pathMtu
        + " bytes reach "
        + name(node)
        + " on link "
        + link
        + ": longer ones are lost";
  }

  private void forEach(Transport transport, RingStatus ring, Finding finding) {
    DropCounts drops = transport.drops();
    drops.forEach((reason, link, node, count) ->
        finding.found(
            reason + "/" + link + "/" + node, count, sentences.of(reason, link, node, count)));
    repeated(drops, finding);
    STRANGE_FRAMES.forEach((counter, meaning) -> {
      long count = ring.counters().getOrDefault(counter, 0L);
      if (count > 0) {
        finding.found(counter, count, "heard " + times(count) + ": " + meaning);
      }
    });
    if (clockJumps > 0) {
      finding.found("clock", clockJumps, clockSentence());
    }
  }

  /** Every link gets a copy in mode active, so packets come twice without a fault. */
  private void repeated(DropCounts drops, Finding finding) {
    long count = drops.get(LinkDrop.DUPLICATE);
    boolean expected = settings.links().mode() == LinkSettings.Mode.ACTIVE;
    if (count > 0 && !expected) {
      String packets = count == 1 ? "1 packet" : count + " packets";
      String meaning = " came twice: the network repeats packets, or somebody replays them";
      finding.found("duplicates", count, packets + meaning);
    }
  }

  private void watchClock(long nowNanos, long wallMillis) {
    if (turnedBefore) {
      long expected = (nowNanos - lastNanos) / NANOS_PER_MILLI;
      long step = wallMillis - lastWallMillis - expected;
      if (Math.abs(step) >= CLOCK_STEP_MILLIS) {
        clockJumps++;
        lastJumpMillis = step;
        nextLook = Long.MIN_VALUE;
      }
    }
    turnedBefore = true;
    lastNanos = nowNanos;
    lastWallMillis = wallMillis;
  }

  private String clockSentence() {
    String way = lastJumpMillis > 0 ? " ms forward" : " ms back";
    return "the wall clock was set "
        + times(clockJumps)
        + ", last by "
        + Math.abs(lastJumpMillis)
        + way
        + "; the ring does not use it, but time stamps of the log and the history do";
  }

  private static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }

  private String name(int node) {
    return settings.members().stream()
        .filter(member -> member.id() == node)
        .map(NodeSettings.Member::name)
        .findFirst()
        .orElse("node " + Integer.toUnsignedString(node));
  }

  /** One path with a smaller packet makes all frames smaller; on one network that is a mistake. */
  private void addDifferingMtus(List<LinkStatus> links, List<String> warnings) {
    SortedMap<Integer, SortedMap<Integer, String>> byLink = new TreeMap<>();
    for (LinkStatus link : links) {
      if (link.connected() && link.mtuKnown()) {
        byLink
            .computeIfAbsent(link.link(), _ -> new TreeMap<>())
            .merge(link.mtu(), name(link.node()), (one, other) -> one + ", " + other);
      }
    }
    byLink.forEach((link, nodes) -> {
      if (nodes.size() > 1) {
        List<String> parts = new ArrayList<>();
        nodes.forEach((mtu, names) -> parts.add(mtu + " bytes to " + names));
        String found = "the largest packets of link " + link + " differ: ";
        warnings.add(found + String.join("; ", parts) + "; are the mtus of the interfaces equal?");
      }
    });
  }

  @Override
  public void linkUp(int node, int link) {
    log.log(Level.NOTICE, "link " + link + " to " + name(node) + " is up");
  }

  @Override
  public void linkDown(int node, int link, Cause cause) {
    String why =
        switch (cause) {
          case SILENT -> "no answer for too long";
          case REFUSED -> "nobody listens there";
          case REMOVED -> "it is not configured any more";
          case MOVED -> "an address has changed";
        };
    log.log(Level.WARNING, "link " + link + " to " + name(node) + " is down: " + why);
  }

  @Override
  public void mtuChanged(int node, int link, int mtu) {
    if (isTooLong(mtu)) {
      log.log(Level.WARNING, tooLong(node, link, mtu));
      return;
    }
    log.log(
        Level.INFO, "packets of up to " + mtu + " bytes reach " + name(node) + " on link " + link);
  }
}
