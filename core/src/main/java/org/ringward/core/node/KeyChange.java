package org.ringward.core.node;

import java.util.function.IntConsumer;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.LinkSettings.Cipher;
import org.ringward.core.config.LinkSettings.Hash;
import org.ringward.core.link.Transport;
import org.ringward.core.wire.CfgMessage;

/**
 * A change of keys without an outage (reference/totem-pg-sync-services.md, section 6): every node
 * understands the new key before anyone sends with it, and everybody sends with it before the old
 * one is forgotten. Corosync's nodes go on after their own announcement; here a node waits for
 * those of all members, for a while, since one that cannot read the new key would be cut off. It
 * does not wait when one of them goes on: that one soon understands nothing else. Nor does it when
 * one of them begins the next change, for which this node has no room before this one is over.
 */
final class KeyChange {
  static final long PATIENCE_NANOS = 5_000_000_000L;

  private final Transport transport;
  private final IntConsumer announce;
  private Step step = Step.NONE;
  private NodeSet understoodBy = NodeSet.EMPTY;
  private NodeSet usedBy = NodeSet.EMPTY;

  /** Of the next change: others may begin it while this node waits in the one before. */
  private NodeSet nextUnderstoodBy = NodeSet.EMPTY;

  private NodeSet nextUsedBy = NodeSet.EMPTY;
  private long until = Long.MAX_VALUE;

  private enum Step {
    NONE,
    /** The new key is understood and not used yet. */
    LOADED,
    /** The new key is used, the old one understood still. */
    ACTIVE
  }

  /**
   * A transport that has one key.
   *
   * @param announce tells all nodes a step, this one too
   */
  KeyChange(Transport transport, IntConsumer announce) {
    this.transport = transport;
    this.announce = announce;
  }

  /** A reload was ordered: steps that are announced from now on belong to it. */
  void expect() {
    if (step == Step.NONE) {
      understoodBy = NodeSet.EMPTY;
      usedBy = NodeSet.EMPTY;
      nextUnderstoodBy = NodeSet.EMPTY;
      nextUsedBy = NodeSet.EMPTY;
    }
  }

  /** Whether a change is under way. */
  boolean isRunning() {
    return step != Step.NONE;
  }

  /** Begins; not while a change is under way. */
  void begin(Cipher cipher, Hash hash, byte[] key, long now) {
    transport.loadKey(cipher, hash, key);
    step = Step.LOADED;
    until = now + PATIENCE_NANOS;
    announce.accept(CfgMessage.PHASE_ACTIVATE);
  }

  /** A node has announced a step: the first of them a second time is the next change's. */
  void announced(int node, int phase) {
    boolean next = nextUnderstoodBy.contains(node);
    if (phase == CfgMessage.PHASE_ACTIVATE) {
      if (understoodBy.contains(node)) {
        nextUnderstoodBy = nextUnderstoodBy.with(node);
      } else {
        understoodBy = understoodBy.with(node);
      }
    } else if (phase == CfgMessage.PHASE_CLEAN_UP && next) {
      nextUsedBy = nextUsedBy.with(node);
    } else if (phase == CfgMessage.PHASE_CLEAN_UP) {
      usedBy = usedBy.with(node);
    }
  }

  /** The nodes that have announced a new key while this one has none. */
  NodeSet othersAlone() {
    return step == Step.NONE ? understoodBy : NodeSet.EMPTY;
  }

  /** Goes on when all members are so far, or have had enough time. */
  void turn(NodeSet members, long now) {
    if (step == Step.LOADED
        && (understoodBy.containsAll(members) || isUsedAlready() || isOvertaken(now))) {
      transport.activateKey();
      step = Step.ACTIVE;
      until = now + PATIENCE_NANOS;
      announce.accept(CfgMessage.PHASE_CLEAN_UP);
    }
    if (step == Step.ACTIVE && (usedBy.containsAll(members) || isOvertaken(now))) {
      transport.clearOldKey();
      step = Step.NONE;
      understoodBy = nextUnderstoodBy;
      usedBy = nextUsedBy;
      nextUnderstoodBy = NodeSet.EMPTY;
      nextUsedBy = NodeSet.EMPTY;
      until = Long.MAX_VALUE;
    }
  }

  /** Whether there is no time to wait any more. */
  private boolean isOvertaken(long now) {
    return now >= until || !nextUnderstoodBy.isEmpty();
  }

  /**
   * Whether a node goes on, and so soon forgets the old key: by its packets, since its words do not
   * arrive any more where a node between forgot it already; or by its words, of which a late one of
   * the change before is none.
   */
  private boolean isUsedAlready() {
    return transport.isLoadedKeyUsed() || !usedBy.intersect(understoodBy).isEmpty();
  }

  long nextDeadline() {
    return until;
  }
}
