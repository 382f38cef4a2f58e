package org.ringward.core.link;

import java.util.SortedMap;
import org.ringward.core.base.Counters;

/**
 * How often datagrams were dropped: by reason, and for suspicious reasons also by link and by the
 * node that has the source address. Counting allocates nothing and keeps little, whoever sends.
 */
@SuppressWarnings("EnumOrdinal") // an index into arrays of this process, never stored or sent
public final class DropCounts {
  /** More kinds of sources than this are counted by reason only. */
  private static final int CELLS_MAX = 256;

  private static final LinkDrop[] REASONS = LinkDrop.values();

  private final Counters<LinkDrop> totals = new Counters<>(LinkDrop.class);
  private final int[] kinds = new int[CELLS_MAX];
  private final int[] nodes = new int[CELLS_MAX];
  private final long[] counts = new long[CELLS_MAX];
  private int used;

  /** Is told what was counted. */
  public interface Visitor {
    /**
     * Drops for one reason.
     *
     * @param node who has the source address, 0 for nobody
     */
    void drops(LinkDrop reason, int link, int node, long count);
  }

  /**
   * Counts one.
   *
   * @param node who has the source address, 0 for nobody
   */
  public void count(LinkDrop reason, int link, int node) {
    totals.count(reason);
    if (!reason.isSuspicious()) {
      return;
    }
    int kind = (reason.ordinal() << 8) | (link & 0xff);
    for (int cell = 0; cell < used; cell++) {
      if (kinds[cell] == kind && nodes[cell] == node) {
        counts[cell]++;
        return;
      }
    }
    if (used < CELLS_MAX) {
      kinds[used] = kind;
      nodes[used] = node;
      counts[used++] = 1;
    }
  }

  /** How often for that reason in all. */
  public long get(LinkDrop reason) {
    return totals.get(reason);
  }

  /** Shows what was suspicious, in the order of its first sight. */
  public void forEach(Visitor visitor) {
    for (int cell = 0; cell < used; cell++) {
      visitor.drops(REASONS[kinds[cell] >> 8], kinds[cell] & 0xff, nodes[cell], counts[cell]);
    }
  }

  /** Adds the totals under the reasons' names behind a prefix. */
  public void report(String prefix, SortedMap<String, Long> report) {
    totals.report(prefix, report);
  }
}
