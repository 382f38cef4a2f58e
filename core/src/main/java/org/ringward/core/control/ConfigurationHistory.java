package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.HistoryReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.base.SavedConfiguration;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConfigurationDiff;
import org.ringward.core.cib.Known;
import org.ringward.core.port.Journal;

/**
 * The configurations that were in force, the latest ones only. Every node applies the same orders
 * in the same order, so all that are here note the same; one that was away meanwhile notes what it
 * finds when it is back, without an author. The journal keeps them over restarts.
 *
 * <p>It is no part of the agreed state, because that travels whole whenever nodes meet, and
 * services wait for it.
 *
 * <p>What was in force on a side whose state was given up when the nodes met again stays here, set
 * aside under a name of its own (0.8~5ef09b2c): the number may belong to another one now.
 */
final class ConfigurationHistory {
  private static final int ENTRIES_MOST = 50;
  private static final int CHARACTERS_MOST = 8_000_000;
  private static final char ASIDE = '~';

  private final Journal journal;
  private final List<SavedConfiguration> entries = new ArrayList<>();

  /** What was noted last, to see at once that nothing is new; null before the first view. */
  private @Nullable Configuration last;

  ConfigurationHistory(Journal journal) {
    this.journal = journal;
  }

  /** What the journal was told in earlier lives, oldest first. */
  void remember(List<SavedConfiguration> earlier) {
    earlier.forEach(this::place);
    bound();
  }

  /** An order was applied; it counts when it changed the configuration. */
  void ordered(ClusterState after, ClusterMessage.OperatorOrder order) {
    if (isLatest(name(after.version()))) {
      return;
    }
    String verb = order.verb().name().toLowerCase(Locale.ROOT);
    String what = order.options().getOrDefault("what", verb + subject(order));
    last = after.cib().configuration();
    add(
        new SavedConfiguration(
            name(after.version()),
            order.wallMillis(),
            order.author(),
            what,
            order.options().getOrDefault("reason", ""),
            CibXml.write(after.cib().configuration())));
  }

  private static String subject(ClusterMessage.OperatorOrder order) {
    StringBuilder subject = new StringBuilder();
    for (String name : List.of("resource", "node", "file")) {
      String value = order.options().get(name);
      if (value != null) {
        subject.append(' ').append(value);
      }
    }
    return subject.toString();
  }

  /** The nodes agree on a state, which may have come from another one. */
  void agreed(ClusterState state, Moment now) {
    Configuration agreed = state.cib().configuration();
    String version = name(state.version());
    if (state.version().epoch() == 0 || (agreed.equals(last) && isLatest(version))) {
      return; // Nothing was ever ordered, or nothing is new.
    }
    String xml = CibXml.write(agreed);
    Configuration before = last;
    last = agreed;
    setAside(state.version(), agreed, xml);
    if (!isLatest(version)) {
      String what = found(before, agreed);
      add(new SavedConfiguration(version, now.wallMillis(), "", what, "", xml));
    }
  }

  private String found(@Nullable Configuration before, Configuration agreed) {
    if (entries.isEmpty()) {
      return "as this node found it first";
    }
    return before != null && before.withNodes(agreed.nodes()).equals(agreed)
        ? "the nodes that are configured"
        : "changed while this node was away; the others know by whom";
  }

  /** Those that the agreed state does not come from. */
  private void setAside(CibVersion version, Configuration agreed, String xml) {
    for (SavedConfiguration each : List.copyOf(entries)) {
      if (isAside(each)) {
        continue;
      }
      int order = number(each.version()).compareTo(epoch(version));
      if (order > 0 || (order == 0 && !each.xml().equals(xml) && !read(each).equals(agreed))) {
        String mark = ASIDE + "%08x".formatted(each.xml().hashCode());
        add(
            new SavedConfiguration(
                each.version() + mark,
                each.wallMillis(),
                each.author(),
                each.what(),
                each.reason(),
                each.xml()));
      }
    }
  }

  /** The version of the last that was not set aside. */
  private boolean isLatest(String version) {
    for (SavedConfiguration each : entries.reversed()) {
      if (!isAside(each)) {
        return each.version().equals(version);
      }
    }
    return false;
  }

  private void add(SavedConfiguration saved) {
    place(saved);
    bound();
    journal.configuration(saved);
  }

  /** One that is set aside takes the place of itself under its old name. */
  private void place(SavedConfiguration saved) {
    if (isAside(saved)) {
      String before = saved.version().substring(0, saved.version().indexOf(ASIDE));
      for (int i = 0; i < entries.size(); i++) {
        SavedConfiguration each = entries.get(i);
        if (each.version().equals(before) && each.xml().equals(saved.xml())) {
          entries.set(i, saved);
          return;
        }
      }
    }
    entries.removeIf(each -> each.version().equals(saved.version()));
    entries.add(saved);
  }

  private void bound() {
    long characters = entries.stream().mapToLong(each -> each.xml().length()).sum();
    while (entries.size() > ENTRIES_MOST || (characters > CHARACTERS_MOST && entries.size() > 1)) {
      characters -= entries.removeFirst().xml().length();
    }
  }

  private static boolean isAside(SavedConfiguration saved) {
    return saved.version().indexOf(ASIDE) >= 0;
  }

  private static Configuration read(SavedConfiguration saved) {
    return CibXml.readConfiguration("configuration " + saved.version(), saved.xml());
  }

  private static String name(CibVersion version) {
    return version.adminEpoch() + "." + version.epoch();
  }

  private static CibVersion epoch(CibVersion version) {
    return new CibVersion(version.adminEpoch(), version.epoch(), 0);
  }

  /** 0.7 as version, also of 0.7.3; a name that is none is refused. */
  private static CibVersion number(String name) {
    if (!name.matches("[0-9]{1,18}[.][0-9]{1,18}([.][0-9]{1,18})?")) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' is no version; one is such as 0.7 ('ringward config history' lists them)"
              .formatted(name));
    }
    String[] parts = name.split("[.]", -1);
    return new CibVersion(Long.parseLong(parts[0]), Long.parseLong(parts[1]), 0);
  }

  /** All that are kept, oldest first. */
  List<SavedConfiguration> entries() {
    return List.copyOf(entries);
  }

  /**
   * The configuration of a version as a document.
   *
   * @throws OperatorException when it is not here (any more)
   */
  static DocumentReport document(
      String node, List<SavedConfiguration> entries, AdminRequest request) {
    String version = request.option("version", "");
    for (SavedConfiguration each : entries) {
      boolean same = version.equals(each.version()) || version.startsWith(each.version() + ".");
      if (same) {
        return new DocumentReport("xml", each.version(), each.xml());
      }
    }
    List<String> kept = entries.stream().map(SavedConfiguration::version).toList();
    if (version.indexOf(ASIDE) >= 0 || kept.isEmpty()) {
      throw Known.unknown("configuration kept on " + node + " with the version", version, kept);
    }
    String oldest = kept.getFirst();
    String range = oldest.equals(kept.getLast()) ? oldest : oldest + " to " + kept.getLast();
    boolean tooOld = number(version).compareTo(number(oldest.replaceFirst(ASIDE + ".*", ""))) < 0;
    throw new OperatorException(
        ExitCode.NO_SUCH_OBJECT,
        tooOld
            ? "version %s is older than what %s keeps, the latest %d: %s ('ringward config history' lists them)"
                .formatted(version, node, ENTRIES_MOST, range)
            : "version %s was never in force as far as %s knows; it keeps %s ('ringward config history' lists them)"
                .formatted(version, node, range));
  }

  /** All of them with what each changed; takes its time. */
  static HistoryReport report(String node, List<SavedConfiguration> entries) {
    List<HistoryReport.Entry> lines = new ArrayList<>();
    @Nullable Configuration before = null;
    @Nullable Configuration previous = null;
    for (SavedConfiguration each : entries) {
      Configuration now = read(each);
      boolean aside = isAside(each);
      Configuration from = aside ? previous : before;
      lines.add(
          new HistoryReport.Entry(
              each.version(),
              each.wallMillis(),
              each.author(),
              each.what(),
              each.reason(),
              aside,
              from == null ? List.of() : ConfigurationDiff.lines(from, now)));
      previous = now;
      before = aside ? before : now;
    }
    return new HistoryReport(node, lines);
  }
}
