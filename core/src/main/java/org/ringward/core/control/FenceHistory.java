package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.Status;

/**
 * What was fenced, with the proof; kept in the status as an element of our own, newest first,
 * bounded.
 */
final class FenceHistory {
  private static final String ELEMENT = "fencing_history";
  private static final int MOST = 30;

  private FenceHistory() {}

  /**
   * One entry.
   *
   * @param state running, succeeded or failed
   * @param proof the sentence that makes recovery safe, or what went wrong; while it runs the cause
   * @param cause why the node had to be fenced, empty when that was not recorded
   * @param rung the {@link org.ringward.core.fence.Rung} that proved it, empty for none
   */
  record Entry(
      long id,
      String target,
      String incarnation,
      String action,
      String executor,
      String state,
      String proof,
      String cause,
      String rung,
      long wallMillis) {
    boolean succeeded() {
      return state.equals("succeeded");
    }

    boolean isOver() {
      return succeeded() || state.equals("failed");
    }
  }

  /** Why an attempt was made: its order says so, else the order before for the same loss. */
  static String cause(Status status, long id, String executor, String target, String incarnation) {
    List<Entry> all = entries(status);
    for (Entry each : all) {
      if (each.id() == id && each.executor().equals(executor)) {
        return each.cause();
      }
    }
    for (Entry each : all) {
      if (each.target().equals(target)
          && each.incarnation().equals(incarnation)
          && !each.cause().isEmpty()) {
        return each.cause();
      }
    }
    return "";
  }

  static List<Entry> entries(Status status) {
    List<Entry> entries = new ArrayList<>();
    for (Element other : status.others()) {
      if (other.name().equals(ELEMENT)) {
        other.children().forEach(child -> entries.add(entry(child.attributes())));
      }
    }
    return entries;
  }

  /** Adds the entry, or replaces the one with the same id and executor. */
  static Status with(Status status, Entry entry) {
    List<Element> children = new ArrayList<>();
    children.add(element(entry));
    for (Entry old : entries(status)) {
      boolean same = old.id() == entry.id() && old.executor().equals(entry.executor());
      if (!same && children.size() < MOST) {
        children.add(element(old));
      }
    }
    List<Element> others = new ArrayList<>();
    status.others().stream().filter(each -> !each.name().equals(ELEMENT)).forEach(others::add);
    others.add(Element.of(ELEMENT, Attributes.NONE, children));
    return new Status(status.nodes(), others);
  }

  private static Entry entry(Attributes a) {
    return new Entry(
        number(a, "id"),
        a.get("target", ""),
        a.get("incarnation", ""),
        a.get("action", ""),
        a.get("executor", ""),
        a.get("state", ""),
        a.get("proof", ""),
        a.get("cause", ""),
        a.get("rung", ""),
        number(a, "time"));
  }

  private static long number(Attributes attributes, String name) {
    try {
      return Long.parseLong(attributes.get(name, "0"));
    } catch (NumberFormatException _) {
      return 0; // written by another program; only shown
    }
  }

  private static Element element(Entry e) {
    Attributes attributes =
        Attributes.of(
            "id", Long.toString(e.id),
            "target", e.target,
            "incarnation", e.incarnation,
            "action", e.action,
            "executor", e.executor,
            "state", e.state,
            "proof", e.proof,
            "time", Long.toString(e.wallMillis));
    attributes = e.cause.isEmpty() ? attributes : attributes.with("cause", e.cause);
    attributes = e.rung.isEmpty() ? attributes : attributes.with("rung", e.rung);
    return Element.of("fence", attributes, List.of());
  }
}
