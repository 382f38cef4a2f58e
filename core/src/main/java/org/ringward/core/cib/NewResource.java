package org.ringward.core.cib;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource that an operator wants, as it was typed.
 *
 * @param id its name
 * @param agent ocf:PROVIDER:TYPE, stonith:TYPE and the like
 * @param parameters for the agent
 * @param operations recurring and other operations
 * @param meta meta attributes
 * @param group the group it becomes a member of, null for none; one that does not exist is made
 * @param neighbour the member before or behind which it is put, null for the end
 * @param before whether it goes before the neighbour
 * @param cloneId the clone it is put in, null for none, empty for one that is named after it
 * @param cloneMeta meta attributes of that clone
 * @param disabled whether it begins with target-role Stopped
 */
public record NewResource(
    String id,
    String agent,
    Map<String, String> parameters,
    List<WantedOperation> operations,
    Map<String, String> meta,
    @Nullable String group,
    @Nullable String neighbour,
    boolean before,
    @Nullable String cloneId,
    Map<String, String> cloneMeta,
    boolean disabled) {
  public NewResource {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    operations = List.copyOf(operations);
    meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
    cloneMeta = Collections.unmodifiableMap(new LinkedHashMap<>(cloneMeta));
  }

  /**
   * An operation.
   *
   * @param name start, stop, monitor ...
   * @param options interval, timeout, on-fail and so on
   */
  public record WantedOperation(String name, Map<String, String> options) {
    public WantedOperation {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
  }
}
