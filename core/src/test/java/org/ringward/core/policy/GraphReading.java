package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Element;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;

/** Reads the XML form of a transition graph. */
final class GraphReading {
  private GraphReading() {}

  static TransitionGraph read(String name, String xml) {
    Element root = CibXml.readElement(name, xml);
    List<TransitionGraph.Synapse> synapses = new ArrayList<>();
    for (Element synapse : root.children()) {
      GraphAction action = null;
      List<Integer> inputs = new ArrayList<>();
      for (Element part : synapse.children()) {
        for (Element each : part.children()) {
          if (part.name().equals("action_set")) {
            action = action(each);
          } else {
            inputs.add(Integer.parseInt(each.children().getFirst().attributes().get("id", "")));
          }
        }
      }
      if (action != null) {
        int id = Integer.parseInt(synapse.attributes().get("id", "0"));
        int priority = Integer.parseInt(synapse.attributes().get("priority", "0"));
        synapses.add(new TransitionGraph.Synapse(id, priority, action, inputs));
      }
    }
    return new TransitionGraph(root.attributes(), synapses);
  }

  private static GraphAction action(Element element) {
    Attributes attributes = element.attributes();
    GraphAction.PrimitiveRef primitive = null;
    Attributes meta = Attributes.NONE;
    List<String> downed = new ArrayList<>();
    for (Element child : element.children()) {
      switch (child.name()) {
        case "primitive" -> primitive = primitive(child.attributes());
        case "attributes" -> meta = child.attributes();
        case "downed" ->
            child.children().forEach(node -> downed.add(node.attributes().get("id", "")));
        default -> {}
      }
    }
    GraphAction.Kind kind =
        switch (element.name()) {
          case "rsc_op" -> GraphAction.Kind.RSC_OP;
          case "pseudo_event" -> GraphAction.Kind.PSEUDO_EVENT;
          default -> GraphAction.Kind.CRM_EVENT;
        };
    return action(attributes, kind, primitive, meta, downed);
  }

  private static GraphAction action(
      Attributes attributes,
      GraphAction.Kind kind,
      GraphAction.@Nullable PrimitiveRef primitive,
      Attributes meta,
      List<String> downed) {
    return new GraphAction(
        Integer.parseInt(attributes.get("id", "0")),
        kind,
        attributes.get("operation", ""),
        attributes.get("operation_key", ""),
        attributes.get("internal_operation_key"),
        attributes.get("on_node"),
        attributes.get("on_node_uuid"),
        primitive,
        meta,
        downed);
  }

  private static GraphAction.PrimitiveRef primitive(Attributes attributes) {
    return new GraphAction.PrimitiveRef(
        attributes.get("id", ""),
        attributes.get("long-id"),
        attributes.get("class", ""),
        attributes.get("provider"),
        attributes.get("type", ""));
  }
}
