package org.ringward.core.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.LinksReport;
import org.ringward.core.admin.LinksReport.LinkLine;
import org.ringward.core.admin.RingReport;
import org.ringward.core.admin.RingReport.MemberLine;
import org.ringward.core.admin.RingReport.Timers;
import org.ringward.core.admin.RingReport.Votes;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.TotemTimes;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingStatus;
import org.ringward.core.link.LinkStatus;
import org.ringward.core.link.Transport;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * Answers what operators ask about the ring, for a whole node and for a ring without a cluster
 * above it. Nothing is asked of other nodes.
 */
public final class RingDesk {
  private static final long NANOS_PER_MICRO = 1000;

  private final ProcessGroups groups;
  private final Transport transport;
  private final Supplier<QuorumVerdict> quorum;
  private final RingWatch watch;
  private Supplier<List<String>> furtherWarnings = List::of;
  private NodeSettings settings;

  /**
   * A desk.
   *
   * @param quorum may this side go on, as of now
   */
  public RingDesk(
      NodeSettings settings,
      ProcessGroups groups,
      Transport transport,
      Supplier<QuorumVerdict> quorum,
      RingWatch watch) {
    this.settings = settings;
    this.groups = groups;
    this.transport = transport;
    this.quorum = quorum;
    this.watch = watch;
  }

  /** Sets where further warnings of the status come from. */
  public void alsoWarn(Supplier<List<String>> warnings) {
    furtherWarnings = warnings;
  }

  /** The settings have changed. */
  public void reconfigured(NodeSettings changed) {
    settings = changed;
  }

  /** Answers RING_STATUS. */
  public AdminReply status() {
    RingStatus ring = groups.status();
    QuorumVerdict verdict = quorum.get();
    return AdminReply.of(
        new RingReport(
            settings.clusterName(),
            settings.nodeName(),
            settings.self().id(),
            word(ring.state()),
            Integer.toUnsignedString(ring.representative())
                + "/"
                + Long.toHexString(ring.sequence()),
            ring.synchronised(),
            transportText(settings.links()),
            new Votes(
                verdict.quorate(),
                verdict.votes(),
                verdict.needed(),
                verdict.expected(),
                verdict.reason()),
            members(ring.members()),
            timers(),
            ring.counters(),
            warnings(ring)));
  }

  private List<String> warnings(RingStatus ring) {
    List<String> warnings = new ArrayList<>(watch.warnings(transport, ring));
    warnings.addAll(furtherWarnings.get());
    return warnings;
  }

  /** Answers RING_LINKS. */
  public AdminReply links() {
    LinkSettings links = settings.links();
    List<LinkLine> lines = new ArrayList<>();
    for (LinkStatus link : transport.links()) {
      lines.add(line(link));
    }
    return AdminReply.of(
        new LinksReport(settings.nodeName(), transportText(links), word(links.mode()), lines));
  }

  /** What carries frames and how they are sealed, such as "knet, aes256 with sha256". */
  static String transportText(LinkSettings links) {
    String name = word(links.transport());
    if (links.transport() != LinkSettings.Transport.KNET) {
      return name + ", neither encrypted nor authenticated";
    }
    if (links.cipher() == LinkSettings.Cipher.NONE) {
      return links.hash() == LinkSettings.Hash.NONE
          ? name + ", neither encrypted nor authenticated"
          : name + ", authenticated with " + word(links.hash()) + ", not encrypted";
    }
    return name + ", " + word(links.cipher()) + " with " + word(links.hash());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private List<MemberLine> members(NodeSet ring) {
    List<MemberLine> lines = new ArrayList<>();
    for (Member member : settings.members()) {
      lines.add(
          new MemberLine(
              member.name(),
              member.id(),
              member.addresses(),
              member.votes(),
              ring.contains(member.id()),
              member.name().equals(settings.nodeName())));
    }
    ring.minus(settings.nodeIds()).stream()
        .forEach(
            id -> lines.add(new MemberLine("(not configured)", id, List.of(), 0, true, false)));
    return lines;
  }

  private Timers timers() {
    TotemTimes times = TotemTimes.of(settings.totem(), settings.members().size());
    return new Timers(
        times.token(),
        times.tokenWarning(),
        times.tokenRetransmit(),
        times.hold(),
        settings.totem().join(),
        times.consensus(),
        settings.totem().merge());
  }

  private LinkLine line(LinkStatus link) {
    int at = -1;
    int port = 0;
    for (Interface each : settings.links().interfaces()) {
      if (each.number() <= link.link()) {
        at++;
        port = each.port();
      }
    }
    Member member = settings.member(link.node());
    return new LinkLine(
        member.name(),
        member.id(),
        link.link(),
        member.addresses().get(at),
        port,
        link.priority(),
        link.connected(),
        link.carriesData(),
        link.mtu(),
        link.mtuKnown(),
        link.latencyMean() / NANOS_PER_MICRO,
        link.latencyMax() / NANOS_PER_MICRO,
        link.pingsSent(),
        link.pongsReceived(),
        link.dataPacketsSent(),
        link.dataBytesSent(),
        link.dataPacketsReceived(),
        link.dataBytesReceived(),
        link.downs(),
        link.refusals());
  }
}
