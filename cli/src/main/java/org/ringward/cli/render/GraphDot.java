package org.ringward.cli.render;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.graph.TransitionGraph.Synapse;

/** A transition graph in the language of Graphviz; an arrow leads to what must wait. */
public final class GraphDot {
  private GraphDot() {}

  /** The whole file. Pseudo actions, which only order others, are dotted. */
  public static String write(TransitionGraph graph) {
    StringBuilder out = new StringBuilder("digraph \"transition\" {\n");
    Map<Integer, String> names = new LinkedHashMap<>();
    for (Synapse synapse : graph.synapses()) {
      String name = name(synapse.action());
      names.put(synapse.action().id(), name);
      boolean pseudo = synapse.action().kind() == GraphAction.Kind.PSEUDO_EVENT;
      out.append("  ").append(name).append(pseudo ? " [style=dotted];\n" : " [style=bold];\n");
    }
    for (Synapse synapse : graph.synapses()) {
      for (Integer input : synapse.inputs()) {
        String from = names.get(input);
        if (from != null) {
          out.append("  ").append(from).append(" -> ").append(name(synapse.action()));
          out.append(";\n");
        }
      }
    }
    return out.append("}\n").toString();
  }

  private static String name(GraphAction action) {
    String text =
        action.onNode() == null
            ? action.operationKey()
            : action.operationKey() + " " + action.onNode();
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
