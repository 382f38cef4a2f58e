package org.ringward.core.admin;

import java.util.List;

/**
 * The transition that runs, or the last one, as one node knows it. The coordinator knows the whole
 * graph; other nodes know what was ordered and what has ended, because that travels in the ring.
 *
 * @param node the node that answers
 * @param coordinator who walks it, empty when there was none since this node joined
 * @param whole whether the node knows the whole graph: every action, and what waits for what
 * @param number counted by the coordinator, 0 when there was none
 * @param state none, running, done, incomplete (it ended with actions that failed or never
 *     started), or unknown (the coordinator is another node and nothing is under way)
 * @param summary one sentence
 * @param aborted why nothing new is started, empty while that is not so
 * @param startedMillis when it began, milliseconds since 1970, 0 when that is not known
 * @param actions what people care for: steps that only order others are left out
 */
public record TransitionReport(
    String node,
    String coordinator,
    boolean whole,
    long number,
    String state,
    String summary,
    String aborted,
    long startedMillis,
    List<ActionLine> actions)
    implements AdminReply.Report {

  public TransitionReport {
    actions = List.copyOf(actions);
  }

  /**
   * One action.
   *
   * @param id number in its graph
   * @param operation start, stop, monitor, probe (a monitor that asks once), stonith, do_shutdown
   *     and the like
   * @param resource empty for an action on a node
   * @param onNode where it is done
   * @param state waiting, running, done or failed
   * @param startedMillis when it was ordered, milliseconds since 1970; 0 while it was not
   * @param tookMillis from the order to its end, 0 while it has none
   * @param after ids of the actions that had to be done first, those in between left out
   */
  public record ActionLine(
      int id,
      String operation,
      String resource,
      String onNode,
      String state,
      long startedMillis,
      long tookMillis,
      List<Integer> after) {
    public ActionLine {
      after = List.copyOf(after);
    }
  }
}
