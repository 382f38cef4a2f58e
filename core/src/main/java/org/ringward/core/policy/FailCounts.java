package org.ringward.core.policy;

import java.util.function.Predicate;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Nvpair;

/**
 * Fail counts in the status: transient node attributes {@code fail-count-RSC#OP_INTERVALMS}, with
 * {@code last-failure-RSC#OP_INTERVALMS} for the time. All functions are pure.
 */
public final class FailCounts {
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
    boolean fatal =
        operation.equals(PlannedAction.STOP)
            || (operation.equals(PlannedAction.START) && startFailureIsFatal(cib));
    int count =
        fatal ? Scores.INFINITY : Scores.add(1, valueOf(cib, nodeName, "fail-count-" + suffix));
    Cib counted =
        TransientAttributes.set(cib, nodeName, "fail-count-" + suffix, Scores.text(count));
    return TransientAttributes.set(
        counted, nodeName, "last-failure-" + suffix, Long.toString(atSeconds));
  }

  /** All failures of a resource on a node; 1,000,000 stands for INFINITY. */
  public static int read(Cib cib, String nodeName, String resource) {
    NodeState state = StatusEdits.find(cib, nodeName);
    int count = 0;
    if (state != null) {
      String start = "fail-count-" + resource + "#";
      for (AttributeSet set : state.transientAttributes()) {
        for (Nvpair pair : set.pairs()) {
          if (pair.name().startsWith(start)) {
            count = Scores.add(count, Values.score(pair.value(), 0));
          }
        }
      }
    }
    return count;
  }

  /** A copy in which no failure of the resource on the node is counted any more. */
  public static Cib clear(Cib cib, String nodeName, String resource) {
    String count = "fail-count-" + resource + "#";
    String last = "last-failure-" + resource + "#";
    return TransientAttributes.removeIf(
        cib, nodeName, name -> name.startsWith(count) || name.startsWith(last));
  }

  /** A copy in which failures of one operation are not counted any more. */
  public static Cib clear(
      Cib cib, String nodeName, String resource, String operation, long intervalMs) {
    String suffix = suffix(resource, operation, intervalMs);
    Predicate<String> matches =
        name -> name.equals("fail-count-" + suffix) || name.equals("last-failure-" + suffix);
    return TransientAttributes.removeIf(cib, nodeName, matches);
  }

  private static String suffix(String resource, String operation, long intervalMs) {
    return resource + "#" + operation + "_" + intervalMs;
  }

  private static boolean startFailureIsFatal(Cib cib) {
    return Values.truth(cib.configuration().property("start-failure-is-fatal"), true);
  }

  private static int valueOf(Cib cib, String nodeName, String attribute) {
    NodeState state = StatusEdits.find(cib, nodeName);
    if (state == null) {
      return 0;
    }
    for (AttributeSet set : state.transientAttributes()) {
      String value = set.value(attribute);
      if (value != null) {
        return Math.max(0, Values.score(value, 0));
      }
    }
    return 0;
  }
}
