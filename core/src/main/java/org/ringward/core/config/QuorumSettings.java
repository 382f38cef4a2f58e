package org.ringward.core.config;

import java.util.List;

/**
 * Votes, under votequorum's names (reference/corosync-conf.md, section 4;
 * reference/totem-pg-sync-services.md, section 9).
 *
 * @param provider who decides about quorum
 * @param expectedVotes 0: the sum of the members' votes
 * @param twoNode one of two nodes may go on; implies waitForAll unless that is set
 * @param waitForAll after a cold start wait until all nodes were seen once; the rules that make it
 *     follow from other settings are applied already
 * @param lastManStanding nodes that are gone for a while are no longer expected
 * @param lastManStandingWindow that while, milliseconds
 * @param autoTieBreaker whether one of two equal halves may go on
 * @param tieBreaker which half that is
 * @param allowDownscale nodes that leave orderly are no longer expected
 * @param expectedVotesTracking the highest expectation that was seen is kept on disk
 * @param device whose votes are expected on top of the members'
 */
public record QuorumSettings(
    Provider provider,
    int expectedVotes,
    boolean twoNode,
    boolean waitForAll,
    boolean lastManStanding,
    int lastManStandingWindow,
    boolean autoTieBreaker,
    TieBreaker tieBreaker,
    boolean allowDownscale,
    boolean expectedVotesTracking,
    DeviceSettings device) {
  public static final QuorumSettings DEFAULT = new QuorumSettings(0, false, false);

  /** Who decides about quorum. */
  public enum Provider {
    /** Nobody: every membership may go on. */
    NONE,
    /** Votes, as corosync_votequorum counts them. */
    VOTEQUORUM
  }

  /**
   * The node that breaks a tie.
   *
   * @param kind which rule
   * @param nodes ids in the order of preference, for {@link Kind#LIST} only
   */
  public record TieBreaker(Kind kind, List<Integer> nodes) {
    public static final TieBreaker LOWEST = new TieBreaker(Kind.LOWEST, List.of());
    public static final TieBreaker HIGHEST = new TieBreaker(Kind.HIGHEST, List.of());

    /** The rules. */
    public enum Kind {
      /** The half with the lowest id of the last quorate membership. */
      LOWEST,
      /** The half with the highest id of the last quorate membership. */
      HIGHEST,
      /** The half with the first node of a list. */
      LIST
    }

    public TieBreaker {
      nodes = List.copyOf(nodes);
    }
  }

  /** Votes of the quorum device, 0 without one. */
  public int deviceVotes() {
    return device.votes();
  }

  /** Votequorum with its defaults but for these. */
  public QuorumSettings(int expectedVotes, boolean twoNode, boolean waitForAll) {
    this(
        Provider.VOTEQUORUM,
        expectedVotes,
        twoNode,
        waitForAll,
        false,
        10_000,
        false,
        TieBreaker.LOWEST,
        false,
        false,
        DeviceSettings.NONE);
  }

  /** These settings, to be changed. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Settings under construction; each method takes the value of the component of its name. */
  public static final class Builder {
    private Provider provider;
    private int expectedVotes;
    private boolean twoNode;
    private boolean waitForAll;
    private boolean lastManStanding;
    private int lastManStandingWindow;
    private boolean autoTieBreaker;
    private TieBreaker tieBreaker;
    private boolean allowDownscale;
    private boolean expectedVotesTracking;
    private DeviceSettings device;

    private Builder(QuorumSettings from) {
      provider = from.provider;
      expectedVotes = from.expectedVotes;
      twoNode = from.twoNode;
      waitForAll = from.waitForAll;
      lastManStanding = from.lastManStanding;
      lastManStandingWindow = from.lastManStandingWindow;
      autoTieBreaker = from.autoTieBreaker;
      tieBreaker = from.tieBreaker;
      allowDownscale = from.allowDownscale;
      expectedVotesTracking = from.expectedVotesTracking;
      device = from.device;
    }

    public Builder provider(Provider value) {
      provider = value;
      return this;
    }

    public Builder expectedVotes(int value) {
      expectedVotes = value;
      return this;
    }

    public Builder twoNode(boolean value) {
      twoNode = value;
      return this;
    }

    public Builder waitForAll(boolean value) {
      waitForAll = value;
      return this;
    }

    public Builder lastManStanding(boolean value) {
      lastManStanding = value;
      return this;
    }

    public Builder lastManStandingWindow(int value) {
      lastManStandingWindow = value;
      return this;
    }

    public Builder autoTieBreaker(boolean value) {
      autoTieBreaker = value;
      return this;
    }

    public Builder tieBreaker(TieBreaker value) {
      tieBreaker = value;
      return this;
    }

    public Builder allowDownscale(boolean value) {
      allowDownscale = value;
      return this;
    }

    public Builder expectedVotesTracking(boolean value) {
      expectedVotesTracking = value;
      return this;
    }

    public Builder device(DeviceSettings value) {
      device = value;
      return this;
    }

    public QuorumSettings build() {
      return new QuorumSettings(
          provider,
          expectedVotes,
          twoNode,
          waitForAll,
          lastManStanding,
          lastManStandingWindow,
          autoTieBreaker,
          tieBreaker,
          allowDownscale,
          expectedVotesTracking,
          device);
    }
  }
}
