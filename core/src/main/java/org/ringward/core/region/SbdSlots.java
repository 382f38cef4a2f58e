package org.ringward.core.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.port.Sectors;
import org.ringward.core.wire.SbdDisk.Message;

/**
 * This node's slots on all disks in sbd's format, of a node with a watchdog: without one nothing
 * makes a promise of what is read there, so no slot is taken, and fencing by it fails honestly.
 *
 * <p>As sbd has it, a message counts when it is written on more than half of the disks; so a node
 * must be able to read so many that one of those is among them.
 */
public final class SbdSlots {
  private final List<Region> regions;
  private final @Nullable SbdSlot[] slots;
  private final Listener listener;
  private final boolean hasWatchdog;

  /** Takes what this node is told. */
  public interface Listener {
    /** Reset, off or crashdump: this machine is to be reset. */
    void condemned(String reason);

    /** The daemon is to end in order, its watchdog switched off. */
    void leave(String reason);

    /** The daemon must not begin. */
    void exit(String reason);

    /** Something that is only to be logged. */
    void note(String sentence);
  }

  /** The slots of a node. */
  public SbdSlots(NodeSettings settings, Sectors sectors, Listener listener) {
    this.regions = settings.regions().regions();
    this.listener = listener;
    this.hasWatchdog = settings.watchdog().isPresent();
    this.slots = new @Nullable SbdSlot[regions.size()];
    for (int disk = 0; disk < slots.length; disk++) {
      if (hasWatchdog && isSbd(disk)) {
        slots[disk] =
            new SbdSlot(
                disk,
                settings.nodeName(),
                settings.watchdog().timeoutSeconds(),
                sectors,
                new Hearing(regions.get(disk).name()));
      }
    }
  }

  private boolean isSbd(int disk) {
    return regions.get(disk).medium() instanceof Disk medium && medium.sbd();
  }

  /** Whether a request's id is that of a slot. */
  public static boolean isOurs(long request) {
    return request == SbdSlot.REQUEST;
  }

  /** Begins. */
  public void start(long now) {
    for (SbdSlot slot : slots) {
      if (slot != null) {
        slot.start(now);
      }
    }
  }

  /** Reads what is due. */
  public void turn(long now) {
    for (SbdSlot slot : slots) {
      if (slot != null) {
        slot.turn(now);
      }
    }
  }

  /** A read has ended. */
  public void read(int disk, byte[] bytes, int length, @Nullable String error, long now) {
    SbdSlot slot = slots[disk];
    if (slot != null) {
      slot.read(bytes, length, error, now);
    }
  }

  /** A write has ended. */
  public void written(int disk, @Nullable String error, long now) {
    SbdSlot slot = slots[disk];
    if (slot != null) {
      slot.written(error, now);
    }
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (SbdSlot slot : slots) {
      next = slot == null ? next : Math.min(next, slot.nextDeadline());
    }
    return next;
  }

  /**
   * Whether a message that somebody may have written by now is known here, or will be in time: the
   * watchdog may be fed on the strength of it.
   */
  public boolean mayFeed(long now) {
    int wanted = 0;
    int read = 0;
    for (SbdSlot slot : slots) {
      if (slot != null && slot.isWanted()) {
        wanted++;
        read += now <= slot.maySleepUntil() ? 1 : 0;
      }
    }
    return read >= (wanted + 1) / 2;
  }

  /** What is wrong, a sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (int disk = 0; disk < slots.length; disk++) {
      SbdSlot slot = slots[disk];
      String name = "region " + regions.get(disk).name();
      if (isSbd(disk) && !hasWatchdog) {
        warnings.add(
            name
                + ": this node takes no slot of sbd without a watchdog, so fence_sbd cannot fence"
                + " it");
      } else if (slot != null && !slot.trouble().isEmpty()) {
        warnings.add(name + ": sbd's messages do not reach this node: " + slot.trouble());
      }
    }
    return warnings;
  }

  private final class Hearing implements SbdSlot.Listener {
    private final String region;

    Hearing(String region) {
      this.region = region;
    }

    @Override
    public void told(Message message, String from) {
      String said =
          "sbd's slot of this node on region %s says %s, by %s"
              .formatted(region, message.name().toLowerCase(Locale.ROOT), from);
      switch (message) {
        case RESET, OFF, CRASHDUMP -> listener.condemned(said);
        case EXIT -> listener.leave(said);
        case TEST, CLEAR -> listener.note(said);
      }
    }

    @Override
    public void staysOff(String from) {
      listener.exit(
          "sbd's slot of this node on region %s says off, by %s; sbd -d DEVICE message NODE clear lets it start"
              .formatted(region, from));
    }
  }
}
