package org.ringward.core.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.RegionSettings;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.config.WatchdogSettings;
import org.ringward.core.port.Sectors;
import org.ringward.core.wire.SbdDisk;
import org.ringward.core.wire.SbdDisk.Header;
import org.ringward.core.wire.SbdDisk.Message;

class SbdSlotsTest {
  private static final long MILLI = 1_000_000;

  private final List<byte[]> disks = new ArrayList<>();
  private final boolean[] broken = new boolean[3];
  private long now = 50_000 * MILLI;

  @BeforeEach
  void disk() {
    disks.add(made(10));
  }

  private static byte[] made(int msgwait) {
    byte[] disk = new byte[512 * 511];
    Header header = new Header(255, 512, 5, 2, 1, msgwait, new UUID(1, 2));
    System.arraycopy(SbdDisk.headerSector(header), 0, disk, 0, 512);
    return disk;
  }

  /** A node and its way to the disks; what it asked is answered in the next step. */
  private final class Machine implements Sectors {
    final SbdDiary diary = new SbdDiary();
    final SbdSlots slots;
    private final Deque<Runnable> ends = new ArrayDeque<>();

    Machine(String name, boolean watchdog) {
      List<Region> regions = new ArrayList<>();
      for (int disk = 0; disk < disks.size(); disk++) {
        Times times = new Times(1000, 10_000, 5000, 20_000);
        regions.add(new Region("d" + disk, times, new Disk("/dev/sd" + disk, true)));
      }
      NodeSettings.Builder settings =
          new Village(2)
              .settings(name.equals("n1") ? 1 : 2, 2, "village").toBuilder()
                  .regions(new RegionSettings(regions, List.of()));
      if (watchdog) {
        settings.watchdog(
            new WatchdogSettings("/dev/watchdog", 5, 0, WatchdogSettings.Promise.QUORUM));
      }
      slots = new SbdSlots(settings.build(), this, diary);
      slots.start(now);
    }

    @Override
    public boolean read(int number, long request, long position, int length) {
      int at = (int) position;
      ends.add(() -> {
        byte[] bytes = Arrays.copyOfRange(disks.get(number), at, at + length);
        slots.read(number, bytes, length, broken[number] ? "I/O error" : null, now);
      });
      return true;
    }

    @Override
    public boolean write(
        int number, long request, long position, byte[] bytes, int offset, int length) {
      byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
      ends.add(() -> {
        if (!broken[number]) {
          System.arraycopy(copy, 0, disks.get(number), (int) position, length);
        }
        slots.written(number, broken[number] ? "I/O error" : null, now);
      });
      return true;
    }

    void step() {
      List<Runnable> due = List.copyOf(ends);
      ends.clear();
      due.forEach(Runnable::run);
      slots.turn(now);
    }
  }

  private void run(long millis, Machine... machines) {
    for (long step = 0; step < millis; step += 10) {
      now += 10 * MILLI;
      for (Machine machine : machines) {
        machine.step();
      }
    }
  }

  private void message(int disk, int slot, Message message) {
    byte[] sector = SbdDisk.mailboxSector(message, "n9", 512);
    System.arraycopy(sector, 0, disks.get(disk), 512 * (2 + 2 * slot), 512);
  }

  private String slot(int number) {
    return SbdDisk.name(disks.getFirst(), 512 * (1 + 2 * number));
  }

  @Test
  void eachNodeTakesASlotByItsNameAlsoWhenBothTryAtOnce() {
    Machine one = new Machine("n1", true);
    Machine two = new Machine("n2", true);
    run(20_000, one, two);
    assertThat(List.of(slot(0), slot(1))).containsExactlyInAnyOrder("n1", "n2");
    assertThat(one.slots.warnings()).isEmpty();
    assertThat(two.slots.warnings()).isEmpty();
    byte[] before = disks.getFirst().clone();
    run(5000, new Machine("n1", true));
    assertThat(disks.getFirst()).isEqualTo(before);
  }

  @Test
  void resetOffAndCrashdumpCondemnOthersDoNot() {
    for (Message message : Message.values()) {
      Machine one = new Machine("n1", true);
      run(5000, one);
      message(0, 0, message);
      run(1500, one);
      List<String> expected =
          switch (message) {
            case CLEAR -> List.of();
            case TEST -> List.of("note: sbd's slot of this node on region d0 says test, by n9");
            case EXIT -> List.of("leave: sbd's slot of this node on region d0 says exit, by n9");
            default ->
                List.of(
                    "condemned: sbd's slot of this node on region d0 says %s, by n9"
                        .formatted(message.word()));
          };
      assertThat(one.diary.lines).as(message.word()).isEqualTo(expected);
      message(0, 0, Message.CLEAR);
    }
  }

  /** What was said to the life before is over with its reset; off means to stay off. */
  @Test
  void anEarlierResetIsClearedAnEarlierOffIsNot() {
    Machine one = new Machine("n1", true);
    run(5000, one);
    message(0, 0, Message.RESET);
    Machine next = new Machine("n1", true);
    run(5000, next);
    assertThat(next.diary.lines).isEmpty();
    assertThat(SbdDisk.message(disks.getFirst(), 1024)).isEqualTo(Message.CLEAR);
    message(0, 0, Message.OFF);
    Machine last = new Machine("n1", true);
    run(5000, last);
    assertThat(last.diary.lines.toString())
        .contains("exit: ", "says off, by n9", "message NODE clear");
    assertThat(SbdDisk.message(disks.getFirst(), 1024)).isEqualTo(Message.OFF);
  }

  /**
   * msgwait is 10 s, the watchdog needs 5 and may be 1 late: 4 s after the last look it is over.
   */
  @Test
  void withoutReadingTheWatchdogIsFedForMsgwaitLessItsTimeOnly() {
    Machine one = new Machine("n1", true);
    assertThat(one.slots.mayFeed(now)).isFalse();
    run(5000, one);
    assertThat(one.slots.mayFeed(now)).isTrue();
    broken[0] = true;
    run(2800, one);
    assertThat(one.slots.mayFeed(now)).isTrue();
    run(1300, one);
    assertThat(one.slots.mayFeed(now)).isFalse();
    assertThat(one.slots.warnings().getFirst())
        .isEqualTo(
            "region d0: sbd's messages do not reach this node: reading sbd's slots fails: I/O error");
    broken[0] = false;
    run(1500, one);
    assertThat(one.slots.mayFeed(now)).isTrue();
  }

  @Test
  void ofThreeDisksTwoMustBeRead() {
    disks.add(made(10));
    disks.add(made(10));
    Machine one = new Machine("n1", true);
    run(5000, one);
    broken[1] = true;
    run(10_000, one);
    assertThat(one.slots.mayFeed(now)).isTrue();
    broken[2] = true;
    run(10_000, one);
    assertThat(one.slots.mayFeed(now)).isFalse();
  }

  @Test
  void aMsgwaitThatIsTooShortIsRefusedWithTheNumbers() {
    disks.set(0, made(8));
    Machine one = new Machine("n1", true);
    run(3000, one);
    assertThat(slot(0)).isEmpty();
    assertThat(one.slots.warnings().getFirst())
        .contains("msgwait on it is 8 s, and must be at least watchdog.timeout + 4 s = 9 s");
    assertThat(one.slots.mayFeed(now)).isTrue();
  }

  @Test
  void withoutAWatchdogNoSlotIsTaken() {
    Machine one = new Machine("n1", false);
    run(3000, one);
    assertThat(slot(0)).isEmpty();
    assertThat(one.slots.warnings().getFirst()).contains("fence_sbd cannot fence it");
  }

  @Test
  void foreignFullAndNewlyMadeDisks() {
    disks.set(0, new byte[512 * 511]);
    Machine one = new Machine("n1", true);
    run(3000, one);
    assertThat(one.slots.warnings().getFirst()).contains("does not begin with sbd's header");
    disks.set(0, made(10));
    for (int slot = 0; slot < 255; slot++) {
      System.arraycopy(
          SbdDisk.slotSector("other" + slot, 512), 0, disks.getFirst(), 512 * (1 + 2 * slot), 512);
    }
    run(3000, one);
    assertThat(one.slots.warnings().getFirst()).contains("all of its 255 sbd slots are in use");
    disks.set(0, made(10));
    Machine two = new Machine("n2", true);
    run(5000, two);
    disks.set(0, made(10));
    run(6000, two);
    assertThat(slot(0)).isEqualTo("n2");
    assertThat(two.slots.warnings()).isEmpty();
  }
}
