package org.ringward.core.admin;

/** A text: a configuration as YAML or CIB XML. */
public record DocumentReport(String format, String version, String text)
    implements AdminReply.Report {}
