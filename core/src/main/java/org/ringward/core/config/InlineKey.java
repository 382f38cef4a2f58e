package org.ringward.core.config;

import java.nio.charset.StandardCharsets;

/** A shared key that stands in the configuration itself; its text never appears in messages. */
public record InlineKey(String text) {
  /** The key's bytes. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "InlineKey[" + text.length() + " characters]";
  }
}
