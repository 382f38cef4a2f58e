package org.ringward.core.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Booleans;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.Score;

/**
 * Fail counts in the status: transient node attributes {@code fail-count-RSC#OP_INTERVALMS}, with
 * {@code last-failure-RSC#OP_INTERVALMS} for the time. All functions are pure.
 */
public final class FailCounts {
  private static final String COUNT = "fail-count-";
  private static final String LAST = "last-failure-";

  private FailCounts() {}

  /**
   * A copy in which one more failure is counted. A failed stop counts as INFINITY, a failed start
   * too unless start-failure-is-fatal is off.
   */
  public static Cib increment(
      Cib cib,
      String nodeName,
      String resource,
      String operation,
      long intervalMs,
      long atSeconds) {
    String suffix = suffix(resource, operation, intervalMs);
    NodeState state = StatusEdits.find(cib, nodeName);
    boolean fatal =
        operation.equals("stop") || (operation.equals("start") && startFailureIsFatal(cib));
    int before = state == null ? 0 : count(state.transientAttribute(COUNT + suffix));
    int count = fatal ? Score.INFINITY : Score.add(1, before);
    return StatusEdits.edit(
        cib,
        nodeName,
        each ->
            each.withTransientAttribute(COUNT + suffix, Score.text(count))
                .withTransientAttribute(LAST + suffix, Long.toString(atSeconds)));
  }

  /** All failures of a resource on a node; 1,000,000 stands for INFINITY. */
  public static int read(Cib cib, String nodeName, String resource) {
    NodeState state = StatusEdits.find(cib, nodeName);
    int count = 0;
    if (state != null) {
      String start = COUNT + resource + "#";
      for (AttributeSet set : state.transientAttributes()) {
        for (Nvpair pair : set.pairs()) {
          if (pair.name().startsWith(start)) {
            count = Score.add(count, count(pair.value()));
          }
        }
      }
    }
    return count;
  }

  /** A copy in which no failure of the resource on the node is counted any more. */
  public static Cib clear(Cib cib, String nodeName, String resource) {
    String count = COUNT + resource + "#";
    String last = LAST + resource + "#";
    return without(cib, nodeName, name -> name.startsWith(count) || name.startsWith(last));
  }

  /** A copy in which failures of one operation are not counted any more. */
  public static Cib clear(
      Cib cib, String nodeName, String resource, String operation, long intervalMs) {
    String suffix = suffix(resource, operation, intervalMs);
    return without(
        cib, nodeName, name -> name.equals(COUNT + suffix) || name.equals(LAST + suffix));
  }

  private static Cib without(Cib cib, String nodeName, Predicate<String> matches) {
    NodeState state = StatusEdits.find(cib, nodeName);
    if (state == null) {
      return cib;
    }
    List<AttributeSet> sets = new ArrayList<>(state.transientAttributes());
    sets.replaceAll(set -> {
      List<Nvpair> left = new ArrayList<>(set.pairs());
      return left.removeIf(pair -> matches.test(pair.name())) ? set.withPairs(left) : set;
    });
    return sets.equals(state.transientAttributes())
        ? cib
        : StatusEdits.edit(cib, nodeName, each -> each.withTransientAttributes(sets));
  }

  private static String suffix(String resource, String operation, long intervalMs) {
    return resource + "#" + operation + "_" + intervalMs;
  }

  private static boolean startFailureIsFatal(Cib cib) {
    return Booleans.isTrue(cib.configuration().property("start-failure-is-fatal"), true);
  }

  private static int count(@Nullable String value) {
    return value == null ? 0 : Math.max(0, Score.parse(value).orElse(0));
  }
}
