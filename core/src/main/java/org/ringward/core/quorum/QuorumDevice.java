package org.ringward.core.quorum;

/**
 * The quorum device of this node, as it is at one moment.
 *
 * @param name such as "Qdisk"; empty while there is none
 * @param votes that it adds when it votes for this side
 * @param alive it answers
 * @param castsVote it votes for the side of this node
 * @param masterWins its vote alone is enough
 */
public record QuorumDevice(
    String name, int votes, boolean alive, boolean castsVote, boolean masterWins) {
  /** No quorum device. */
  public static final QuorumDevice NONE = new QuorumDevice("", 0, false, false, false);

  public boolean isRegistered() {
    return !name.isEmpty();
  }
}
