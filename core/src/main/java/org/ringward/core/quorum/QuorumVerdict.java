package org.ringward.core.quorum;

/**
 * May this side go on.
 *
 * @param votes of the members that are here, those of a quorum device that votes for them included
 * @param deviceVotes how many of the votes are the quorum device's
 * @param needed how many are needed
 * @param expected how many there are in all
 * @param rule what decided
 * @param reason one sentence
 */
public record QuorumVerdict(
    boolean quorate,
    int votes,
    int deviceVotes,
    int needed,
    int expected,
    Rule rule,
    String reason) {

  /** What decided. */
  public enum Rule {
    /** Enough votes are here, or too few. */
    VOTES,
    /** Enough votes are here, but not all nodes have been seen since the start. */
    WAITING,
    /** One of two nodes is enough: the other may be quorate as well. */
    TWO_NODE,
    /** Half of the votes with the node that breaks ties. */
    TIE_BREAKER,
    /** The quorum device votes for this side, and its vote alone is enough. */
    DEVICE,
    /** An operator said so. */
    FORCED,
    /** Nobody counts votes. */
    NO_PROVIDER
  }

  /** Before the first ring. */
  public static final QuorumVerdict NONE =
      new QuorumVerdict(false, 0, 0, 0, 0, Rule.VOTES, "no ring was formed yet");

  /** Decided by votes, without a quorum device. */
  public QuorumVerdict(boolean quorate, int votes, int needed, int expected, String reason) {
    this(quorate, votes, 0, needed, expected, Rule.VOTES, reason);
  }

  /** The same with a sentence. */
  QuorumVerdict because(String sentence) {
    return new QuorumVerdict(quorate, votes, deviceVotes, needed, expected, rule, sentence);
  }

  /** Whether no other side can be quorate too: not when one of two nodes is enough. */
  public boolean isExclusive() {
    boolean eitherSide = rule == Rule.TWO_NODE || rule == Rule.NO_PROVIDER;
    return quorate && (!eitherSide || 2 * votes > expected);
  }

  /** Exclusive for certain: who was made quorate by an operator need not be. */
  public boolean isAlone() {
    return isExclusive() && rule != Rule.FORCED;
  }
}
