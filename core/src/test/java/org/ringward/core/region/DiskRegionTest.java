package org.ringward.core.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.port.Sectors;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;

/** Two nodes and a disk that can lie. */
class DiskRegionTest {
  private static final long MILLI = 1_000_000;
  private static final Region REGION =
      new Region("san", new Times(1000, 5000, 2500, 10_000), new Disk("/dev/sdb", false));

  private byte[] disk = new byte[DiskBlock.BLOCKS * DiskBlock.BYTES];
  private boolean hangs;
  private @Nullable String error;
  private @Nullable byte[] old;
  private boolean losesWrites;
  private long now = 1000 * MILLI;
  private final Machine one = new Machine(1);
  private final Machine two = new Machine(2);

  private final class Machine implements Sectors {
    final DiskRegion region;
    final List<String> found = new ArrayList<>();
    final Deque<Runnable> ends = new ArrayDeque<>();
    int beat;

    Machine(int id) {
      region =
          new DiskRegion(
              0,
              REGION,
              new Disk("/dev/sdb", false),
              "village",
              id,
              NodeSet.of(1, 2),
              this,
              (bytes, offset, length, _) ->
                  found.add(
                      new String(bytes, offset, length, java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Override
    public boolean read(int number, long request, long position, int length) {
      ends.add(() -> {
        byte[] source = old == null ? disk : old;
        byte[] bytes = Arrays.copyOfRange(source, (int) position, (int) position + length);
        region.read(bytes, length, error, now);
      });
      return true;
    }

    @Override
    public boolean write(
        int number, long request, long position, byte[] bytes, int offset, int length) {
      byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
      ends.add(() -> {
        if (!losesWrites && error == null) {
          System.arraycopy(copy, 0, disk, (int) position, length);
        }
        region.written(error, now);
      });
      return true;
    }

    void turn() {
      region.turn(now);
      while (!hangs && !ends.isEmpty()) {
        ends.remove().run();
      }
    }

    void beat() {
      byte[] frame = ("beat " + ++beat).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      region.send(frame, 0, frame.length, now);
    }
  }

  @BeforeEach
  void format() {
    byte[] header = DiskHeader.block("village", 4711, 1);
    System.arraycopy(header, 0, disk, 0, header.length);
    one.region.start(now);
    two.region.start(now);
  }

  private void run(long millis) {
    for (long end = now + millis * MILLI; now < end; now += 50 * MILLI) {
      if (now / MILLI % 1000 == 0) {
        one.beat();
        two.beat();
      }
      one.turn();
      two.turn();
    }
  }

  /** The simulator's seed 926236 (without access): what was new may have been there for long. */
  @Test
  void whatIsFoundAfterNobodyLookedForADeadtimeSaysNothingUntilItChanges() {
    run(3500);
    one.found.clear();
    two.beat();
    two.turn();
    now += 6000 * MILLI;
    one.turn();
    assertThat(one.found).isEmpty();
    two.beat();
    two.turn();
    now += 300 * MILLI;
    one.turn();
    assertThat(one.found).containsExactly("beat " + two.beat);
    assertThat(one.region.trouble(now)).isNull();
  }

  @Test
  void eachFindsWhatTheOtherWrites() {
    run(3500);
    assertThat(one.found).contains("beat 2", "beat 3");
    assertThat(one.region.trouble(now)).isNull();
    assertThat(two.region.trouble(now)).isNull();
    assertThat(two.region.generation()).isEqualTo(4711);
  }

  @Test
  void whatIsThereAtFirstSaysNothing() {
    byte[] content = "from long ago".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] block = new byte[DiskBlock.BYTES];
    DiskBlock.seal(block, DiskBlock.HEARTBEAT, 4711, 2, content, 0, content.length);
    System.arraycopy(block, 0, disk, 2 * DiskBlock.BYTES, block.length);
    for (int count = 0; count < 40; count++) {
      now += 50 * MILLI;
      one.turn();
    }
    assertThat(one.found).isEmpty();
  }

  @Test
  void aDiskThatHangsIsSilentAndToldAndComesBack() {
    run(2500);
    hangs = true;
    run(3000);
    assertThat(one.region.trouble(now)).startsWith("it has not answered for ");
    int before = one.found.size();
    hangs = false;
    run(2000);
    assertThat(one.region.trouble(now)).isNull();
    assertThat(one.found.size()).isGreaterThan(before);
  }

  @Test
  void errorsAreTold() {
    run(1500);
    error = "Input/output error";
    run(1500);
    assertThat(one.region.trouble(now)).isEqualTo("reading fails: Input/output error");
    error = null;
    run(1500);
    assertThat(one.region.trouble(now)).isNull();
  }

  @Test
  void anUnformattedDiskIsNotWrittenTo() {
    disk = new byte[disk.length];
    run(2500);
    assertThat(one.region.trouble(now)).startsWith("it is not formatted");
    assertThat(disk).containsOnly(0);
  }

  @Test
  void aDiskThatBecomesZeros() {
    run(2500);
    disk = new byte[disk.length];
    run(500);
    assertThat(one.region.trouble(now)).startsWith("its header has become zeros");
  }

  @Test
  void aDiskOfAnotherClusterOrWithSomethingElse() {
    byte[] header = DiskHeader.block("city", 1, 1);
    System.arraycopy(header, 0, disk, 0, header.length);
    run(500);
    assertThat(one.region.trouble(now))
        .isEqualTo("it belongs to cluster \"city\", this node to \"village\"");
    Arrays.fill(disk, (byte) 'x');
    run(500);
    assertThat(one.region.trouble(now)).contains("something else on it");
    header = DiskHeader.block("village", 1, 1);
    header[30] ^= 1;
    System.arraycopy(header, 0, disk, 0, header.length);
    run(500);
    assertThat(one.region.trouble(now)).isEqualTo("its header is damaged");
  }

  @Test
  void aDiskThatReturnsOldBlocks() {
    run(2500);
    old = disk.clone();
    run(2500);
    assertThat(one.region.trouble(now)).startsWith("it gives back old blocks");
    assertThat(one.found).doesNotContain("beat 5");
  }

  @Test
  void aDiskThatForgetsWrites() {
    run(500);
    losesWrites = true;
    run(2000);
    assertThat(one.region.trouble(now)).isNotNull();
  }

  @Test
  void tornAndForeignBlocksAreCounted() {
    run(2500);
    int before = one.found.size();
    disk[2 * DiskBlock.BYTES + 40] ^= 1;
    now += 300 * MILLI;
    one.turn();
    assertThat(one.region.torn()).isEqualTo(1);
    byte[] block = new byte[DiskBlock.BYTES];
    DiskBlock.seal(block, DiskBlock.HEARTBEAT, 4711, 1, block, 0, 10);
    System.arraycopy(block, 0, disk, 2 * DiskBlock.BYTES, block.length);
    now += 300 * MILLI;
    one.turn();
    assertThat(one.region.foreign()).as("misdirected: node 1's block in slot 2").isEqualTo(1);
    DiskBlock.seal(block, DiskBlock.HEARTBEAT, 4710, 2, new byte[20], 0, 10);
    System.arraycopy(block, 0, disk, 2 * DiskBlock.BYTES, block.length);
    now += 300 * MILLI;
    one.turn();
    assertThat(one.region.foreign()).as("of an earlier format").isEqualTo(2);
    assertThat(one.found).hasSize(before);
  }
}
