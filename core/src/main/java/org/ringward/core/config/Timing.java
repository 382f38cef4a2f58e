package org.ringward.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ringward.core.admin.TimingReport;
import org.ringward.core.admin.TimingReport.Path;
import org.ringward.core.admin.TimingReport.Rule;
import org.ringward.core.admin.TimingReport.Time;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Times;

/**
 * All times of a node and its cluster together: what each is and where it comes from, how long a
 * failover takes, and the chain of inequalities that makes it safe.
 */
public final class Timing {
  /** Formed anew, the nodes of a ring exchange their states and count votes. */
  private static final int AGREEMENT_MILLIS = 100;

  private final NodeSettings settings;
  private final TotemTimes ring;
  private final WatchdogTimes watchdog;
  private final Cluster cluster;
  private final List<Time> times = new ArrayList<>();
  private final List<Path> paths = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();

  /**
   * What the cluster's configuration says; milliseconds.
   *
   * @param known whether there is a configuration at all
   * @param watchdogTimeout fencing-watchdog-timeout: 0 for never, negative for what nodes tell
   * @param longestBound what the nodes told of their watchdogs, the longest; 0 when none did
   * @param devices fencing devices
   * @param fencingTimeout how long a device may take
   * @param monitorInterval the longest between two looks at a resource, 0 when none is watched
   * @param startTimeout the longest that a resource may take to start, 0 when there is none
   */
  public record Cluster(
      boolean known,
      long watchdogTimeout,
      long longestBound,
      int devices,
      long fencingTimeout,
      long monitorInterval,
      long startTimeout) {
    /** Nothing is known of it. */
    public static final Cluster UNKNOWN = new Cluster(false, 0, 0, 0, 0, 0, 0);
  }

  private Timing(NodeSettings settings, Cluster cluster) {
    this.settings = settings;
    this.ring = TotemTimes.of(settings.totem(), settings.members().size());
    this.watchdog = settings.watchdogTimes();
    this.cluster = cluster;
  }

  /** The budget of a node's settings and a cluster's configuration. */
  public static TimingReport of(NodeSettings settings, Cluster cluster) {
    Timing timing = new Timing(settings, cluster);
    timing.ringTimes();
    timing.regionTimes();
    timing.deviceTimes();
    timing.watchdogTimes();
    timing.clusterTimes();
    timing.paths();
    timing.rules();
    return new TimingReport(
        settings.nodeName(),
        settings.failoverWithinMillis(),
        timing.times,
        timing.paths,
        timing.rules);
  }

  private void ringTimes() {
    boolean budget = settings.failoverWithinMillis() > 0;
    boolean usual = settings.totem().token() == TotemSettings.DEFAULT.token();
    String how = "Without the token for this long the ring is broken.";
    boolean fromBudget =
        budget && settings.totem().token() == FailoverBudget.token(settings.failoverWithinMillis());
    time("totem.token", ring.token(), fromBudget ? "derived" : usual ? "default" : "explicit", how);
    boolean consensus = settings.totem().consensus() > 0;
    time(
        "totem.consensus",
        ring.consensus(),
        consensus ? "explicit" : "derived",
        "Silent nodes are left out after this; 1.2 * token unless it is given.");
    time(
        "ring formed anew",
        watchdog.change(),
        "derived",
        "2 * token + consensus: the token is lost, the members agree, the new ring recovers.");
    time(
        "stall",
        settings.totem().token(),
        "derived",
        "A node that stood still for longer than token learns the membership again.");
  }

  private void regionTimes() {
    for (Region region : settings.regions().regions()) {
      Times its = region.times();
      time(
          "region " + region.name(),
          its.deadtime(),
          origin(its),
          "deadtime: silent for so long, with a heartbeat every %d ms, a node is lost on it."
              .formatted(its.keepalive()));
    }
  }

  private String origin(Times its) {
    boolean tenfold = its.deadtime() == 10 * its.keepalive();
    int usual = RegionKeys.KEEPALIVE_USUAL;
    long budget = settings.failoverWithinMillis();
    if (tenfold && budget > 0 && its.keepalive() == FailoverBudget.keepalive(budget, usual)) {
      return "derived";
    }
    return tenfold && its.keepalive() == usual ? "default" : "explicit";
  }

  private void deviceTimes() {
    if (settings.quorum().device().isPresent()) {
      time(
          "quorum.device.timeout",
          settings.quorum().device().timeoutMillis(),
          "explicit or derived",
          "The device's vote counts for so long without hearing from it again.");
      time(
          "quorum.device.sync_timeout",
          settings.quorum().device().syncTimeoutMillis(),
          "explicit or default",
          "A new ring waits for the device's answer for so long at most.");
    }
  }

  /** How long a new ring waits, at worst, for the vote of who had it before. */
  private long vote() {
    return settings.quorum().device().isPresent()
        ? Math.min(
            settings.quorum().device().timeoutMillis(),
            settings.quorum().device().syncTimeoutMillis())
        : 0;
  }

  private void watchdogTimes() {
    if (!settings.watchdog().isPresent()) {
      return;
    }
    boolean derived = settings.watchdog().timeoutSeconds() == WatchdogTimes.derivedSeconds(ring);
    time(
        "watchdog.timeout",
        watchdog.timeout(),
        derived ? "derived" : "explicit",
        "Without being fed for this long it resets the machine.");
    if (watchdog.pretimeout() > 0) {
      time("watchdog.pretimeout", watchdog.pretimeout(), "explicit", "It warns this long before.");
    }
    time("watchdog feed", watchdog.feed(), "derived", "How often it is fed.");
    time(
        "watchdog lease",
        watchdog.lease(),
        "derived",
        "It is fed for this long after the token of a ring with quorum was seen: token.");
    time(
        "watchdog bound",
        watchdog.bound(),
        "derived",
        "A lost node is off so long after the others agreed: timeout + 3 * token + 1 s.");
  }

  private void clusterTimes() {
    if (!cluster.known()) {
      return;
    }
    time(
        "fencing-watchdog-timeout",
        Math.max(0, cluster.watchdogTimeout() < 0 ? bound() : cluster.watchdogTimeout()),
        cluster.watchdogTimeout() < 0
            ? "derived"
            : cluster.watchdogTimeout() == 0 ? "default" : "explicit",
        cluster.watchdogTimeout() == 0
            ? "Watchdogs are no proof that a lost node is off."
            : "A lost node counts as off after this, never sooner than it told itself.");
    if (cluster.devices() > 0) {
      time(
          "fencing-timeout",
          cluster.fencingTimeout(),
          "explicit or default",
          "A fencing device may take this long.");
    }
    if (cluster.monitorInterval() > 0) {
      time(
          "monitor",
          cluster.monitorInterval(),
          "explicit",
          "The longest between two looks at a resource.");
    }
  }

  private long bound() {
    return Math.max(cluster.longestBound(), promised());
  }

  /** What this node tells the others of its watchdog. */
  private long promised() {
    boolean meant =
        settings.watchdog().isPresent()
            && settings.watchdog().promise() == WatchdogSettings.Promise.QUORUM
            && !settings.quorum().twoNode();
    return meant ? watchdog.bound() : 0;
  }

  private long detection() {
    return (long) ring.token() + ring.consensus() + AGREEMENT_MILLIS;
  }

  private void paths() {
    String lost =
        "token %d + consensus %d + agreement %d"
            .formatted(ring.token(), ring.consensus(), AGREEMENT_MILLIS);
    paths.add(new Path("a silent node is out", detection(), lost, true));
    long agreed = detection() + vote();
    if (vote() > 0) {
      lost += " + vote at most " + vote();
      paths.add(new Path("the other side has the device's vote", agreed, lost, true));
    }
    long start = cluster.startTimeout();
    String starts = start > 0 ? " + start at most " + start : "";
    if (cluster.devices() > 0) {
      paths.add(
          new Path(
              "service again, by a fencing device",
              agreed + cluster.fencingTimeout() + start,
              lost + " + fencing-timeout at most " + cluster.fencingTimeout() + starts,
              true));
    }
    if (bound() > 0 && (cluster.watchdogTimeout() != 0 || !cluster.known())) {
      long wait = Math.max(bound(), cluster.watchdogTimeout());
      paths.add(
          new Path(
              "service again, by the watchdog",
              agreed + wait + start,
              lost + " + watchdog " + wait + starts,
              true));
    }
    if (cluster.known() && cluster.devices() == 0 && cluster.watchdogTimeout() == 0) {
      paths.add(
          new Path(
              "service again, by a person", agreed, lost + " + until a person confirms", false));
    }
  }

  private void rules() {
    rule(
        "consensus >= join",
        ring.consensus() >= settings.totem().join(),
        "%d >= %d".formatted(ring.consensus(), settings.totem().join()),
        true,
        "members would be left out before they were asked twice");
    regionRules();
    deviceRules();
    if (settings.watchdog().isPresent()) {
      watchdogRules();
    }
    if (cluster.known()) {
      clusterRules();
    }
    budgetRules();
  }

  /** Regions move nothing, so their times can confuse people but not be unsafe. */
  private void regionRules() {
    for (Region region : settings.regions().regions()) {
      long formed = (long) ring.token() + ring.consensus();
      rule(
          "region %s: deadtime > token + consensus".formatted(region.name()),
          region.times().deadtime() > formed,
          "%d > %d + %d".formatted(region.times().deadtime(), ring.token(), ring.consensus()),
          false,
          "it would lose a node that the ring still waits for");
    }
  }

  /** The vote is a lease: with wrong times there is less service, never a second side. */
  private void deviceRules() {
    if (!settings.quorum().device().isPresent()) {
      return;
    }
    int timeout = settings.quorum().device().timeoutMillis();
    int sync = settings.quorum().device().syncTimeoutMillis();
    rule(
        "quorum.device.timeout >= token + consensus",
        timeout >= ring.token() + ring.consensus(),
        "%d >= %d + %d".formatted(timeout, ring.token(), ring.consensus()),
        false,
        "the vote would be void while a ring is only formed anew");
    rule(
        "quorum.device.sync_timeout >= quorum.device.timeout",
        sync >= timeout,
        "%d >= %d".formatted(sync, timeout),
        false,
        "a side would go on without the vote before its last holder's is void");
  }

  private void watchdogRules() {
    boolean promised = settings.watchdog().promise() == WatchdogSettings.Promise.QUORUM;
    rule(
        "watchdog.timeout > feed + 2 * token + consensus",
        watchdog.timeout() > watchdog.feed() + watchdog.change(),
        "%d > %d + 2 * %d + %d"
            .formatted(watchdog.timeout(), watchdog.feed(), ring.token(), ring.consensus()),
        promised,
        "a machine would be reset while its ring is only formed anew");
    rule(
        "watchdog.timeout > watchdog.pretimeout",
        watchdog.timeout() > watchdog.pretimeout(),
        "%d > %d".formatted(watchdog.timeout(), watchdog.pretimeout()),
        true,
        "it would warn before it counts");
  }

  private void clusterRules() {
    long wanted = cluster.watchdogTimeout();
    if (wanted > 0 && bound() > 0) {
      rule(
          "fencing-watchdog-timeout >= the watchdogs' bound",
          wanted >= bound(),
          "%d >= %d".formatted(wanted, bound()),
          true,
          "resources would be started while a lost node may still run them");
    }
    if (wanted != 0) {
      rule(
          "fencing-watchdog-timeout needs watchdogs",
          bound() > 0,
          "longest bound of a node: %d".formatted(bound()),
          false,
          settings.quorum().twoNode()
              ? "of two nodes each may have quorum alone, so a watchdog proves nothing: use a device"
              : "no node has told of a watchdog yet, so it is no proof that a lost node is off");
    }
  }

  private void budgetRules() {
    long within = settings.failoverWithinMillis();
    if (within == 0) {
      return;
    }
    for (Path path : paths) {
      rule(
          path.name() + " <= failover_within",
          path.known() && path.millis() <= within,
          "%s = %d <= %d".formatted(path.sum(), path.millis(), within),
          false,
          "a failover may take longer than was asked for");
    }
    if (cluster.monitorInterval() > 0) {
      rule(
          "monitor <= failover_within",
          cluster.monitorInterval() <= within,
          "%d <= %d".formatted(cluster.monitorInterval(), within),
          false,
          "a service that died by itself may be noticed later than it should be back");
    }
  }

  private void time(String name, long millis, String origin, String meaning) {
    times.add(new Time(name, millis, origin, meaning));
  }

  private void rule(
      String inequality, boolean holds, String numbers, boolean needed, String consequence) {
    rules.add(new Rule(inequality, numbers + " (ms)", holds, needed, consequence));
  }

  /** A rule that does not hold, as a sentence. */
  public static String sentence(Rule rule) {
    return String.format(
        Locale.ROOT,
        "%s does not hold: %s; %s",
        rule.inequality(),
        rule.numbers(),
        rule.consequence());
  }
}
