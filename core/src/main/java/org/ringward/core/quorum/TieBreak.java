package org.ringward.core.quorum;

import org.ringward.core.base.NodeSet;
import org.ringward.core.config.QuorumSettings.TieBreaker;

/**
 * Which of two equal halves may go on. A node remembers the lowest and the highest id of the last
 * membership that was quorate by votes; a list is held against the membership before.
 */
final class TieBreak {
  private int lowest;
  private int highest;

  /** This membership is quorate by its votes. */
  void remember(NodeSet members) {
    lowest = members.lowest();
    highest = members.get(members.size() - 1);
  }

  /** Whether the half with these members has the node that breaks the tie. */
  boolean isWon(TieBreaker rule, NodeSet members, NodeSet previous) {
    return switch (rule.kind()) {
      case LOWEST -> members.contains(lowest);
      case HIGHEST -> members.contains(highest);
      case LIST -> listed(rule, members, previous);
    };
  }

  /** The first node of the list that is here wins, unless one before it was here and is gone. */
  private static boolean listed(TieBreaker rule, NodeSet members, NodeSet previous) {
    for (int node : rule.nodes()) {
      if (members.contains(node)) {
        return true;
      }
      if (previous.contains(node)) {
        return false;
      }
    }
    return false;
  }

  TieBreak copy() {
    TieBreak copy = new TieBreak();
    copy.lowest = lowest;
    copy.highest = highest;
    return copy;
  }
}
