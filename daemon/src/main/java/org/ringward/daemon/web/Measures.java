package org.ringward.daemon.web;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import org.ringward.core.base.SavedConfiguration;
import org.ringward.core.cib.Configuration;
import org.ringward.core.node.Lookout;
import org.ringward.core.port.Journal;

/**
 * What is counted and timed from the daemon's start for metrics. Hears every decision on its way to
 * the journal, and sees the node at every turn; both cost next to nothing.
 */
public final class Measures implements Journal {
  private final Journal journal;
  private final Map<Decision.Kind, Long> decisions = new EnumMap<>(Decision.Kind.class);
  private final Map<String, Long> lost = new TreeMap<>();
  private Duration detection = Duration.NONE;
  private Duration agreement = Duration.NONE;
  private Duration proof = Duration.NONE;
  private boolean wasOperational;
  private boolean wasAgreed;
  private long leftNanos;
  private @Nullable Configuration configuration;
  private long configurationMillis;

  /**
   * Durations of one kind.
   *
   * @param count how many there were
   * @param totalNanos their sum
   * @param lastNanos the latest one
   */
  record Duration(long count, long totalNanos, long lastNanos) {
    static final Duration NONE = new Duration(0, 0, 0);

    Duration and(long nanos) {
      return new Duration(count + 1, totalNanos + nanos, nanos);
    }
  }

  /**
   * All of it at a moment.
   *
   * @param detection from the last token to the end of its ring
   * @param agreement from the end of a ring to the next agreed membership
   * @param proof from a node's loss to the proof that it is down
   * @param configurationMillis when this node saw the configuration change last, or first saw one
   */
  record Counted(
      Map<Decision.Kind, Long> decisions,
      Duration detection,
      Duration agreement,
      Duration proof,
      long configurationMillis) {}

  public Measures(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void decision(Decision decision) {
    journal.decision(decision);
    count(decision);
  }

  @Override
  public void configuration(SavedConfiguration saved) {
    journal.configuration(saved);
  }

  @Override
  public void log(Level level, String text) {
    journal.log(level, text);
  }

  private synchronized void count(Decision decision) {
    decisions.merge(decision.kind(), 1L, Long::sum);
    boolean fence = decision.kind() == Decision.Kind.FENCE;
    boolean membership = decision.kind() == Decision.Kind.MEMBERSHIP;
    if (membership && decision.fact("event").equals("lost")) {
      lost.put(decision.subject(), decision.wallMillis());
    } else if (fence && decision.fact("event").equals("proof")) {
      Long since = lost.remove(decision.subject());
      if (since != null) {
        proof = proof.and(Math.max(0, decision.wallMillis() - since) * 1_000_000);
      }
    }
  }

  /** The loop has turned the node. The same configuration is the same object nearly always. */
  @SuppressWarnings("ReferenceEquality")
  public void turned(Lookout lookout, long nowNanos, long wallMillis) {
    boolean operational = lookout.isOperational();
    boolean agreed = lookout.cluster().isAgreed();
    Configuration now = lookout.cluster().configuration();
    if (operational == wasOperational && agreed == wasAgreed && now == configuration) {
      return;
    }
    note(operational, agreed, lookout.tokenSeen(), nowNanos);
    if (now != configuration && !now.equals(configuration)) {
      changed(wallMillis);
    }
    configuration = now;
  }

  private synchronized void note(
      boolean operational, boolean agreed, long tokenSeen, long nowNanos) {
    if (wasOperational && !operational) {
      detection = detection.and(Math.max(0, nowNanos - tokenSeen));
      leftNanos = nowNanos;
    }
    if (!wasAgreed && agreed && leftNanos != 0) {
      agreement = agreement.and(nowNanos - leftNanos);
      leftNanos = 0;
    }
    wasOperational = operational;
    wasAgreed = agreed;
  }

  private synchronized void changed(long wallMillis) {
    configurationMillis = wallMillis;
  }

  synchronized Counted counted() {
    return new Counted(new EnumMap<>(decisions), detection, agreement, proof, configurationMillis);
  }
}
