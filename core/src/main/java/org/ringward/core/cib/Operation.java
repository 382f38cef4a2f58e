package org.ringward.core.cib;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A configured operation ({@code op}) of a resource. */
public record Operation(Attributes attributes, List<AttributeSet> sets, List<Element> others) {
  public Operation {
    sets = List.copyOf(sets);
    others = List.copyOf(others);
  }

  public String id() {
    return attributes.get("id", "");
  }

  public String name() {
    return attributes.get("name", "");
  }

  /**
   * An option of the operation: an attribute of the element, else of its meta_attributes, null when
   * it is in neither.
   */
  public @Nullable String option(String name) {
    String own = attributes.get(name);
    return own == null ? meta(name) : own;
  }

  /** A meta attribute of this operation, null when it is not set here. */
  public @Nullable String meta(String name) {
    return Sets.value(sets, "meta_attributes", name);
  }

  /** An instance attribute such as OCF_CHECK_LEVEL, null when it is not set here. */
  public @Nullable String parameter(String name) {
    return Sets.value(sets, "instance_attributes", name);
  }

  /** 0 when none is given, empty when what is given is no length of time. */
  public OptionalLong intervalMillis() {
    String text = option("interval");
    return text == null ? OptionalLong.of(0) : Durations.millis(text);
  }

  /** Whether it stands for the same action as the other: name and interval are equal. */
  public boolean repeats(Operation other) {
    return name().equals(other.name()) && intervalMillis().equals(other.intervalMillis());
  }

  /** Empty when none is given here or what is given is no length of time. */
  public OptionalLong timeoutMillis() {
    String text = option("timeout");
    return text == null ? OptionalLong.empty() : Durations.millis(text);
  }

  /** 0 when none is given, empty when what is given is no length of time. */
  public OptionalLong startDelayMillis() {
    String text = option("start-delay");
    return text == null ? OptionalLong.of(0) : Durations.millis(text);
  }

  /** What to do when it fails, null when it is not given here. */
  public @Nullable String onFail() {
    return option("on-fail");
  }

  /** The role in which it is run, null when it is not given here. */
  public @Nullable String role() {
    return option("role");
  }

  /** True unless it was switched off here. */
  public boolean enabled() {
    return Booleans.isTrue(option("enabled"), true);
  }
}
