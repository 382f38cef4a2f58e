package org.ringward.core.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;

/**
 * One action of a transition graph.
 *
 * @param operation start, stop, monitor, stonith, do_shutdown, delete, cancel, clear_failcount,
 *     started ...
 * @param operationKey RESOURCE_OPERATION_INTERVALMS for resource actions
 * @param onNode name of the node, null for a pseudo action
 * @param onNodeId id of that node, null for a pseudo action
 * @param primitive the resource of a resource action, null otherwise
 * @param attributes resource parameters under plain names, all else under CRM_meta_ names, sorted
 * @param downed ids of nodes that are down when this is done (fencing, shutdown)
 * @param more further attributes of the element: router_node (the node an action on a remote node
 *     goes through), mode, shutdown-lock
 */
public record GraphAction(
    int id,
    Kind kind,
    String operation,
    String operationKey,
    @Nullable String internalOperationKey,
    @Nullable String onNode,
    @Nullable String onNodeId,
    @Nullable PrimitiveRef primitive,
    Attributes attributes,
    List<String> downed,
    Attributes more) {

  /** An action without further attributes. */
  public GraphAction(
      int id,
      Kind kind,
      String operation,
      String operationKey,
      @Nullable String internalOperationKey,
      @Nullable String onNode,
      @Nullable String onNodeId,
      @Nullable PrimitiveRef primitive,
      Attributes attributes,
      List<String> downed) {
    this(
        id,
        kind,
        operation,
        operationKey,
        internalOperationKey,
        onNode,
        onNodeId,
        primitive,
        attributes,
        downed,
        Attributes.NONE);
  }

  /** The three elements of the XML form. */
  public enum Kind {
    RSC_OP,
    PSEUDO_EVENT,
    CRM_EVENT
  }

  /**
   * @param longId the id with its group prefix, null when it has none
   */
  public record PrimitiveRef(
      String id,
      @Nullable String longId,
      String agentClass,
      @Nullable String provider,
      String type) {}

  public GraphAction {
    downed = List.copyOf(downed);
  }

  /**
   * A CRM_meta_ attribute by its name without the prefix (with underscores), null when there is
   * none.
   */
  public @Nullable String meta(String name) {
    return attributes.get("CRM_meta_" + name);
  }

  /** A CRM_meta_ attribute that is a whole number, 0 when it is absent or something else. */
  public long number(String name) {
    String value = meta(name);
    try {
      return value == null ? 0 : Long.parseLong(value);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
