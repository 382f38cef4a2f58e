package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.Nearest;

/**
 * Finds what an operator named. What does not exist is refused with {@link
 * ExitCode#NO_SUCH_OBJECT}, naming the closest one that does, or all there are.
 */
public final class Known {
  private static final int LISTED_MAX = 12;

  private Known() {}

  /** The resource with that id, wherever it is. */
  public static Resource resource(Configuration configuration, String id) {
    Resource found = configuration.resource(id);
    if (found == null) {
      throw unknown("resource", id, resources(configuration));
    }
    return found;
  }

  /** The resource with that id, which must be something that runs. */
  public static Resource running(Configuration configuration, String id) {
    Resource found = resource(configuration, id);
    if (found instanceof Template || found instanceof OtherResource) {
      throw new OperatorException(
          ExitCode.CONFIGURATION, Names.describe(found) + " is nothing that runs");
    }
    return found;
  }

  /** The primitive with that id, or the body of a template. */
  public static Primitive primitive(Configuration configuration, String id) {
    return switch (resource(configuration, id)) {
      case Primitive it -> it;
      case Template it -> it.body();
      case Resource it -> {
        List<String> inside = it.primitives().stream().map(Primitive::id).toList();
        throw new OperatorException(
            ExitCode.USAGE,
            Names.describe(it)
                + " has no agent of its own; name what is in it: "
                + String.join(", ", inside));
      }
    };
  }

  /** The node with that id or name. */
  public static NodeEntry node(Configuration configuration, String name) {
    NodeEntry node = configuration.node(name);
    if (node == null) {
      throw unknown("node", name, configuration.nodes().stream().map(NodeEntry::uname).toList());
    }
    return node;
  }

  /** Every id that a resource has, those in others too. */
  public static List<String> resources(Configuration configuration) {
    List<String> ids = new ArrayList<>();
    collect(configuration.resources(), ids);
    return ids;
  }

  private static void collect(List<? extends Resource> resources, List<String> ids) {
    for (Resource each : resources) {
      ids.add(each.id());
      collect(each.inner(), ids);
    }
  }

  /** Every id in the configuration, for making one that nothing has. */
  static IdFactory ids(Configuration configuration) {
    IdFactory ids = new IdFactory();
    take(CibWriter.element(configuration), ids);
    return ids;
  }

  private static void take(Element element, IdFactory ids) {
    String id = element.attributes().get("id");
    if (id != null) {
      ids.take(id);
    }
    element.children().forEach(child -> take(child, ids));
  }

  /** The refusal of a name that nothing has. */
  public static OperatorException unknown(String kind, String name, List<String> known) {
    String nearest = Nearest.of(name, known);
    TreeSet<String> all = new TreeSet<>(known);
    String hint =
        nearest != null
            ? "; did you mean " + nearest + "?"
            : all.isEmpty()
                ? "; there is none at all"
                : all.size() > LISTED_MAX
                    ? "; there are " + all.size() + " others ('ringward status' lists them)"
                    : "; there are " + String.join(", ", all);
    return new OperatorException(
        ExitCode.NO_SUCH_OBJECT, "there is no " + kind + " " + name + hint);
  }
}
