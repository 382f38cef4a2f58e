package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * A tree of elements to the typed records. What the records have no place for is kept in their
 * {@code others} and noted: unknown children as they are; the attributes and unknown children of a
 * section that has no record of its own (such as {@code operations} or {@code lrm}) as an element
 * with the name of the section; character data as an element named {@link #TEXT}.
 */
final class CibReader {
  /** Name of the stand-in for character data inside an element that should have none. */
  static final String TEXT = "#text";

  private static final List<String> SETS =
      List.of("meta_attributes", "instance_attributes", "utilization");

  private final SourceMap sources;
  private final List<Finding> notes = new ArrayList<>();

  CibReader(SourceMap sources) {
    this.sources = sources;
  }

  List<Finding> notes() {
    return List.copyOf(notes);
  }

  void note(int line, String key, String sentence) {
    notes.add(new Finding(Finding.Severity.NOTE, sources.file(), line, key, sentence));
  }

  OperatorException refused(int line, String sentence) {
    return new OperatorException(
        ExitCode.DATA_ERROR, sources.file() + ":" + line + ": " + sentence);
  }

  Cib cib(Element root) {
    if (!root.name().equals("cib")) {
      throw refused(root.line(), "the root is <" + root.name() + ">, expected <cib>");
    }
    Element element = SchemaUpgrade.cib(root, this);
    List<Configuration> configurations = new ArrayList<>();
    List<Status> statuses = new ArrayList<>();
    Scan scan = new Scan(element);
    for (Element child : element.children()) {
      switch (child.name()) {
        case "configuration" -> configurations.add(upgraded(child));
        case "status" -> statuses.add(status(child));
        default -> scan.unknown(child);
      }
    }
    if (configurations.size() > 1 || statuses.size() > 1) {
      throw refused(element.line(), "<cib> may have one <configuration> and one <status> only");
    }
    if (configurations.isEmpty()) {
      note(element.line(), "cib", "<cib> has no <configuration>; it is taken as empty");
    }
    return new Cib(
        element.attributes(),
        configurations.isEmpty() ? Configuration.EMPTY : configurations.getFirst(),
        statuses.isEmpty() ? Status.EMPTY : statuses.getFirst(),
        scan.others());
  }

  Configuration configuration(Element element) {
    return upgraded(SchemaUpgrade.configuration(element, this));
  }

  private Configuration upgraded(Element element) {
    Scan scan = new Scan(element);
    List<AttributeSet> properties = new ArrayList<>();
    List<NodeEntry> nodes = new ArrayList<>();
    List<Resource> resources = new ArrayList<>();
    List<Constraint> constraints = new ArrayList<>();
    List<FencingLevel> topology = new ArrayList<>();
    List<AttributeSet> resourceDefaults = new ArrayList<>();
    List<AttributeSet> operationDefaults = new ArrayList<>();
    for (Element child : element.children()) {
      switch (child.name()) {
        case "crm_config" ->
            section(scan, child, "cluster_property_set", each -> properties.add(set(each)));
        case "nodes" -> section(scan, child, "node", each -> nodes.add(node(each)));
        case "resources" -> section(scan, child, "", each -> resources.add(resource(each)));
        case "constraints" -> section(scan, child, "", each -> constraints.add(constraint(each)));
        case "fencing-topology" ->
            section(scan, child, "fencing-level", each -> topology.add(level(each)));
        case "rsc_defaults" ->
            section(scan, child, "meta_attributes", each -> resourceDefaults.add(set(each)));
        case "op_defaults" ->
            section(scan, child, "meta_attributes", each -> operationDefaults.add(set(each)));
        case "tags", "acls", "alerts" -> scan.keep(child);
        default -> scan.unknown(child);
      }
    }
    scan.keepAttributes("configuration");
    return new Configuration(
        properties,
        nodes,
        resources,
        constraints,
        topology,
        resourceDefaults,
        operationDefaults,
        scan.others());
  }

  Status status(Element element) {
    Scan scan = new Scan(element);
    List<NodeState> nodes = new ArrayList<>();
    for (Element child : element.children()) {
      switch (child.name()) {
        case "node_state" -> nodes.add(nodeState(child));
        case "tickets", "fencing-history" -> scan.keep(child);
        default -> scan.unknown(child);
      }
    }
    scan.keepAttributes("status");
    return new Status(nodes, scan.others());
  }

  NodeState nodeState(Element element) {
    Scan scan = new Scan(element);
    List<AttributeSet> transients = new ArrayList<>();
    List<ResourceHistory> histories = new ArrayList<>();
    for (Element child : element.children()) {
      switch (child.name()) {
        case "transient_attributes" -> transients(scan, child, transients);
        case "lrm" -> lrm(scan, child, histories);
        default -> scan.unknown(child);
      }
    }
    return new NodeState(element.attributes(), transients, histories, scan.others());
  }

  private void transients(Scan outer, Element section, List<AttributeSet> transients) {
    Scan scan = new Scan(section);
    int before = transients.size();
    for (Element child : section.children()) {
      if (SETS.contains(child.name())) {
        transients.add(set(child));
      } else {
        scan.unknown(child);
      }
    }
    sectionOfNode(outer, section, scan, transients.size() > before);
  }

  private void lrm(Scan outer, Element lrm, List<ResourceHistory> histories) {
    Scan scan = new Scan(lrm);
    int before = histories.size();
    for (Element child : lrm.children()) {
      if (child.name().equals("lrm_resources")) {
        section(scan, child, "lrm_resource", each -> histories.add(history(each)));
      } else {
        scan.unknown(child);
      }
    }
    sectionOfNode(outer, lrm, scan, histories.size() > before);
  }

  private ResourceHistory history(Element element) {
    Scan scan = new Scan(element);
    List<OperationRecord> operations = new ArrayList<>();
    for (Element child : element.children()) {
      if (child.name().equals("lrm_rsc_op") && isLeaf(child)) {
        operations.add(new OperationRecord(known(child)));
      } else {
        scan.unknown(child);
      }
    }
    return new ResourceHistory(element.attributes(), operations, scan.others());
  }

  private NodeEntry node(Element element) {
    Scan scan = new Scan(element);
    List<AttributeSet> sets = new ArrayList<>();
    for (Element child : element.children()) {
      if (SETS.contains(child.name())) {
        sets.add(set(child));
      } else {
        scan.unknown(child);
      }
    }
    return new NodeEntry(known(element), sets, scan.others());
  }

  private Resource resource(Element element) {
    return switch (element.name()) {
      case "primitive" -> primitive(element);
      case "group" -> group(element);
      case "clone" -> cloned(element);
      case "bundle" -> bundle(element);
      case "template" -> new Template(primitive(element));
      default -> {
        noteUnknown("resources", element);
        yield new OtherResource(element);
      }
    };
  }

  private Clone cloned(Element element) {
    Scan scan = new Scan(element);
    List<AttributeSet> sets = new ArrayList<>();
    Resource child = null;
    for (Element each : element.children()) {
      if (child == null && (each.name().equals("primitive") || each.name().equals("group"))) {
        child = resource(each);
      } else if (SETS.contains(each.name())) {
        sets.add(set(each));
      } else {
        scan.unknown(each);
      }
    }
    return new Clone(known(element), sets, child, scan.others());
  }

  private Bundle bundle(Element element) {
    Scan scan = new Scan(element);
    List<AttributeSet> sets = new ArrayList<>();
    Primitive child = null;
    for (Element each : element.children()) {
      if (child == null && each.name().equals("primitive")) {
        child = primitive(each);
      } else if (SETS.contains(each.name())) {
        sets.add(set(each));
      } else if (Bundle.TECHNOLOGIES.contains(each.name())
          || each.name().equals("network")
          || each.name().equals("storage")) {
        scan.keep(each);
      } else {
        scan.unknown(each);
      }
    }
    return new Bundle(known(element), sets, child, scan.others());
  }

  private Group group(Element element) {
    Scan scan = new Scan(element);
    List<AttributeSet> sets = new ArrayList<>();
    List<Primitive> members = new ArrayList<>();
    for (Element child : element.children()) {
      if (child.name().equals("primitive")) {
        members.add(primitive(child));
      } else if (SETS.contains(child.name())) {
        sets.add(set(child));
      } else {
        scan.unknown(child);
      }
    }
    return new Group(known(element), sets, members, scan.others());
  }

  private Primitive primitive(Element element) {
    Scan scan = new Scan(element);
    List<AttributeSet> sets = new ArrayList<>();
    List<Operation> operations = new ArrayList<>();
    for (Element child : element.children()) {
      if (child.name().equals("operations")) {
        section(scan, child, "op", each -> operations.add(operation(each)));
      } else if (SETS.contains(child.name())) {
        sets.add(set(child));
      } else {
        scan.unknown(child);
      }
    }
    return new Primitive(known(element), sets, operations, scan.others());
  }

  private Operation operation(Element element) {
    Scan scan = new Scan(element);
    List<AttributeSet> sets = new ArrayList<>();
    for (Element child : element.children()) {
      if (SETS.contains(child.name())) {
        sets.add(set(child));
      } else {
        scan.unknown(child);
      }
    }
    return new Operation(known(element), sets, scan.others());
  }

  private Constraint constraint(Element element) {
    return switch (element.name()) {
      case "rsc_location" -> new Location(known(element), kept(element, "rule", "resource_set"));
      case "rsc_colocation" -> new Colocation(known(element), kept(element, "resource_set"));
      case "rsc_order" -> new Order(known(element), kept(element, "resource_set"));
      case "rsc_ticket" -> new TicketConstraint(known(element), kept(element, "resource_set"));
      default -> {
        noteUnknown("constraints", element);
        yield new OtherConstraint(element);
      }
    };
  }

  private FencingLevel level(Element element) {
    return new FencingLevel(known(element), kept(element));
  }

  AttributeSet set(Element element) {
    Scan scan = new Scan(element);
    List<Nvpair> pairs = new ArrayList<>();
    for (Element child : element.children()) {
      if (child.name().equals("nvpair") && isLeaf(child)) {
        pairs.add(new Nvpair(known(child)));
      } else if (child.name().equals("rule")) {
        scan.keep(child);
      } else {
        scan.unknown(child);
      }
    }
    return new AttributeSet(element.name(), known(element), pairs, scan.others());
  }

  /** The children, all kept; those not named here are noted. */
  private List<Element> kept(Element element, String... expected) {
    Scan scan = new Scan(element);
    for (Element child : element.children()) {
      if (List.of(expected).contains(child.name())) {
        scan.keep(child);
      } else {
        scan.unknown(child);
      }
    }
    return scan.others();
  }

  /**
   * Reads a section without a record of its own: every child named {@code item} (any, when empty)
   * goes to the consumer, the rest is kept in the outer element's others.
   */
  private void section(Scan outer, Element section, String item, Consumer<Element> typed) {
    Scan scan = new Scan(section);
    for (Element child : section.children()) {
      if (item.isEmpty() || child.name().equals(item)) {
        typed.accept(child);
      } else {
        scan.unknown(child);
      }
    }
    known(section);
    outer.keepSection(section, scan);
  }

  /**
   * As {@link #section} for the sections of a node state, which carry the id of the node. An empty
   * one is kept as well: that a node has an empty history is other than that it has none.
   */
  private void sectionOfNode(Scan outer, Element section, Scan rest, boolean items) {
    boolean plain =
        items
            && rest.others.isEmpty()
            && section
                .attributes()
                .equals(Attributes.of("id", outer.element.attributes().get("id", "")));
    if (!plain) {
      outer.keep(
          new Element(section.name(), section.attributes(), rest.others(), "", section.line()));
    }
  }

  private static boolean isLeaf(Element element) {
    return element.children().isEmpty() && element.text().isEmpty();
  }

  /** The attributes; notes those that the schema does not know. */
  private Attributes known(Element element) {
    sources.put(element.attributes(), element.line());
    List<String> names = Vocabulary.attributesOf(element.name());
    if (names != null) {
      for (String name : element.attributes().map().keySet()) {
        if (!names.contains(name)) {
          note(
              element.line(),
              Names.of(element),
              Names.of(element)
                  + " has an attribute \""
                  + name
                  + "\" that is not known; it is kept and has no effect");
        }
      }
    }
    return element.attributes();
  }

  private void noteUnknown(String parent, Element child) {
    sources.put(child.attributes(), child.line());
    note(
        child.line(),
        Names.of(child),
        "<" + child.name() + "> is not known in <" + parent + ">; it is kept and has no effect");
  }

  /** Collects what goes to the others of one element. */
  private final class Scan {
    private final Element element;
    private final List<Element> others = new ArrayList<>();

    Scan(Element element) {
      this.element = element;
      sources.put(element.attributes(), element.line());
      if (!element.text().isEmpty()) {
        note(
            element.line(),
            Names.of(element),
            "<" + element.name() + "> has character data; it is kept and has no effect");
        others.add(text(element));
      }
    }

    void keep(Element child) {
      place(child);
      others.add(child);
    }

    private void place(Element child) {
      sources.put(child.attributes(), child.line());
      child.children().forEach(this::place);
    }

    void unknown(Element child) {
      noteUnknown(element.name(), child);
      others.add(child);
    }

    /** Keeps attributes of an element whose record has no place for them. */
    void keepAttributes(String section) {
      known(element);
      if (!element.attributes().map().isEmpty()) {
        others.add(new Element(section, element.attributes(), List.of(), "", element.line()));
      }
    }

    /** Keeps what is left of a section, nothing when nothing is left. */
    void keepSection(Element section, Scan rest) {
      if (!section.attributes().map().isEmpty() || !rest.others.isEmpty()) {
        others.add(
            new Element(section.name(), section.attributes(), rest.others(), "", section.line()));
      }
    }

    /** In the order in which they are written, so that reading again gives the same. */
    List<Element> others() {
      return others.stream()
          .sorted(Comparator.comparingInt(each -> CibWriter.rank(each.name())))
          .toList();
    }
  }

  private static Element text(Element element) {
    return new Element(TEXT, Attributes.NONE, List.of(), element.text(), element.line());
  }
}
