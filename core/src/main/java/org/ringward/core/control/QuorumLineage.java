package org.ringward.core.control;

import java.util.List;
import org.ringward.core.base.NodeSet;

/**
 * The quorate views that a member knows of because it took part, in this life. Where fewer than all
 * votes may decide, a view goes on only as the successor of the last one (dynamic linear voting).
 *
 * @param needed whether with this member's settings fewer than all votes may decide
 * @param shrinks whether fewer votes may be expected than are configured
 * @param waits whether with this member's settings nobody goes on before all are here
 *     (wait_for_all), and it was in no quorate view yet: that a ring has been whole is not enough,
 *     as it may have broken before anybody had the others' state
 * @param last the last quorate one, {@link Formation#NONE} for none
 * @param attempts later ones that this member has confirmed without learning what became of them;
 *     another member may have gone on
 * @param ready whether the view in force is among them, or has become the last one
 */
record QuorumLineage(
    boolean needed,
    boolean shrinks,
    boolean waits,
    Formation last,
    List<Formation> attempts,
    boolean ready) {
  /** Of a member for which all votes decide and that was in no quorate view yet. */
  static final QuorumLineage NONE =
      new QuorumLineage(false, false, false, Formation.NONE, List.of(), false);

  QuorumLineage {
    attempts = List.copyOf(attempts);
  }

  /**
   * A view that went on, or may have.
   *
   * @param ring sequence of its ring, 0 for none
   * @param tieNode which of the members breaks a tie between two halves of them, 0 for none
   */
  record Formation(long ring, NodeSet members, int tieNode) {
    static final Formation NONE = new Formation(0, NodeSet.EMPTY, 0);

    /** Whether of all its parts only this one can go on. */
    boolean isContinuedBy(NodeSet part, boolean tieCounts) {
      int twice = 2 * members.intersect(part).size();
      return twice > members.size()
          || (twice == members.size() && tieCounts && part.contains(tieNode));
    }
  }

  /** Whether this member remembers a quorate view, and with it every later attempt of its own. */
  boolean remembers() {
    return last.ring() > 0;
  }
}
