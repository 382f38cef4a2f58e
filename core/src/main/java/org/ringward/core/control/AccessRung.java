package org.ringward.core.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeState;
import org.ringward.core.fence.AccessDevices;
import org.ringward.core.fence.Rung;

/**
 * The fourth rung: a device has cut a node's access to the storage of some resources, and nothing
 * more is proven of the node. Which devices have is kept with the node's state, whatever life its
 * daemon is in, until they give the access back: that is done when the node is a member and runs
 * nothing any more of what they cover. Where access is cut a resource counts as stopped ({@link
 * AccessView}).
 */
final class AccessRung {
  private static final String REVOKE = "revoke ";
  private static final String RESTORE = "restore ";

  /** Which devices have cut the node's access, by spaces; our own addition to node_state. */
  private static final String REVOKED = "access-revoked";

  private AccessRung() {}

  /** The action of an order, and of its result, that cuts the access by that device. */
  static String revoke(String device) {
    return REVOKE + device;
  }

  /** The action that gives it back. */
  static String restore(String device) {
    return RESTORE + device;
  }

  static boolean isRevoke(String action) {
    return action.startsWith(REVOKE);
  }

  static boolean isRestore(String action) {
    return action.startsWith(RESTORE);
  }

  /** Whether an action is about access rather than about the whole node. */
  static boolean isAccess(String action) {
    return isRevoke(action) || isRestore(action);
  }

  /** The device of such an action, empty for an action on the whole node. */
  static String device(String action) {
    return isAccess(action) ? action.substring(action.indexOf(' ') + 1) : "";
  }

  /**
   * Whether a member failed to stop a resource, so that cutting its access is worth while. One that
   * leaves is not spared: it must not end while anything runs there.
   */
  static boolean isStuck(NodeState node, String resource) {
    return NodeStates.isMember(node)
        && node.transientAttribute("shutdown") == null
        && ResourceView.failedToStop(node, resource);
  }

  /** The devices that have cut the node's access. */
  static List<String> revoked(@Nullable NodeState node) {
    String text = node == null ? "" : node.attributes().get(REVOKED, "");
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }

  /** What a result that succeeded changes. */
  static ClusterState applied(ClusterState state, ClusterMessage.FenceResult result) {
    @Nullable NodeState node = state.node(result.target());
    String device = device(result.action());
    List<String> devices = new ArrayList<>(revoked(node));
    devices.remove(device);
    if (isRevoke(result.action())) {
      // An order that was needless has proven nothing.
      if (node == null || !Rung.ACCESS_REVOKED.name().equals(result.rung())) {
        return state;
      }
      devices.add(device);
    }
    return node == null
        ? state
        : state.withNode(
            node.uname(),
            node.id(),
            each ->
                devices.isEmpty()
                    ? each.withoutAttribute(REVOKED)
                    : each.withAttribute(REVOKED, String.join(" ", devices)));
  }

  /**
   * What a node can no longer touch, by the proofs of its devices: what more than one device covers
   * all of them must have cut.
   */
  static List<String> cutOff(Configuration configuration, @Nullable NodeState node) {
    List<String> revoked = revoked(node);
    List<String> resources = touched(configuration, node);
    if (!resources.isEmpty()) {
      AccessDevices.of(configuration)
          .forEach((device, covered) -> {
            if (!revoked.contains(device)) {
              resources.removeAll(covered);
            }
          });
    }
    return resources;
  }

  /** What any of the devices that have cut the node's access covers. */
  static List<String> touched(Configuration configuration, @Nullable NodeState node) {
    List<String> revoked = revoked(node);
    List<String> resources = new ArrayList<>();
    if (!revoked.isEmpty()) {
      AccessDevices.of(configuration)
          .forEach((device, covered) -> {
            if (revoked.contains(device)) {
              covered.stream().filter(each -> !resources.contains(each)).forEach(resources::add);
            }
          });
    }
    return resources;
  }

  /** For the timeline. */
  static String ordered(ClusterMessage.FenceOrder order) {
    String device = device(order.action());
    return isRevoke(order.action())
        ? "%s cuts the access of %s to what %s covers"
            .formatted(order.executor(), order.target(), device)
        : "%s gives %s its access to what %s covers back"
            .formatted(order.executor(), order.target(), device);
  }

  /** For the timeline. */
  static String ended(ClusterMessage.FenceResult result) {
    String device = device(result.action());
    String what = isRevoke(result.action()) ? "is cut" : "is given back";
    String begin = "the access of %s to what %s covers ".formatted(result.target(), device);
    return begin + (result.succeeded() ? what : "could not be changed");
  }
}
