package org.ringward.ring.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.port.Watchdog;

/** What can be known without a watchdog; tools/guest has a machine with one. */
class WatchdogDeviceTest {
  private final List<String> complaints = new ArrayList<>();

  @TempDir private Path folder;

  private Watchdog.Arming arm(String file) {
    return new WatchdogDevice(file, complaints::add).arm(5, 0);
  }

  @Test
  void whatIsNotThereOrNoWatchdogIsRefusedByName() {
    assertThat(arm("/dev/no-such-watchdog").refusal())
        .startsWith("watchdog.device is /dev/no-such-watchdog: there is no such device");
    assertThat(arm("/dev/null").refusal())
        .isEqualTo("watchdog.device is /dev/null, which is no watchdog");
  }

  @Test
  void aRefusedDeviceIsClosedAndCannotBeFed() {
    WatchdogDevice device = new WatchdogDevice("/dev/null", complaints::add);
    assertThat(device.arm(5, 0).isRefused()).isTrue();
    device.feed(Long.MAX_VALUE);
    assertThat(device.disarm()).isEmpty();
    assertThat(complaints).isEmpty();
  }

  @Test
  void theKernelsWordOnWhetherItCountsDownIsTaken() throws IOException {
    Path file = Files.createFile(folder.resolve("watchdog3"));
    Path about = Files.createDirectories(folder.resolve("class/watchdog/watchdog3"));
    WatchdogDevice device = new WatchdogDevice(file, folder, complaints::add);
    assertThat(device.isTicking()).as("unknown, so it is not touched too early").isTrue();
    Files.writeString(about.resolve("state"), "inactive\n");
    assertThat(device.isTicking()).isFalse();
    Files.writeString(about.resolve("state"), "active\n");
    assertThat(device.isTicking()).isTrue();
    Files.delete(file);
    assertThat(device.isTicking()).isFalse();
  }
}
