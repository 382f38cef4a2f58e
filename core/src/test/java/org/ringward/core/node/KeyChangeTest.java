package org.ringward.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.LinkSettings.Cipher;
import org.ringward.core.config.LinkSettings.Hash;
import org.ringward.core.link.Transport;
import org.ringward.core.wire.CfgMessage;

/** When one of three nodes begins to use a new key, and forgets the old one. */
class KeyChangeTest {
  private static final NodeSet ALL = NodeSet.of(1, 2, 3);

  /** What is done to the transport and announced, in order. */
  private final List<String> done = new ArrayList<>();

  private boolean usedByOthers;

  private final KeyChange change =
      new KeyChange(
          (Transport)
              Proxy.newProxyInstance(
                  Transport.class.getClassLoader(),
                  new Class<?>[] {Transport.class},
                  (_, method, _) -> {
                    if (method.getName().equals("isLoadedKeyUsed")) {
                      return usedByOthers;
                    }
                    done.add(method.getName());
                    return null;
                  }),
          phase -> done.add("announce " + phase));

  @BeforeEach
  void begin() {
    change.expect();
    change.begin(Cipher.AES256, Hash.SHA256, new byte[128], 0);
    change.announced(2, CfgMessage.PHASE_ACTIVATE);
    change.turn(ALL, 1);
    assertThat(done).containsExactly("loadKey", "announce " + CfgMessage.PHASE_ACTIVATE);
  }

  @Test
  void everybodyUnderstandsTheNewKeyBeforeItIsUsed() {
    change.announced(3, CfgMessage.PHASE_ACTIVATE);
    change.turn(ALL, 2);
    assertThat(done).doesNotContain("activateKey");
    change.announced(1, CfgMessage.PHASE_ACTIVATE);
    change.turn(ALL, 3);
    assertThat(done).endsWith("activateKey", "announce " + CfgMessage.PHASE_CLEAN_UP);
  }

  /** Corosync's node forgets the old key with its own word: what still uses it is not heard. */
  @Test
  void whoGoesOnIsFollowedAtOnce() {
    change.announced(2, CfgMessage.PHASE_CLEAN_UP);
    change.turn(ALL, 2);
    assertThat(done).endsWith("activateKey", "announce " + CfgMessage.PHASE_CLEAN_UP);
    assertThat(done).doesNotContain("clearOldKey");
  }

  /** Its words may be held up by the ring: its packets say enough. */
  @Test
  void whoSendsWithTheNewKeyIsFollowedAtOnce() {
    usedByOthers = true;
    change.turn(ALL, 2);
    assertThat(done).endsWith("activateKey", "announce " + CfgMessage.PHASE_CLEAN_UP);
  }

  @Test
  void aLateWordOfTheChangeBeforeIsNotFollowed() {
    change.announced(3, CfgMessage.PHASE_CLEAN_UP);
    change.turn(ALL, 2);
    assertThat(done).doesNotContain("activateKey");
  }

  /** Corosync's node waits for nobody: without the key after this one it would not be heard. */
  @Test
  void whoBeginsTheNextChangeIsNotKeptWaiting() {
    change.announced(2, CfgMessage.PHASE_CLEAN_UP);
    change.turn(ALL, 2);
    assertThat(change.isRunning()).isTrue();
    change.announced(2, CfgMessage.PHASE_ACTIVATE);
    change.turn(ALL, 3);
    assertThat(done).endsWith("clearOldKey");
    assertThat(change.isRunning()).isFalse();
    change.begin(Cipher.AES256, Hash.SHA256, new byte[128], 4);
    change.announced(1, CfgMessage.PHASE_ACTIVATE);
    change.turn(ALL, 5);
    assertThat(done).endsWith("loadKey", "announce " + CfgMessage.PHASE_ACTIVATE);
    change.announced(3, CfgMessage.PHASE_ACTIVATE);
    change.turn(ALL, 6);
    assertThat(done).endsWith("activateKey", "announce " + CfgMessage.PHASE_CLEAN_UP);
  }
}
