package org.ringward.core.admin;

import org.jspecify.annotations.Nullable;

/**
 * A text: a configuration as YAML or CIB XML.
 *
 * @param digest of the configuration in force, for expect-digest; null for other documents, and
 *     from a daemon that does not tell
 */
public record DocumentReport(String format, String version, String text, @Nullable String digest)
    implements AdminReply.Report {

  /** Of something else than the configuration in force. */
  public DocumentReport(String format, String version, String text) {
    this(format, version, text, null);
  }
}
