package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateFileTest {
  private static final ClusterState STATE =
      new ClusterState(
          44, ClusterState.BLANK.withConfiguration(ClusterState.BLANK.cib().configuration()).cib());

  @Test
  void whatIsWrittenIsRead() {
    StateFile.Found found = StateFile.read(StateFile.write(STATE));

    assertThat(found.complaint()).isNull();
    assertThat(found.state().key()).isEqualTo(STATE.key());
  }

  @Test
  void noFileIsABlankStateWithoutComplaint() {
    StateFile.Found found = StateFile.read(null);

    assertThat(found.state().isBlank()).isTrue();
    assertThat(found.complaint()).isNull();
  }

  @Test
  void everyDamagedByteIsNoticed() {
    byte[] good = StateFile.write(STATE);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      StateFile.Found found = StateFile.read(bad);
      boolean unharmed = found.state().key().equals(STATE.key());
      assertThat(found.state().isBlank() || unharmed).as("byte %d", i).isTrue();
    }
  }

  @Test
  void aTruncatedFileIsBlankAndSaysWhy() {
    byte[] good = StateFile.write(STATE);
    byte[] half = Arrays.copyOf(good, good.length - 20);

    StateFile.Found found = StateFile.read(half);

    assertThat(found.state().isBlank()).isTrue();
    assertThat(found.complaint()).contains("cib.xml").contains("checksum");
  }
}
