package org.ringward.daemon.web;

import java.util.Locale;

/** Writes metrics in Prometheus' text format (version 0.0.4). */
final class MetricsText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(8192);
  private String name = "";

  /** Begins a metric: gauge or counter, and one sentence. */
  MetricsText metric(String metric, String type, String help) {
    name = metric;
    text.append("# HELP ").append(metric).append(' ');
    text.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
    return this;
  }

  /** A value with names and values of labels in turn. */
  MetricsText value(double value, String... labels) {
    text.append(name);
    if (labels.length > 0) {
      String comma = "{";
      for (int at = 0; at < labels.length; at += 2) {
        text.append(comma).append(labels[at]).append("=\"").append(escaped(labels[at + 1]));
        text.append('"');
        comma = ",";
      }
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
    return this;
  }

  /** A value of the metric under its name with something behind it. */
  void suffixed(String suffix, double value) {
    text.append(name).append(suffix).append(' ').append(number(value)).append('\n');
  }

  MetricsText value(boolean value, String... labels) {
    return value(value ? 1 : 0, labels);
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6f", value);
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
