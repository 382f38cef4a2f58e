package org.ringward.core.group;

import java.util.SortedMap;
import java.util.TreeMap;
import org.ringward.core.wire.CmapVersion;
import org.ringward.core.wire.ServiceHeader;

/**
 * Members tell each other the version of their configuration; who joins others with an older one
 * than theirs must not go on (reference/totem-pg-sync-services.md, section 5).
 */
final class ConfigurationMapService extends RingService {
  private final int self;
  private final ServiceOutlet outlet;
  private final SortedMap<Integer, Long> versions = new TreeMap<>();
  private CfgListener listener = CfgListener.NONE;
  private SyncRound round = SyncRound.NONE;
  private long own;
  private boolean compared;

  ConfigurationMapService(int self, ServiceOutlet outlet) {
    super(ServiceHeader.CMAP);
    this.self = self;
    this.outlet = outlet;
  }

  /** Sets who hears that this node's configuration is out of date. */
  void listen(CfgListener hearer) {
    listener = hearer;
  }

  /** Sets this node's version, 0 for none. */
  void version(long version) {
    own = version;
  }

  /** What the members of the ring told last, by node. */
  SortedMap<Integer, Long> versions() {
    return new TreeMap<>(versions);
  }

  @Override
  void begin(SyncRound begun) {
    round = begun;
    versions.keySet().removeIf(node -> !begun.members().contains(node));
  }

  @Override
  void process() {
    outlet.sendInSync(new CmapVersion(own));
  }

  /** Only the first time that others are there counts: later a change is about to reach all. */
  @Override
  void activate() {
    if (compared || round.members().size() < 2) {
      return;
    }
    compared = true;
    versions.forEach((node, version) -> {
      if (node != self && own != 0 && Long.compareUnsigned(version, own) > 0) {
        listener.configurationOutdated(node, own, version);
      }
    });
  }

  @Override
  Outcome message(
      int function, int author, byte[] bytes, int offset, int length, boolean bigEndian) {
    if (function != 0) {
      return Outcome.UNKNOWN_FUNCTION;
    }
    CmapVersion read = CmapVersion.read(bytes, offset, length, bigEndian);
    if (read != null) {
      versions.put(author, read.version());
    }
    return read == null ? Outcome.MALFORMED : Outcome.TAKEN;
  }
}
