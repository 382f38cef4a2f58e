package org.ringward.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * Messages of the configuration service (reference/totem-pg-sync-services.md, section 6): every
 * node reads its configuration again, the two steps of a change of keys, and the author's own end.
 *
 * @param function {@link #SHUTDOWN}, {@link #RELOAD} or {@link #CRYPTO}
 * @param value the author's id with RELOAD, the step with CRYPTO, else 0
 */
public record CfgMessage(int function, int value) implements ServiceMessage {
  /** The author is about to end orderly. */
  public static final int SHUTDOWN = 2;

  /** Every node reads its own configuration. */
  public static final int RELOAD = 3;

  /** The author has made a step of a change of keys. */
  public static final int CRYPTO = 4;

  /** As a step: the author understands the new key. */
  public static final int PHASE_ACTIVATE = 1;

  /** As a step: the author sends with the new key. */
  public static final int PHASE_CLEAN_UP = 2;

  private static final int RELOAD_LENGTH = 32;
  private static final int CRYPTO_LENGTH = 24;

  private static final int ID = ServiceHeader.CFG << 16;

  /** The message, null when it is none of these or not valid. */
  public static @Nullable CfgMessage read(byte[] message, int offset, int length, boolean big) {
    int id = ServiceHeader.id(message, offset, length, big);
    if (id == (ID | SHUTDOWN) && length == ServiceHeader.LENGTH) {
      return new CfgMessage(SHUTDOWN, 0);
    }
    if (id == (ID | RELOAD) && length == RELOAD_LENGTH) {
      return new CfgMessage(RELOAD, Bytes.int32(message, offset + 16, big));
    }
    if (id == (ID | CRYPTO) && length == CRYPTO_LENGTH) {
      return new CfgMessage(CRYPTO, Bytes.int32(message, offset + 16, big));
    }
    return null;
  }

  @Override
  public int length() {
    return switch (function) {
      case RELOAD -> RELOAD_LENGTH;
      case CRYPTO -> CRYPTO_LENGTH;
      default -> ServiceHeader.LENGTH;
    };
  }

  @Override
  public int write(byte[] message, int offset) {
    ServiceHeader.write(message, offset, ID | function, length());
    for (int at = offset + ServiceHeader.LENGTH; at < offset + length(); at += 4) {
      Bytes.put32(message, at, 0);
    }
    if (length() > ServiceHeader.LENGTH) {
      Bytes.put32(message, offset + ServiceHeader.LENGTH, value);
    }
    return length();
  }
}
