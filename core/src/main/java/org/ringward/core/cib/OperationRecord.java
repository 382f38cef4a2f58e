package org.ringward.core.cib;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One remembered result of an operation on a node ({@code lrm_rsc_op}); names of its attributes are
 * those of the status section (scheduler-suite/README.md, "Facts that help an implementer").
 */
public record OperationRecord(Attributes attributes) {
  /** The exit code of what has none yet. */
  public static final int EXIT_NONE = 193;

  /** The op-status of what has no result yet. */
  public static final int STATUS_PENDING = -1;

  public String id() {
    return attributes.get("id", "");
  }

  /** start, stop, monitor ... */
  public String operation() {
    return attributes.get("operation", "");
  }

  /** RESOURCE_OPERATION_INTERVALMS, null when the record does not say. */
  public @Nullable String operationKey() {
    return attributes.get("operation_key");
  }

  /** 0 for what is done once, a probe included. */
  public long intervalMillis() {
    return Numbers.longOr(attributes.get("interval"), 0);
  }

  /** Counts the calls on one node; -1 when it has none. */
  public int callId() {
    return Numbers.intOr(attributes.get("call-id"), -1);
  }

  /** What the agent returned; {@link #EXIT_NONE} when nothing is known. */
  public int exitCode() {
    return Numbers.intOr(attributes.get("rc-code"), EXIT_NONE);
  }

  /** 0 done, -1 pending, 1 cancelled, 2 timed out, 3 not supported, 4 error. */
  public int opStatus() {
    return Numbers.intOr(attributes.get("op-status"), STATUS_PENDING);
  }

  public boolean isPending() {
    return opStatus() == STATUS_PENDING;
  }

  /** ACTION:TRANSITION:TARGETRC:UUID, empty when it has none. */
  public String transitionKey() {
    return attributes.get("transition-key", "");
  }

  /** When the result was seen first, seconds since 1970. */
  public OptionalLong lastRcChangeSeconds() {
    String text = attributes.get("last-rc-change");
    return text == null ? OptionalLong.empty() : Numbers.parse(text);
  }

  public long execTimeMillis() {
    return Numbers.longOr(attributes.get("exec-time"), 0);
  }

  /** The name of the node it ran on, null when the record does not say. */
  public @Nullable String onNode() {
    return attributes.get("on_node");
  }

  /** What the agent gave as reason, empty when nothing. */
  public String exitReason() {
    return attributes.get("exit-reason", "");
  }

  /** Digest of all parameters, null when the record has none. */
  public @Nullable String opDigest() {
    return attributes.get("op-digest");
  }

  public OperationRecord withAttribute(String name, String value) {
    return new OperationRecord(attributes.with(name, value));
  }
}
