package org.ringward.sim.faults;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.QuorumSettings.TieBreaker;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.config.TotemTimes;
import org.ringward.core.config.WatchdogTimes;
import org.ringward.sim.agents.Habits;
import org.ringward.sim.machine.CibText;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.medium.Lan;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/**
 * What one seed decides before the run: the sizes, the settings, and how bad the world is. Every
 * run has its own mix, because a fault that always comes hides what the others would show ("swarm
 * testing", Groce and others, 2012).
 *
 * @param faults the kinds of faults that happen in this run
 * @param faultEveryNanos the mean time between two of them
 * @param orderEveryNanos the mean time between two orders of operators, {@link Time#NEVER} for none
 * @param isolations of single machines, where only time may prove that one is down
 * @param foreign datagrams of a cluster with another key arrive, and noise
 */
public record Swarm(
    Setup setup,
    Set<Fault> faults,
    long faultEveryNanos,
    long orderEveryNanos,
    Lan.Quality network,
    Habits agents,
    PowerSwitch.Habits powerSwitch,
    Access access,
    Isolations isolations,
    boolean foreign) {

  /**
   * Single machines that the network does not reach for longer than a watchdog takes. Other faults
   * are too short for that: who is lost is back before its time is over.
   */
  public record Isolations(boolean happen, Chance chance) {}

  /**
   * A fabric behind fence agents, which cuts the access to some resources' storage.
   *
   * @param covered what lives behind it, empty for none
   * @param byReservations who is cut off cannot cut others off
   * @param liesInMillion it says that it has cut, and did nothing
   */
  public record Access(
      List<String> covered,
      boolean byReservations,
      PowerSwitch.Habits habits,
      long liesInMillion,
      Chance chance) {
    public Access {
      covered = List.copyOf(covered);
    }

    private static Access draw(CibText text, int machines, boolean isThere, Chance chance) {
      List<String> covered = new ArrayList<>();
      List<String> named = new ArrayList<>();
      if (chance.oneIn(4)) {
        for (String resource : text.resources()) {
          if (chance.oneIn(2)) {
            named.add(resource);
            if (!text.mayMigrate(resource)) {
              covered.add(resource);
            }
          }
        }
      }
      if (!isThere) {
        covered.clear();
      }
      if (!covered.isEmpty()) {
        // What may migrate live is named, and not covered all the same.
        text.accessDevice("san", machines, named.toArray(String[]::new));
      }
      return new Access(
          covered,
          chance.oneIn(2),
          Swarm.powerSwitch(chance),
          chance.oneIn(2) ? 0 : chance.between(10_000, 400_000),
          chance.fork("fabric"));
    }
  }

  /**
   * Draws a run.
   *
   * @param dogs for everything about watchdogs, apart, so that it changes nothing else
   * @param votes for votequorum's options, apart likewise
   * @param access for a fabric that cuts the access to storage, apart likewise
   * @param weights for priorities and the head start that they give, apart likewise
   * @param ladder for what the fencing ladder has beside the power switch, apart likewise
   * @param without rungs of the ladder that are not there, whatever is drawn
   */
  public static Swarm draw(
      Chance chance,
      Chance dogs,
      Chance votes,
      Chance weights,
      Chance access,
      Chance ladder,
      Set<LadderRung> without) {
    int machines = chance.between(2, 5);
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    for (Fault fault : Fault.values()) {
      if (chance.oneIn(2)) {
        faults.add(fault);
      }
    }
    boolean orders = chance.oneIn(2);
    CibText text = new CibText();
    Setup setup = setup(text, machines, chance, dogs, votes, weights, ladder, without);
    Access fabric = Access.draw(text, machines, !without.contains(LadderRung.ACCESS), access);
    return new Swarm(
        setup.withConfiguration(text.xml()),
        faults,
        chance.oneOf(800 * Time.MILLIS, 2 * Time.SECONDS, 4 * Time.SECONDS, 9 * Time.SECONDS),
        orders ? chance.between(Time.SECONDS / 2, 4 * Time.SECONDS) : Time.NEVER,
        network(chance),
        agents(chance),
        powerSwitch(chance),
        fabric,
        new Isolations(
            setup.configuration().contains("fencing-watchdog-timeout"), dogs.fork("isolations")),
        chance.oneIn(4));
  }

  private static Setup setup(
      CibText text,
      int machines,
      Chance chance,
      Chance dogs,
      Chance votes,
      Chance weights,
      Chance ladder,
      Set<LadderRung> without) {
    text.property("stonith-enabled", "true");
    if (chance.oneIn(3)) {
      text.property("fencing-action", "off");
    }
    if (chance.oneIn(3)) {
      text.property("no-quorum-policy", chance.oneOf("stop", "freeze", "stop"));
    }
    boolean watchdogs = dogs.oneIn(3);
    boolean counted = watchdogs && dogs.oneIn(2);
    // Of two machines each may go on alone, so there a watchdog proves nothing.
    boolean switched = !counted || machines == 2 || dogs.oneIn(2);
    LadderSwarm.draw(text, switched, counted && machines > 2, machines, without, ladder);
    int monitorSeconds = chance.between(1, 8);
    if (chance.oneIn(2)) {
      text.group("web", monitorSeconds, "vip", "server");
    } else {
      text.resource("vip", monitorSeconds, "migration-threshold", "3", "failure-timeout", "10s");
      text.resource("server", monitorSeconds);
      if (chance.oneIn(2)) {
        text.colocation("server", "vip", chance.oneOf("INFINITY", "500"));
        text.order("vip", "server");
      }
    }
    for (String extra : List.of("db", "mail", "files")) {
      if (chance.oneIn(3)) {
        String moves = chance.oneOf("true", "false");
        if (chance.oneIn(2)) {
          text.guest(extra, monitorSeconds, "allow-migrate", moves);
        } else {
          text.resource(extra, monitorSeconds, "allow-migrate", moves);
        }
        text.location(extra, chance.between(1, machines), chance.oneOf("50", "200", "-100"));
      }
    }
    clones(text, machines, monitorSeconds, chance);
    // Where there are no halves nobody has a head start.
    if (machines % 2 == 0 && weights.oneIn(4)) {
      text.property("priority-fencing-delay", weights.oneOf("1s", "3s"));
      for (String resource : text.resources()) {
        text.meta(resource, "priority", weights.oneOf("0", "1", "5", "20"));
      }
    }
    TotemSettings totem = totem(chance);
    if (counted && !without.contains(LadderRung.WATCHDOG)) {
      text.property("fencing-watchdog-timeout", watchdogTimeout(totem, machines, dogs));
    }
    return new Setup(
        machines,
        totem,
        options(quorum(machines, chance), machines, votes),
        text.resources(),
        text.clones(),
        text.xml(),
        watchdogs);
  }

  /** Derived, as short as it may be, or long. */
  private static String watchdogTimeout(TotemSettings totem, int machines, Chance dogs) {
    int bound =
        WatchdogTimes.of(Setup.watchdog(totem, machines), TotemTimes.of(totem, machines)).bound();
    return dogs.oneOf("-1", bound + "ms", 2 * bound + "ms");
  }

  private static void clones(CibText text, int machines, int monitorSeconds, Chance chance) {
    if (chance.oneIn(3)) {
      text.clone(
          "caches",
          "cache",
          monitorSeconds,
          "notify",
          chance.oneOf("true", "false"),
          "interleave",
          chance.oneOf("true", "false"));
      if (chance.oneIn(2)) {
        text.order("caches", "vip");
      }
    }
    if (chance.oneIn(3)) {
      text.clone(
          "replicas",
          "replica",
          monitorSeconds,
          "promotable",
          "true",
          "notify",
          chance.oneOf("true", "false"));
      for (int machine = 1; machine <= machines; machine++) {
        text.promotion("replicas", machine, Integer.toString(chance.between(1, 100)));
      }
    }
  }

  private static QuorumSettings quorum(int machines, Chance chance) {
    if (machines == 2) {
      return new QuorumSettings(0, true, true);
    }
    return new QuorumSettings(0, false, chance.oneIn(4));
  }

  /** In half of the cases what is usual; else fewer than all votes may decide. */
  private static QuorumSettings options(QuorumSettings usual, int machines, Chance votes) {
    if (!votes.oneIn(2)) {
      return usual;
    }
    boolean standing = machines > 2 && votes.oneIn(2);
    boolean breaker = machines % 2 == 0 && (!standing || votes.oneIn(2));
    boolean downscale = machines > 2 && votes.oneIn(3);
    if (!standing && !breaker && !downscale) {
      return usual;
    }
    TieBreaker rule =
        votes.oneOf(
            TieBreaker.LOWEST,
            TieBreaker.HIGHEST,
            new TieBreaker(TieBreaker.Kind.LIST, List.of(machines, 1)));
    boolean list = rule.kind() == TieBreaker.Kind.LIST;
    return QuorumSettings.DEFAULT.toBuilder()
        .waitForAll(standing || downscale || (breaker && list) || votes.oneIn(4))
        .lastManStanding(standing)
        .lastManStandingWindow(votes.between(500, 6000))
        .autoTieBreaker(breaker)
        .tieBreaker(rule)
        .allowDownscale(downscale)
        .expectedVotesTracking(downscale || votes.oneIn(4))
        .build();
  }

  private static TotemSettings totem(Chance chance) {
    TotemSettings usual = TotemSettings.DEFAULT;
    if (chance.oneIn(2)) {
      return usual;
    }
    int token = chance.between(400, 2000);
    return usual.toBuilder()
        .token(token)
        .tokenRetransmitsBeforeLossConst(chance.between(4, 6))
        .join(chance.between(30, 80))
        .consensus(chance.between(token / 2, token + token / 5))
        .merge(chance.between(100, 300))
        .windowSize(chance.between(20, 80))
        .maxMessages(chance.between(5, 20))
        .build();
  }

  private static Lan.Quality network(Chance chance) {
    if (chance.oneIn(3)) {
      return Lan.Quality.GOOD;
    }
    long delayLow = chance.between(30 * Time.MICROS, Time.MILLIS);
    return new Lan.Quality(
        delayLow,
        delayLow + chance.between(50 * Time.MICROS, 8 * Time.MILLIS),
        chance.oneIn(2) ? 0 : chance.between(100, 20_000),
        chance.oneIn(2) ? 0 : chance.between(100, 20_000),
        chance.oneIn(3) ? chance.between(100, 5_000) : 0,
        chance.oneIn(3) ? chance.between(10, 1_000) : 0);
  }

  private static Habits agents(Chance chance) {
    if (chance.oneIn(3)) {
      return Habits.GOOD;
    }
    return new Habits(
        Time.MILLIS,
        chance.between(5 * Time.MILLIS, 300 * Time.MILLIS),
        chance.between(Time.SECONDS, 6 * Time.SECONDS),
        chance.oneIn(2) ? 0 : chance.between(10_000, 200_000),
        chance.oneIn(2) ? 0 : chance.between(10_000, 200_000),
        chance.oneIn(2) ? 0 : chance.between(10_000, 150_000),
        chance.oneIn(2) ? 0 : chance.between(10_000, 200_000));
  }

  private static PowerSwitch.Habits powerSwitch(Chance chance) {
    if (chance.oneIn(3)) {
      return PowerSwitch.Habits.GOOD;
    }
    return new PowerSwitch.Habits(
        Time.MILLIS,
        chance.between(20 * Time.MILLIS, 500 * Time.MILLIS),
        chance.between(Time.SECONDS, 8 * Time.SECONDS),
        chance.oneIn(2) ? 0 : chance.between(10_000, 400_000),
        chance.oneIn(2) ? 0 : chance.between(10_000, 300_000),
        chance.oneIn(2) ? 0 : chance.between(10_000, 200_000),
        chance.oneIn(2) ? 0 : chance.between(10_000, 300_000));
  }
}
