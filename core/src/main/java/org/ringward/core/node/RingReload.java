package org.ringward.core.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.SettingsDiff;
import org.ringward.core.config.SettingsDiff.Change;
import org.ringward.core.config.SettingsDiff.Effect;
import org.ringward.core.group.CfgListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.link.Transport;
import org.ringward.core.node.ConfigurationSource.Configuration;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Operators;

/**
 * Takes a changed configuration over while the ring runs. An operator asks one node; when that
 * node's own files are right, all nodes are asked by a message in the total order, and each reads
 * its own files and takes over either everything that can be at once, or nothing.
 */
public final class RingReload implements CfgListener {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /** The purpose of a reading that no operator here waits for. */
  private static final long NOBODY = Long.MIN_VALUE;

  private final ProcessGroups groups;
  private final ConfigurationSource source;
  private final Operators operators;
  private final RingWatch.Log log;
  private final Owner owner;
  private final KeyChange keys;
  private final Map<Long, Reading> readings = new TreeMap<>();

  /** Wait for the end of a change of keys. */
  private final List<Reading> postponed = new ArrayList<>();

  private NodeSettings settings;
  private byte[] key;
  private long lastReading;
  private long now;
  private long waitingOperator = NOBODY;
  private long waitingUntil = Long.MAX_VALUE;
  private String trouble = "";

  /** The node whose configuration it is. */
  public interface Owner {
    /** Settings that are in force from now on. */
    void reconfigured(NodeSettings changed);

    /** Why settings that could be taken over must not be in the present situation; null if none. */
    default @Nullable String objection(NodeSettings changed) {
      return null;
    }
  }

  private enum Purpose {
    /** An operator wants to know what would change. */
    CHECK,
    /** An operator wants all nodes to reload. */
    ORDER,
    /** The ring has ordered it. */
    APPLY
  }

  private record Reading(Purpose purpose, long operator) {}

  /** A reload for a node that runs with these settings. */
  public RingReload(
      NodeSettings settings,
      ProcessGroups groups,
      Transport transport,
      ConfigurationSource source,
      Operators operators,
      RingWatch.Log log,
      Owner owner) {
    this.settings = settings;
    this.key = source.key();
    this.groups = groups;
    this.source = source;
    this.operators = operators;
    this.log = log;
    this.owner = owner;
    this.keys = new KeyChange(transport, groups::announceKeyPhase);
  }

  /** What went wrong with the last reload, or the nodes that use another key; a sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!trouble.isEmpty()) {
      warnings.add(trouble);
    }
    NodeSet others = keys.othersAlone().without(settings.self().id());
    if (!others.isEmpty() && readings.isEmpty()) {
      String sentence = " changed to another key, the key of this node's file is still the old one";
      warnings.add("nodes " + others + sentence);
    }
    return warnings;
  }

  /** Answers RING_RELOAD, at once or later. */
  public void asked(long operator, AdminRequest request, long at) {
    now = at;
    Purpose purpose = request.option("check", "").equals("true") ? Purpose.CHECK : Purpose.ORDER;
    if (purpose == Purpose.ORDER && (waitingOperator != NOBODY || keys.isRunning())) {
      fail(operator, ExitCode.TEMPORARY, "another reload is under way; try again in some seconds");
    } else if (!read(purpose, operator)) {
      fail(operator, ExitCode.UNAVAILABLE, "this program's configuration is not in a file");
    }
  }

  private boolean read(Purpose purpose, long operator) {
    readings.put(++lastReading, new Reading(purpose, operator));
    boolean begun = source.read(lastReading);
    if (!begun) {
      readings.remove(lastReading);
    }
    return begun;
  }

  @Override
  public void reloadOrdered(int author) {
    if (readings.values().stream().noneMatch(each -> each.purpose() == Purpose.APPLY)) {
      keys.expect();
    }
    long operator = NOBODY;
    if (author == settings.self().id()) {
      operator = waitingOperator;
      waitingOperator = NOBODY;
      waitingUntil = Long.MAX_VALUE;
    }
    if (!read(Purpose.APPLY, operator)) {
      log.log(Level.WARNING, "a reload was ordered, but this program's configuration is no file");
    }
  }

  @Override
  public void keyPhase(int author, int phase) {
    keys.announced(author, phase);
  }

  /** A reading has ended: the configuration, or why there is none. */
  public void read(long readingId, @Nullable Configuration read, @Nullable String error, long at) {
    now = at;
    Reading reading = readings.remove(readingId);
    if (reading == null) {
      return;
    }
    if (read == null) {
      refuse(reading, error == null ? "the configuration could not be read" : error);
      return;
    }
    SettingsDiff diff = SettingsDiff.of(settings, read.settings());
    List<Change> refused = diff.changes(Effect.REFUSED);
    @Nullable String objection =
        refused.isEmpty() ? owner.objection(diff.applied()) : sentences(refused);
    if (objection != null) {
      refuse(reading, "nothing is changed: " + objection);
      return;
    }
    switch (reading.purpose()) {
      case CHECK -> done(reading, "this node would change: " + story(diff, read));
      case ORDER -> order(reading);
      case APPLY -> apply(reading, diff, read);
    }
  }

  private void order(Reading reading) {
    waitingOperator = reading.operator();
    waitingUntil = now + PATIENCE_NANOS;
    groups.orderReload();
  }

  private void apply(Reading reading, SettingsDiff diff, Configuration read) {
    boolean newKey = diff.changesCrypto() || !Arrays.equals(key, read.key());
    if (newKey && keys.isRunning()) {
      // Who ordered it need not know of our change; without the new key this node would be cut off.
      postponed.add(reading);
      return;
    }
    NodeSettings changed = diff.applied();
    String obstacle = source.moveSockets(changed);
    if (obstacle != null) {
      refuse(reading, "nothing is changed: " + obstacle);
      return;
    }
    String story = story(diff, read);
    settings = changed;
    groups.reconfigure(changed, now);
    owner.reconfigured(changed);
    trouble = "";
    if (newKey && changed.links().needsKey()) {
      key = read.key().clone();
      keys.begin(changed.links().cipher(), changed.links().hash(), key, now);
    }
    read.warnings().forEach(warning -> log.log(Level.WARNING, warning));
    log.log(Level.NOTICE, "the configuration was read again: " + story);
    done(reading, "the configuration was read again on this node: " + story);
  }

  private String story(SettingsDiff diff, Configuration read) {
    List<String> parts = new ArrayList<>(diff.changes().stream().map(Change::sentence).toList());
    if (!Arrays.equals(key, read.key())) {
      parts.add("another shared key");
    }
    return parts.isEmpty() ? "nothing differs" : String.join("; ", parts);
  }

  private static String sentences(List<Change> changes) {
    return changes.stream().map(Change::sentence).collect(Collectors.joining("; "));
  }

  private void refuse(Reading reading, String sentence) {
    if (reading.purpose() == Purpose.APPLY) {
      trouble = "the last reload was refused here: " + sentence;
      log.log(Level.ERROR, "the reload is refused: " + sentence);
    }
    fail(reading.operator(), ExitCode.CONFIGURATION, sentence);
  }

  private void done(Reading reading, String sentence) {
    if (reading.operator() != NOBODY) {
      operators.reply(reading.operator(), AdminReply.done(sentence));
    }
  }

  private void fail(long operator, ExitCode exitCode, String sentence) {
    if (operator != NOBODY) {
      operators.reply(operator, AdminReply.failed(exitCode.number(), sentence));
    }
  }

  /** Goes on with what waits. */
  public void turn(NodeSet members, long at) {
    now = at;
    keys.turn(members, at);
    if (!keys.isRunning() && !postponed.isEmpty()) {
      List<Reading> again = List.copyOf(postponed);
      postponed.clear();
      again.forEach(reading -> read(reading.purpose(), reading.operator()));
    }
    if (at >= waitingUntil) {
      fail(
          waitingOperator,
          ExitCode.TIMEOUT,
          "the ring did not pass the order on in time; look at ringward ring status");
      waitingOperator = NOBODY;
      waitingUntil = Long.MAX_VALUE;
    }
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    return Math.min(waitingUntil, keys.nextDeadline());
  }
}
