package org.ringward.core.policy.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A result that somebody makes up, written {@code RESOURCE_TASK_INTERVALMS@NODE=EXITCODE}.
 *
 * @param resource as it was written, with or without the number of an instance
 */
public record OperationSpec(
    String resource, String task, long intervalMs, String node, int exitCode) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<resource>.+?)_(?<task>migrate_to|migrate_from|[^_]+)_(?<interval>\\d{1,15})"
              + "@(?<node>[^=]+)=(?<code>\\d{1,5})");

  /** Null when the text has another form. */
  public static @Nullable OperationSpec parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    return new OperationSpec(
        matcher.group("resource"),
        matcher.group("task"),
        Long.parseLong(matcher.group("interval")),
        matcher.group("node"),
        Integer.parseInt(matcher.group("code")));
  }

  /** RESOURCE_TASK_INTERVALMS. */
  public String key() {
    return resource + "_" + task + "_" + intervalMs;
  }

  /** What the agent should have returned: a probe is told from a check by its interval. */
  public int expectedExitCode() {
    boolean probe = intervalMs == 0 && task.equals("monitor");
    boolean knownState = exitCode == 0 || exitCode == 7 || exitCode == 8;
    return probe ? (knownState ? exitCode : 7) : 0;
  }

  public boolean isFailure() {
    return exitCode != expectedExitCode();
  }

  @Override
  public String toString() {
    return key() + "@" + node + "=" + exitCode;
  }
}
