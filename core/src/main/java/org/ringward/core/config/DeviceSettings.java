package org.ringward.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quorum device of a cluster, under the names of corosync-qdevice(8).
 *
 * @param votes that it adds for the side that it votes for
 * @param timeoutMillis how long its vote is valid without hearing from it again
 * @param syncTimeoutMillis how long a new ring waits for its vote
 * @param masterWins whether its vote alone is enough
 * @param net where it is, for devices that are reached over a network
 * @param disk what it is, for a quorum disk
 */
public record DeviceSettings(
    Model model,
    int votes,
    int timeoutMillis,
    int syncTimeoutMillis,
    boolean masterWins,
    @Nullable Net net,
    @Nullable Disk disk) {
  /** A device that is no disk. */
  public DeviceSettings(
      Model model,
      int votes,
      int timeoutMillis,
      int syncTimeoutMillis,
      boolean masterWins,
      @Nullable Net net) {
    this(model, votes, timeoutMillis, syncTimeoutMillis, masterWins, net, null);
  }

  /** No quorum device. */
  public static final DeviceSettings NONE =
      new DeviceSettings(Model.NONE, 0, 10_000, 30_000, false, null);

  /** The kinds of devices. */
  public enum Model {
    NONE,
    /** Corosync's corosync-qnetd. */
    NET,
    /** A network witness of ours. */
    WITNESS,
    /** A shared disk. */
    DISK
  }

  /** Whether there is one. */
  public boolean isPresent() {
    return model != Model.NONE;
  }

  /**
   * A quorum disk, under qdiskd's names; times in milliseconds, waits in cycles.
   *
   * @param device block device or file
   * @param sbd whether the disk begins with the slots of sbd
   * @param interval of a cycle
   * @param tko cycles after which a node is dead, and a vote without a clean cycle void
   * @param tkoUp cycles after which a node is taken for alive
   * @param upgradeWait cycles before this node may have the vote
   * @param masterWait cycles from claiming the vote to having it
   * @param minScore what a node needs for a part in the vote
   */
  public record Disk(
      String device,
      boolean sbd,
      int interval,
      int tko,
      int tkoUp,
      int upgradeWait,
      int masterWait,
      int minScore,
      List<Heuristic> heuristics) {
    public Disk {
      heuristics = List.copyOf(heuristics);
    }

    /** How long the vote counts after the beginning of a clean cycle, before any allowance. */
    public int leaseMillis() {
      return interval * tko;
    }

    /** The longest that a change of the master takes when the one before is dead. */
    public long changeMillis() {
      return (long) interval * (tko + masterWait + upgradeWait + 2);
    }
  }

  /**
   * A program whose success adds to a node's score.
   *
   * @param program run by sh -c
   * @param interval between two starts, milliseconds
   * @param tko failures in a row until the score is lost
   */
  public record Heuristic(String program, int score, int interval, int tko) {}

  /**
   * A device that is reached over a network.
   *
   * @param lastManStanding the algorithm lms; else ffsplit
   * @param tieBreaker 0 lowest, -1 highest, else the id of a node
   * @param keepActive whether a tie is won by the side that had the vote before
   * @param connectMillis how long connecting may take
   * @param ipVersion 4 or 6 for addresses of that version only, 0 for both, IPv6 first
   * @param pkcs12 the file with what is shown to corosync-qnetd
   */
  public record Net(
      String host,
      int port,
      boolean lastManStanding,
      int tieBreaker,
      boolean keepActive,
      Tls tls,
      int connectMillis,
      int ipVersion,
      String pkcs12) {

    /** Whether connections are secured. */
    public enum Tls {
      /** Where the other side can. */
      ON,
      OFF,
      REQUIRED
    }
  }
}
