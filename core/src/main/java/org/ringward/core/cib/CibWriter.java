package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The typed records to a tree of elements; the reverse of {@link CibReader}. */
final class CibWriter {
  /** Sections without a record of their own, in the order in which they are written. */
  private static final List<String> SECTIONS =
      List.of(
          CibReader.TEXT,
          "configuration",
          "crm_config",
          "nodes",
          "resources",
          "constraints",
          "fencing-topology",
          "rsc_defaults",
          "op_defaults",
          "status",
          "operations",
          "transient_attributes",
          "lrm",
          "lrm_resources");

  private CibWriter() {}

  /** Where something of that name comes among the others of an element. */
  static int rank(String name) {
    int index = SECTIONS.indexOf(name);
    return index < 0 ? SECTIONS.size() : index;
  }

  static Element element(Cib cib) {
    List<Element> children = new ArrayList<>();
    children.add(element(cib.configuration()));
    children.add(element(cib.status()));
    return new Parts(cib.others()).around("cib", cib.attributes(), children);
  }

  static Element element(Configuration configuration) {
    Parts parts = new Parts(configuration.others());
    List<Element> children = new ArrayList<>();
    children.addAll(
        parts.section("crm_config", all(configuration.properties(), CibWriter::element), true));
    children.addAll(parts.section("nodes", all(configuration.nodes(), CibWriter::element), true));
    children.addAll(
        parts.section("resources", all(configuration.resources(), CibWriter::element), true));
    children.addAll(
        parts.section("constraints", all(configuration.constraints(), CibWriter::element), true));
    children.addAll(
        parts.section(
            "fencing-topology", all(configuration.topology(), CibWriter::element), false));
    children.addAll(
        parts.section(
            "rsc_defaults", all(configuration.resourceDefaults(), CibWriter::element), false));
    children.addAll(
        parts.section(
            "op_defaults", all(configuration.operationDefaults(), CibWriter::element), false));
    return parts.around("configuration", parts.attributesOf("configuration"), children);
  }

  static Element element(Status status) {
    Parts parts = new Parts(status.others());
    List<Element> children = all(status.nodes(), CibWriter::element);
    return parts.around("status", parts.attributesOf("status"), children);
  }

  static Element element(NodeState state) {
    Parts parts = new Parts(state.others());
    Attributes id = Attributes.of("id", state.id());
    List<Element> children = new ArrayList<>();
    children.addAll(
        parts.section(
            "transient_attributes", all(state.transientAttributes(), CibWriter::element), id));
    children.addAll(lrm(parts, state, id));
    return parts.around("node_state", state.attributes(), children);
  }

  private static List<Element> lrm(Parts outer, NodeState state, Attributes id) {
    List<Element> histories = all(state.histories(), CibWriter::element);
    List<Element> kept = outer.take("lrm");
    if (kept.isEmpty() && histories.isEmpty()) {
      return List.of();
    }
    Element shell = kept.isEmpty() ? Element.of("lrm", id, List.of()) : kept.getFirst();
    Parts parts = new Parts(shell.children());
    List<Element> result = new ArrayList<>();
    result.add(
        parts.around("lrm", shell.attributes(), parts.section("lrm_resources", histories, true)));
    kept.stream().skip(1).map(CibWriter::plain).forEach(result::add);
    return result;
  }

  static Element element(ResourceHistory history) {
    return new Parts(history.others())
        .around(
            "lrm_resource", history.attributes(), all(history.operations(), CibWriter::element));
  }

  static Element element(OperationRecord operation) {
    return Element.of("lrm_rsc_op", operation.attributes(), List.of());
  }

  static Element element(NodeEntry node) {
    return new Parts(node.others())
        .around("node", node.attributes(), all(node.sets(), CibWriter::element));
  }

  static Element element(Resource resource) {
    return switch (resource) {
      case Primitive primitive -> element("primitive", primitive);
      case Template template -> element("template", template.body());
      case Clone clone -> {
        List<Element> children = all(clone.sets(), CibWriter::element);
        children.addAll(all(clone.inner(), CibWriter::element));
        yield new Parts(clone.others()).around("clone", clone.attributes(), children);
      }
      case Bundle bundle -> {
        Element shell =
            new Parts(bundle.others())
                .around("bundle", bundle.attributes(), all(bundle.sets(), CibWriter::element));
        List<Element> children = new ArrayList<>(shell.children());
        children.addAll(all(bundle.inner(), CibWriter::element));
        yield new Element("bundle", shell.attributes(), children, shell.text(), 0);
      }
      case Group group -> {
        List<Element> children = all(group.sets(), CibWriter::element);
        children.addAll(all(group.members(), CibWriter::element));
        yield new Parts(group.others()).around("group", group.attributes(), children);
      }
      case OtherResource other -> other.element();
    };
  }

  private static Element element(String name, Primitive primitive) {
    Parts parts = new Parts(primitive.others());
    List<Element> children = all(primitive.sets(), CibWriter::element);
    children.addAll(
        parts.section("operations", all(primitive.operations(), CibWriter::element), false));
    return parts.around(name, primitive.attributes(), children);
  }

  static Element element(Operation operation) {
    return new Parts(operation.others())
        .around("op", operation.attributes(), all(operation.sets(), CibWriter::element));
  }

  static Element element(Constraint constraint) {
    return switch (constraint) {
      case Location it -> new Parts(it.others()).around("rsc_location", it.attributes());
      case Colocation it -> new Parts(it.others()).around("rsc_colocation", it.attributes());
      case Order it -> new Parts(it.others()).around("rsc_order", it.attributes());
      case TicketConstraint it -> new Parts(it.others()).around("rsc_ticket", it.attributes());
      case OtherConstraint other -> other.element();
    };
  }

  static Element element(FencingLevel level) {
    return new Parts(level.others()).around("fencing-level", level.attributes());
  }

  static Element element(AttributeSet set) {
    return new Parts(set.others())
        .around(
            set.element(),
            set.attributes(),
            all(set.pairs(), pair -> Element.of("nvpair", pair.attributes(), List.of())));
  }

  private static <T> List<Element> all(List<T> records, Function<T, Element> writer) {
    List<Element> elements = new ArrayList<>();
    for (T each : records) {
      elements.add(writer.apply(each));
    }
    return elements;
  }

  /** A kept section on its own. */
  static Element plain(Element section) {
    return new Parts(section.children()).around(section.name(), section.attributes());
  }

  /** The others of one element while it is put together: what was taken is not written again. */
  private static final class Parts {
    private final List<Element> left;

    Parts(List<Element> others) {
      left = new ArrayList<>(others);
    }

    List<Element> take(String name) {
      List<Element> taken = left.stream().filter(each -> each.name().equals(name)).toList();
      left.removeAll(taken);
      return taken;
    }

    Attributes attributesOf(String name) {
      List<Element> kept = take(name);
      return kept.isEmpty() ? Attributes.NONE : kept.getFirst().attributes();
    }

    List<Element> section(String name, List<Element> items, boolean always) {
      return section(name, items, Attributes.NONE, always);
    }

    List<Element> section(String name, List<Element> items, Attributes ifNew) {
      return section(name, items, ifNew, false);
    }

    /** The section with the items and what was kept of it; a second one of that name follows. */
    private List<Element> section(
        String name, List<Element> items, Attributes ifNew, boolean always) {
      List<Element> kept = take(name);
      if (kept.isEmpty()) {
        return items.isEmpty() && !always ? List.of() : List.of(Element.of(name, ifNew, items));
      }
      List<Element> sections = new ArrayList<>();
      Element first = kept.getFirst();
      sections.add(new Parts(first.children()).around(name, first.attributes(), items));
      kept.stream().skip(1).map(CibWriter::plain).forEach(sections::add);
      return sections;
    }

    Element around(String name, Attributes attributes) {
      return around(name, attributes, List.of());
    }

    /** The element with the given children, then what was not taken. */
    Element around(String name, Attributes attributes, List<Element> children) {
      List<Element> text = take(CibReader.TEXT);
      List<Element> all = new ArrayList<>(children);
      all.addAll(left);
      return new Element(name, attributes, all, text.isEmpty() ? "" : text.getFirst().text(), 0);
    }
  }
}
