package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.CpgMessage;
import org.ringward.core.wire.CpgMessage.Part;

/** Large messages of which parts have come take no more memory than is stated. */
final class PartAssembliesTest {
  private static final int MEBIBYTE = 1024 * 1024;
  private static final int LENGTH_MAX = 16 * MEBIBYTE;
  private static final byte[] GROUP = {'g'};

  private final PartAssemblies assemblies = new PartAssemblies(LENGTH_MAX);
  private final byte[] bytes = new byte[CpgMessage.PARTIAL_HEADER + MEBIBYTE];

  private PartAssembly part(int node, int pid, Part part, int wholeLength) {
    CpgMessage.writePartial(bytes, 0, GROUP, part, wholeLength, MEBIBYTE, pid, node);
    CpgMessage message = new CpgMessage();
    assertThat(message.read(bytes, 0, bytes.length, false)).isTrue();
    return assemblies.part(node, message, bytes);
  }

  @Test
  void aMessageOfTheLargestSizeIsPutTogether() {
    part(2, 7, Part.FIRST, LENGTH_MAX);
    for (int i = 1; i < 15; i++) {
      assertThat(part(2, 7, Part.CONTINUED, LENGTH_MAX)).isNull();
    }
    PartAssembly whole = Objects.requireNonNull(part(2, 7, Part.LAST, LENGTH_MAX));
    assertThat(whole.length()).isEqualTo(LENGTH_MAX);
    assemblies.forget(2, 7);
    assertThat(assemblies.held()).isZero();
  }

  /** A node begins messages with ever new processes and never ends one. */
  @Test
  void aNodeThatNeverEndsItsMessagesIsBounded() {
    for (int pid = 1; pid <= 100; pid++) {
      part(2, pid, Part.FIRST, LENGTH_MAX);
      for (int i = 1; i < 12; i++) {
        part(2, pid, Part.CONTINUED, LENGTH_MAX);
        assertThat(assemblies.held()).isLessThanOrEqualTo(PartAssemblies.BYTES_OF_NODE_MAX);
      }
    }
    for (int pid = 1_000; pid < 20_000; pid++) {
      part(3, pid, Part.FIRST, MEBIBYTE);
    }
    assertThat(assemblies.held()).isLessThanOrEqualTo(2 * PartAssemblies.BYTES_OF_NODE_MAX);
    assemblies.keepOnly(NodeSet.EMPTY);
    assertThat(assemblies.held()).isZero();
  }

  /** The others' messages are not lost by that. */
  @Test
  void oneNodeDoesNotPushOutAnother() {
    part(3, 1, Part.FIRST, 2 * MEBIBYTE);
    aNodeThatFillsItsRoom();
    assertThat(part(3, 1, Part.LAST, 2 * MEBIBYTE)).isNotNull();
  }

  private void aNodeThatFillsItsRoom() {
    for (int pid = 1; pid <= 20; pid++) {
      part(2, pid, Part.FIRST, LENGTH_MAX);
      for (int i = 1; i < 10; i++) {
        part(2, pid, Part.CONTINUED, LENGTH_MAX);
      }
    }
  }

  /** A length that is claimed takes no memory until the bytes are there. */
  @Test
  void aClaimTakesNothing() {
    CpgMessage.writePartial(bytes, 0, GROUP, Part.FIRST, Integer.MAX_VALUE, MEBIBYTE, 1, 2);
    CpgMessage message = new CpgMessage();
    assertThat(message.read(bytes, 0, bytes.length, false)).isTrue();
    assertThat(assemblies.part(2, message, bytes)).isNull();
    assertThat(assemblies.held()).isZero();
  }
}
