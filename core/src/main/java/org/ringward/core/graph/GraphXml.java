package org.ringward.core.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The XML form of a transition graph, as Pacemaker's tools write it. */
public final class GraphXml {
  private GraphXml() {}

  /** The whole document, indented by two spaces a level, lines ended by a line feed. */
  public static String write(TransitionGraph graph) {
    StringBuilder out = new StringBuilder(1024 + graph.synapses().size() * 512);
    Map<Integer, GraphAction> actions = new LinkedHashMap<>();
    for (TransitionGraph.Synapse synapse : graph.synapses()) {
      actions.put(synapse.action().id(), synapse.action());
    }
    out.append("<transition_graph");
    graph.attributes().map().forEach((name, value) -> attribute(out, name, value));
    if (graph.synapses().isEmpty()) {
      return out.append("/>\n").toString();
    }
    out.append(">\n");
    for (TransitionGraph.Synapse synapse : graph.synapses()) {
      synapse(out, synapse, actions);
    }
    return out.append("</transition_graph>\n").toString();
  }

  private static void synapse(
      StringBuilder out, TransitionGraph.Synapse synapse, Map<Integer, GraphAction> actions) {
    out.append("  <synapse id=\"").append(synapse.id()).append('"');
    if (synapse.priority() > 0) {
      out.append(" priority=\"").append(synapse.priority()).append('"');
    }
    out.append(">\n    <action_set>\n");
    action(out, synapse.action());
    out.append("    </action_set>\n");
    if (synapse.inputs().isEmpty()) {
      out.append("    <inputs/>\n");
    } else {
      out.append("    <inputs>\n");
      for (Integer input : synapse.inputs()) {
        GraphAction action = actions.get(input);
        if (action != null) {
          out.append("      <trigger>\n        ");
          head(out, action);
          out.append("/>\n      </trigger>\n");
        }
      }
      out.append("    </inputs>\n");
    }
    out.append("  </synapse>\n");
  }

  private static void action(StringBuilder out, GraphAction action) {
    out.append("      ");
    head(out, action);
    out.append(">\n");
    GraphAction.PrimitiveRef primitive = action.primitive();
    if (primitive != null) {
      out.append("        <primitive");
      attribute(out, "id", primitive.id());
      attribute(out, "long-id", primitive.longId());
      attribute(out, "class", primitive.agentClass());
      attribute(out, "provider", primitive.provider());
      attribute(out, "type", primitive.type());
      out.append("/>\n");
    }
    out.append("        <attributes");
    action
        .attributes()
        .map()
        .forEach((name, value) -> {
          // XML has no form for parameters of old agents that are called by a number.
          if (!name.isEmpty() && !Character.isDigit(name.charAt(0))) {
            attribute(out, name, value);
          }
        });
    out.append("/>\n");
    if (!action.downed().isEmpty()) {
      out.append("        <downed>\n");
      for (String node : action.downed()) {
        out.append("          <node");
        attribute(out, "id", node);
        out.append("/>\n");
      }
      out.append("        </downed>\n");
    }
    out.append("      </").append(element(action)).append(">\n");
  }

  private static void head(StringBuilder out, GraphAction action) {
    out.append('<').append(element(action));
    attribute(out, "id", Integer.toString(action.id()));
    attribute(out, "operation", action.operation());
    attribute(out, "operation_key", action.operationKey());
    attribute(out, "internal_operation_key", action.internalOperationKey());
    attribute(out, "on_node", action.onNode());
    attribute(out, "on_node_uuid", action.onNodeId());
    action.more().map().forEach((name, value) -> attribute(out, name, value));
  }

  private static String element(GraphAction action) {
    return switch (action.kind()) {
      case RSC_OP -> "rsc_op";
      case PSEUDO_EVENT -> "pseudo_event";
      case CRM_EVENT -> "crm_event";
    };
  }

  private static void attribute(StringBuilder out, String name, @Nullable String value) {
    if (value != null) {
      out.append(' ').append(name).append("=\"");
      escape(out, value);
      out.append('"');
    }
  }

  /** Appends text so that it can stand in an attribute value between double quotes. */
  static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\n' -> out.append("&#10;");
        case '\t' -> out.append("&#9;");
        case '\r' -> out.append("&#13;");
        default -> out.append(c);
      }
    }
  }
}
