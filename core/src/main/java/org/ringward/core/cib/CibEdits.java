package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * What operators' commands change in a configuration, under the ids that crm_resource uses, so that
 * each side clears what the other made. All are pure: the same cib gives the same edit.
 *
 * <p>All throw {@link OperatorException} with {@link ExitCode#NO_SUCH_OBJECT} for a resource or
 * node that is not configured, naming the closest one that is.
 */
public final class CibEdits {
  private static final String PREFER = "cli-prefer-";
  private static final String BAN = "cli-ban-";
  private static final String STANDBY = "standby";
  private static final String MAINTENANCE = "maintenance";
  private static final String MAINTENANCE_MODE = "maintenance-mode";

  private CibEdits() {}

  /**
   * A changed configuration, or the same when there was nothing to change.
   *
   * @param sentence what was done, for the operator
   */
  public record Edit(Configuration configuration, String sentence) {}

  /**
   * Makes the resource prefer a node with score INFINITY; without a node, bans it from where it
   * runs. Takes the place of an earlier move, and of a ban on that node.
   *
   * @throws OperatorException also when it runs there already ({@link ExitCode#EXISTS}) or, without
   *     a node, does not run on exactly one ({@link ExitCode#USAGE})
   */
  public static Edit move(Cib cib, String resource, @Nullable String node, Wish wish) {
    if (node == null) {
      return ban(cib, resource, null, wish);
    }
    Configuration configuration = cib.configuration();
    Known.running(configuration, resource);
    String name = Known.node(configuration, node).uname();
    boolean roleless = wish.role() == null;
    if (roleless && Activity.nodes(cib, resource).equals(List.of(name))) {
      throw new OperatorException(ExitCode.EXISTS, resource + " runs on " + name + " already");
    }
    Location prefer = wish.location(PREFER + resource, resource, name, "INFINITY");
    List<Constraint> constraints = new ArrayList<>(configuration.constraints());
    constraints.removeIf(
        each -> each.id().equals(prefer.id()) || each.id().equals(banId(resource, name)));
    constraints.add(prefer);
    return new Edit(
        configuration.withConstraints(constraints),
        resource + " now prefers " + name + " to every other node, " + wish.until());
  }

  /**
   * Forbids the resource to run on a node, with score -INFINITY; without a node, where it runs.
   *
   * @throws OperatorException also when, without a node, it does not run on exactly one ({@link
   *     ExitCode#USAGE})
   */
  public static Edit ban(Cib cib, String resource, @Nullable String node, Wish wish) {
    Configuration configuration = cib.configuration();
    Known.running(configuration, resource);
    String name = node == null ? onlyNode(cib, resource) : Known.node(configuration, node).uname();
    Location ban = wish.location(banId(resource, name), resource, name, "-INFINITY");
    List<Constraint> constraints = new ArrayList<>(configuration.constraints());
    constraints.removeIf(each -> each.id().equals(ban.id()) || prefers(each, resource, name));
    constraints.add(ban);
    return new Edit(
        configuration.withConstraints(constraints),
        resource + " may no longer run on " + name + ", " + wish.until());
  }

  /**
   * Takes back what {@link #move} and {@link #ban} did.
   *
   * @param node only what names this node, null for all
   */
  public static Edit clear(Configuration configuration, String resource, @Nullable String node) {
    Known.running(configuration, resource);
    String name = node == null ? null : Known.node(configuration, node).uname();
    List<Constraint> left = new ArrayList<>();
    List<String> cleared = new ArrayList<>();
    for (Constraint each : configuration.constraints()) {
      if (isOfOperators(each, resource, name)) {
        cleared.add(each.id());
      } else {
        left.add(each);
      }
    }
    return cleared.isEmpty()
        ? new Edit(configuration, "there was nothing to clear for " + resource)
        : new Edit(configuration.withConstraints(left), "cleared " + String.join(", ", cleared));
  }

  /** A node in standby runs no resources. */
  public static Edit standby(Configuration configuration, String node, boolean on) {
    NodeEntry entry = Known.node(configuration, node);
    return nodeSwitch(
        configuration,
        entry,
        STANDBY,
        on,
        on ? " is in standby and runs no resources" : " is no longer in standby");
  }

  /**
   * In maintenance resources are left as they are.
   *
   * @param node the node, null for the whole cluster
   */
  public static Edit maintenance(Configuration configuration, @Nullable String node, boolean on) {
    if (node != null) {
      NodeEntry entry = Known.node(configuration, node);
      return nodeSwitch(
          configuration,
          entry,
          MAINTENANCE,
          on,
          on ? " is in maintenance, its resources are left alone" : " is no longer in maintenance");
    }
    boolean now = ClusterProperties.of(configuration).isTrue(MAINTENANCE_MODE);
    String sentence =
        on
            ? "the cluster is in maintenance, all resources are left alone"
            : "the cluster is no longer in maintenance";
    if (now == on) {
      return new Edit(configuration, sentence + " (it was so before)");
    }
    return new Edit(
        on
            ? configuration.withProperty(MAINTENANCE_MODE, "true")
            : configuration.withoutProperty(MAINTENANCE_MODE),
        sentence);
  }

  private static Edit nodeSwitch(
      Configuration configuration, NodeEntry node, String attribute, boolean on, String sentence) {
    if (Booleans.isTrue(node.attribute(attribute)) == on) {
      return new Edit(configuration, node.uname() + sentence + " (it was so before)");
    }
    NodeEntry changed = on ? node.withAttribute(attribute, "on") : node.withoutAttribute(attribute);
    return new Edit(configuration.withNode(changed), node.uname() + sentence);
  }

  private static boolean prefers(Constraint constraint, String resource, String node) {
    return constraint instanceof Location location
        && location.id().equals(PREFER + resource)
        && node.equals(Wish.node(location));
  }

  /** Whether a move or a ban made it. */
  static boolean isOfOperators(Location location) {
    return isMove(location) || location.id().startsWith(BAN);
  }

  static boolean isMove(Location location) {
    return location.id().startsWith(PREFER);
  }

  private static boolean isOfOperators(
      Constraint constraint, String resource, @Nullable String node) {
    if (!(constraint instanceof Location location)
        || !resource.equals(location.attributes().get("rsc"))) {
      return false;
    }
    boolean ours =
        location.id().equals(PREFER + resource)
            || location.id().startsWith(BAN + resource + "-on-");
    return ours && (node == null || node.equals(Wish.node(location)));
  }

  private static String banId(String resource, String node) {
    return Ids.of(BAN + resource + "-on-" + node);
  }

  private static String onlyNode(Cib cib, String resource) {
    List<String> nodes = Activity.nodes(cib, resource);
    if (nodes.size() != 1) {
      String where = nodes.isEmpty() ? "nowhere" : "on " + String.join(", ", nodes);
      throw new OperatorException(
          ExitCode.USAGE, resource + " runs " + where + ", so the node has to be named");
    }
    return nodes.getFirst();
  }
}
