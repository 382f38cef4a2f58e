package org.ringward.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.Defect;
import org.ringward.core.port.Store;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.World;

class DiskTest {
  private final World world = new World(5, new Trace(null));
  private final Disk disk = new Disk(world, 1);
  private final List<String> ended = new ArrayList<>();
  private final Store store = disk.store((id, error) -> ended.add(id + " " + error));

  private void run() {
    world.runUntil(world.now() + Time.SECONDS);
  }

  @Test
  void aWriteIsThereWhenItIsReported() {
    store.write(1, "cib", new byte[] {1});
    assertThat(disk.files()).isEmpty();
    run();
    assertThat(ended).containsExactly("1 null");
    assertThat(disk.files().get("cib")).containsExactly(1);
  }

  @Test
  void aWriterThatDiesLeavesOldOrNewAndHearsNothing() {
    int kept = 0;
    for (int i = 0; i < 50; i++) {
      Disk one = new Disk(world, 1);
      one.store((_, _) -> ended.add("heard")).write(1, "cib", new byte[] {1});
      one.writerDied();
      kept += one.files().size();
    }
    run();
    assertThat(ended).isEmpty();
    assertThat(kept).isBetween(10, 40);
  }

  @Test
  void aFullDiskRefuses() {
    disk.full(true);
    store.write(1, "cib", new byte[] {1});
    run();
    assertThat(ended).containsExactly("1 no space left on device");
    assertThat(disk.files()).isEmpty();
    assertThatThrownBy(() -> disk.ringIds(() -> 0).store(4)).isInstanceOf(Disk.DiskFailure.class);
  }

  @Test
  void aLostDiskHasNothing() {
    disk.ringIds(() -> 0).store(8);
    store.write(1, "cib", new byte[] {1});
    run();
    disk.lose();
    assertThat(disk.files()).isEmpty();
    assertThat(disk.ringIds(() -> 0).load()).isZero();
    assertThat(disk.ringIds(() -> 1_800_000_000_000L).load()).isEqualTo(1_800_000_000_000L);
  }

  @Test
  void damageChangesAFile() {
    store.write(1, "cib", new byte[] {1, 2, 3});
    run();
    disk.damage();
    assertThat(disk.files().get("cib")).isNotEqualTo(new byte[] {1, 2, 3});
  }

  @Test
  void bytesMustNotChangeWhileTheyAreWritten() {
    byte[] content = {1};
    store.write(1, "cib", content);
    content[0] = 2;
    assertThatThrownBy(this::run).isInstanceOf(Defect.class).hasMessageContaining("cib");
  }
}
