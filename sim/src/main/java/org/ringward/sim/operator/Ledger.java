package org.ringward.sim.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.base.ExitCode;

/**
 * What operators were promised. A change that was acknowledged must be there for ever, unless a
 * later order for the same thing changed it, or may have.
 */
public final class Ledger {
  private final SortedMap<String, Entry> entries = new TreeMap<>();

  /** Things that were asked for before everything was forgiven: nothing is promised of them. */
  private final Set<String> forgiven = new TreeSet<>();

  /**
   * @param acknowledged the text that must be found in the configuration; empty when anything may
   *     be there
   */
  private record Entry(String acknowledged, int open) {}

  /** An order was acknowledged that is never changed again. */
  public void promised(String thing, String text) {
    entries.put(thing, new Entry(text, 0));
  }

  /** An order has been given; until its answer anything may be there. */
  public void asked(String thing) {
    Entry entry = entries.getOrDefault(thing, new Entry("", 0));
    entries.put(thing, new Entry("", entry.open + 1));
  }

  /**
   * The answer: acknowledged, refused or unknown.
   *
   * @param text what the configuration must contain from now on
   */
  public void answered(String thing, String text, AdminReply reply) {
    Entry entry = entries.getOrDefault(thing, new Entry("", 1));
    boolean unknown = reply.exitCode() != 0 && reply.exitCode() != ExitCode.UNAVAILABLE.number();
    if (unknown) {
      return; // stays open: it may still be carried out
    }
    int open = entry.open - 1;
    boolean sole = open == 0 && reply.exitCode() == 0 && !forgiven.contains(thing);
    entries.put(thing, new Entry(sole ? text : entry.acknowledged, open));
  }

  /** Whatever was asked for until now may be there or not. */
  public void forgive() {
    forgiven.addAll(entries.keySet());
    entries.replaceAll((_, entry) -> new Entry("", entry.open));
  }

  /** What must be in every configuration and is not in this one. */
  public List<String> missingIn(String configuration) {
    List<String> missing = new ArrayList<>();
    entries.forEach((_, entry) -> {
      if (!entry.acknowledged.isEmpty() && !configuration.contains(entry.acknowledged)) {
        missing.add(entry.acknowledged);
      }
    });
    return missing;
  }

  /** How many changes are known to be acknowledged and in force. */
  public int size() {
    return (int) entries.values().stream().filter(e -> !e.acknowledged.isEmpty()).count();
  }
}
