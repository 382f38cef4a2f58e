package org.ringward.cli.setup;

import java.security.SecureRandom;

/** The key that all nodes of a cluster share. */
public final class SharedKey {
  private static final int BYTES = 256;

  private SharedKey() {}

  /** A new one: 256 random bytes, as corosync-keygen makes them. */
  public static byte[] random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
