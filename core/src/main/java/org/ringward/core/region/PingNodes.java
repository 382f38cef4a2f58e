package org.ringward.core.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.RegionsReport.PingLine;
import org.ringward.core.config.RegionSettings.Ping;
import org.ringward.core.port.Echoes;

/**
 * Ping nodes and ping groups: what this node reaches outside the cluster. They are witnesses of
 * connectivity, never of life.
 *
 * <p>A host is reachable from an answer on, and unreachable after its deadtime without one. What is
 * reached in all (each host of a ping entry counts one, a group counts one while any of its hosts
 * answers) is <em>coming</em> at once, and <em>settled</em> when it stayed so for two rounds: a
 * router that fails is missed by the nodes within one round of each other, and none of them may
 * look worse than the others only because it was the first to notice.
 *
 * <p>Times are monotonic nanoseconds. A turn that comes late by half a second is a stall of this
 * node, whose time is nobody's silence.
 */
public final class PingNodes {
  /** Nothing is known yet. */
  public static final int UNKNOWN = -1;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long STALL_NANOS = 500 * NANOS_PER_MILLI;
  private static final int SETTLING_ROUNDS = 2;

  private final List<Ping> settings;
  private final Echoes echoes;
  private final Listener listener;

  /** The ping entry of each host, by the host's number. */
  private final int[] entries;

  private final String[] hosts;
  private final boolean[] reachable;
  private final boolean[] everAnswered;
  private final boolean[] known;
  private final long[] lastAnswer;
  private final int[] lastAsked;
  private final int[] lastAnswered;
  private final long[] nextAsk;
  private final long settlingNanos;
  private boolean running;
  private long lastTurn;
  private int coming = UNKNOWN;
  private long comingSince;
  private int settled = UNKNOWN;

  /** Hears what changes. */
  public interface Listener {
    /** A host answers, for the first time or again. */
    void reached(String ping, String host);

    /** A host does not answer any more, or did not since the start. */
    void unreached(String ping, String host, long silentMillis);

    /** So much of all is reached, and stayed so. */
    void settled(int reaches, int all);
  }

  /** The ping nodes of one life of a node. */
  public PingNodes(List<Ping> settings, Echoes echoes, Listener listener) {
    this.settings = List.copyOf(settings);
    this.echoes = echoes;
    this.listener = listener;
    List<String> names = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    long longest = 0;
    for (int entry = 0; entry < settings.size(); entry++) {
      for (String host : settings.get(entry).hosts()) {
        names.add(host);
        owners.add(entry);
      }
      longest = Math.max(longest, settings.get(entry).interval());
    }
    this.hosts = names.toArray(String[]::new);
    this.entries = owners.stream().mapToInt(Integer::intValue).toArray();
    int count = hosts.length;
    this.reachable = new boolean[count];
    this.everAnswered = new boolean[count];
    this.known = new boolean[count];
    this.lastAnswer = new long[count];
    this.lastAsked = new int[count];
    this.lastAnswered = new int[count];
    this.nextAsk = new long[settings.size()];
    this.settlingNanos = SETTLING_ROUNDS * longest * NANOS_PER_MILLI;
  }

  /** Begins to ask. */
  public void start(long now) {
    running = hosts.length > 0;
    lastTurn = now;
    Arrays.fill(lastAnswer, now);
    Arrays.fill(nextAsk, now);
  }

  private long interval(int entry) {
    return settings.get(entry).interval() * NANOS_PER_MILLI;
  }

  private long deadping(int host) {
    return settings.get(entries[host]).deadping() * NANOS_PER_MILLI;
  }

  // ---- inputs

  /**
   * A host answered the question of that number; each answer counts once, and not when it is old.
   */
  public void answered(int host, int number, long now) {
    if (!running || host < 0 || host >= hosts.length) {
      return;
    }
    long age = (lastAsked[host] - (long) number) * interval(entries[host]);
    if (number > lastAsked[host] || number <= lastAnswered[host] || age >= deadping(host)) {
      return;
    }
    lastAnswered[host] = number;
    lastAnswer[host] = now;
    known[host] = true;
    everAnswered[host] = true;
    if (!reachable[host]) {
      reachable[host] = true;
      listener.reached(settings.get(entries[host]).name(), hosts[host]);
      weigh(now);
    }
  }

  /** Asks whom it is time to ask, and notices silence. */
  public void turn(long now) {
    if (!running) {
      return;
    }
    excuseOwnStall(now);
    lastTurn = now;
    for (int host = 0; host < hosts.length; host++) {
      if (nextAsk[entries[host]] <= now) {
        echoes.ask(host, ++lastAsked[host]);
      }
    }
    for (int entry = 0; entry < nextAsk.length; entry++) {
      if (nextAsk[entry] <= now) {
        nextAsk[entry] = Math.max(nextAsk[entry] + interval(entry), now + interval(entry) / 2);
      }
    }
    for (int host = 0; host < hosts.length; host++) {
      if ((reachable[host] || !known[host]) && now - lastAnswer[host] >= deadping(host)) {
        lose(host, now);
      }
    }
    weigh(now);
  }

  private void excuseOwnStall(long now) {
    long due = Long.MAX_VALUE;
    for (long each : nextAsk) {
      due = Math.min(due, each);
    }
    if (now - due < STALL_NANOS) {
      return;
    }
    for (int host = 0; host < hosts.length; host++) {
      lastAnswer[host] += now - lastTurn;
    }
    comingSince += now - lastTurn;
  }

  private void lose(int host, long now) {
    reachable[host] = false;
    known[host] = true;
    long silent = (now - lastAnswer[host]) / NANOS_PER_MILLI;
    listener.unreached(settings.get(entries[host]).name(), hosts[host], silent);
  }

  private void weigh(long now) {
    for (boolean each : known) {
      if (!each) {
        return;
      }
    }
    int reaches = count();
    if (reaches != coming) {
      coming = reaches;
      comingSince = now;
    }
    if (settled != coming && now - comingSince >= settlingNanos) {
      settled = coming;
      listener.settled(settled, all());
    }
  }

  private int count() {
    int count = 0;
    for (int entry = 0; entry < settings.size(); entry++) {
      int answering = 0;
      for (int host = 0; host < hosts.length; host++) {
        answering += entries[host] == entry && reachable[host] ? 1 : 0;
      }
      count += settings.get(entry).group() ? Math.min(answering, 1) : answering;
    }
    return count;
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    if (!running) {
      return Long.MAX_VALUE;
    }
    long next = Long.MAX_VALUE;
    for (long each : nextAsk) {
      next = Math.min(next, each);
    }
    for (int host = 0; host < hosts.length; host++) {
      if (reachable[host] || !known[host]) {
        next = Math.min(next, lastAnswer[host] + deadping(host));
      }
    }
    return settled == coming ? next : Math.min(next, comingSince + settlingNanos);
  }

  // ---- what is known

  /** How much is reached, and has been for a while; {@link #UNKNOWN} at first. */
  public int settled() {
    return settled;
  }

  /** How much is reached at this moment; {@link #UNKNOWN} at first. */
  public int coming() {
    return coming;
  }

  /** How much can be reached at most. */
  public int all() {
    int all = 0;
    for (Ping ping : settings) {
      all += ping.group() ? 1 : ping.hosts().size();
    }
    return all;
  }

  /** A line for each entry. */
  public List<PingLine> lines(long now) {
    List<PingLine> lines = new ArrayList<>();
    for (int entry = 0; entry < settings.size(); entry++) {
      boolean any = false;
      boolean every = true;
      long age = -1;
      for (int host = 0; host < hosts.length; host++) {
        if (entries[host] == entry) {
          any |= reachable[host];
          every &= reachable[host];
          long silent = everAnswered[host] ? (now - lastAnswer[host]) / NANOS_PER_MILLI : -1;
          age = age < 0 || (silent >= 0 && silent < age) ? silent : age;
        }
      }
      Ping ping = settings.get(entry);
      lines.add(new PingLine(ping.name(), ping.hosts(), ping.group() ? any : every, age));
    }
    return lines;
  }

  /** What is wrong, a sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (int host = 0; host < hosts.length; host++) {
      String name = settings.get(entries[host]).name();
      @Nullable String trouble = echoes.echoTrouble(host);
      if (trouble != null) {
        warnings.add("ping " + name + " cannot be used here: " + trouble);
      } else if (known[host] && !reachable[host]) {
        warnings.add("ping " + name + ": " + hosts[host] + " does not answer this node");
      }
    }
    return warnings.stream().distinct().toList();
  }
}
