package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.YamlSource.Fields;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The YAML form to records; docs/configuration.md describes the form. */
final class CibYamlReader {
  private final YamlSource yaml;
  private final SourceMap sources;
  private final CibReader xml;
  private final IdFactory ids = new IdFactory();

  CibYamlReader(String fileName) {
    yaml = new YamlSource(fileName);
    sources = new SourceMap(fileName);
    xml = new CibReader(sources);
  }

  ConfigurationReading read(String text) {
    Node document = yaml.document(text);
    if (document == null) {
      throw yaml.refuse(1, "the file is empty; allowed: " + String.join(", ", YamlForm.TOP));
    }
    Fields top = yaml.fields("the configuration", document, YamlForm.TOP);
    takeGivenIds(document);
    Configuration configuration =
        new Configuration(
            set(top, "properties", "cluster_property_set", "cib-bootstrap-options"),
            nodes(top),
            resources(top),
            constraints(top),
            topology(top),
            set(top, "resource-defaults", "meta_attributes", "rsc_defaults-meta_attributes"),
            set(top, "operation-defaults", "meta_attributes", "op_defaults-meta_attributes"),
            List.of());
    Configuration whole = withXml(configuration, top.node(YamlForm.XML));
    return new ConfigurationReading(whole, xml.notes(), sources);
  }

  /** Ids that people gave come first, wherever in the file they are. */
  private void takeGivenIds(Node node) {
    yaml.visit(node);
    switch (node) {
      case MappingNode mapping -> {
        for (NodeTuple tuple : mapping.getValue()) {
          if (tuple.getKeyNode() instanceof ScalarNode key
              && tuple.getValueNode() instanceof ScalarNode value
              && List.of("id", "primitive", "group", "clone", "bundle", "template")
                  .contains(key.getValue())) {
            ids.take(value.getValue());
          }
          takeGivenIds(tuple.getValueNode());
        }
      }
      case SequenceNode sequence -> sequence.getValue().forEach(this::takeGivenIds);
      default -> {}
    }
  }

  private List<Node> listOf(Fields fields, String key) {
    Node node = fields.node(key);
    return node == null ? List.of() : yaml.list(key, node);
  }

  /** One set of names and values under a key, none when the key is not there. */
  private List<AttributeSet> set(Fields fields, String key, String element, String id) {
    Node node = fields.node(key);
    String label = fields.label().equals("the configuration") ? key : key + " of " + fields.label();
    return node == null ? List.of() : List.of(set(label, node, element, id, Map.of()));
  }

  /**
   * @param first names and values that come from elsewhere, with their lines
   */
  private AttributeSet set(
      String label, Node node, String element, String wantedId, Map<String, Node> first) {
    Map<String, Node> values = new LinkedHashMap<>(first);
    for (Map.Entry<String, NodeTuple> each : yaml.anyFields(label, node).entries().entrySet()) {
      Node before = values.put(each.getKey(), each.getValue().getValueNode());
      if (before != null) {
        throw yaml.refuse(
            YamlSource.line(each.getValue().getKeyNode()),
            each.getKey() + " is given twice, in " + label + " and before it");
      }
    }
    return set(label, element, wantedId, values, YamlSource.line(node));
  }

  private AttributeSet set(
      String label, String element, String wantedId, Map<String, Node> values, int line) {
    String id = ids.make(wantedId);
    List<Nvpair> pairs = new ArrayList<>();
    values.forEach((name, value) ->
        pairs.add(
            new Nvpair(
                placed(
                    YamlSource.line(value),
                    Attributes.of(
                        "id",
                        ids.make(id + "-" + name),
                        "name",
                        name,
                        "value",
                        yaml.text(label + " " + name, value))))));
    return new AttributeSet(element, placed(line, Attributes.of("id", id)), pairs, List.of());
  }

  private Attributes placed(int line, Attributes attributes) {
    sources.put(attributes, line);
    return attributes;
  }

  private List<NodeEntry> nodes(Fields top) {
    Node node = top.node("nodes");
    List<NodeEntry> nodes = new ArrayList<>();
    if (node != null) {
      yaml.anyFields("nodes", node)
          .entries()
          .forEach((name, tuple) -> nodes.add(node(name, tuple.getValueNode())));
    }
    return nodes;
  }

  private NodeEntry node(String name, Node node) {
    Fields fields = yaml.fields("node " + name, node, YamlForm.NODE);
    Attributes attributes = Attributes.of("id", name, "uname", name);
    for (String key : YamlForm.NODE_ATTRIBUTES) {
      String value = fields.text(key);
      attributes = value == null ? attributes : attributes.with(key, value);
    }
    Map<String, Node> switches = new LinkedHashMap<>();
    for (String key : YamlForm.NODE_SWITCHES) {
      Node value = fields.node(key);
      if (value != null) {
        switches.put(key, value);
      }
    }
    String setId = "nodes-" + attributes.get("id", name);
    List<AttributeSet> sets = new ArrayList<>();
    Node free = fields.node("attributes");
    if (free != null) {
      sets.add(set("attributes of node " + name, free, "instance_attributes", setId, switches));
    } else if (!switches.isEmpty()) {
      sets.add(set("node " + name, "instance_attributes", setId, switches, fields.line()));
    }
    sets.addAll(set(fields, "utilization", "utilization", setId + "-utilization"));
    return new NodeEntry(placed(fields.line(), attributes), sets, List.of());
  }

  private List<Resource> resources(Fields top) {
    List<Resource> resources = new ArrayList<>();
    for (Node node : listOf(top, "resources")) {
      Fields any = yaml.anyFields("an entry of resources", node);
      if (any.has(YamlForm.XML)) {
        resources.addAll(fromXml(any, "resources").resources());
      } else {
        resources.add(resource(any, node));
      }
    }
    return resources;
  }

  private Resource resource(Fields any, Node node) {
    if (any.has("primitive")) {
      return primitive(node);
    }
    if (any.has("group")) {
      return group(node);
    }
    if (any.has("clone")) {
      return cloned(node);
    }
    if (any.has("bundle")) {
      return bundle(node);
    }
    if (any.has("template")) {
      return new Template(agent(node, "template", YamlForm.TEMPLATE));
    }
    throw noKind(any);
  }

  /** What stands under the key resource, null when there is no such key. */
  private @Nullable Resource child(Fields fields) {
    Node node = fields.node("resource");
    if (node == null) {
      return null;
    }
    Fields any = yaml.anyFields("resource of " + fields.label(), node);
    if (any.has(YamlForm.XML)) {
      List<Resource> read = fromXml(any, "resources").resources();
      return read.getFirst();
    }
    return resource(any, node);
  }

  private Clone cloned(Node node) {
    Fields fields = yaml.fields("a clone", node, YamlForm.CLONE);
    String id = fields.required("clone");
    Fields named = new Fields(yaml, "clone " + id, fields.line(), fields.entries());
    Attributes attributes = described(Attributes.of("id", id), named);
    Resource child = child(named);
    if (child != null && !(child instanceof Primitive) && !(child instanceof Group)) {
      throw yaml.refuse(
          named.line("resource"),
          "the resource of clone " + id + " must be a primitive or a group");
    }
    return new Clone(placed(named.line(), attributes), sets(named, id), child, List.of());
  }

  private Bundle bundle(Node node) {
    Fields fields = yaml.fields("a bundle", node, YamlForm.BUNDLE);
    String id = fields.required("bundle");
    Fields named = new Fields(yaml, "bundle " + id, fields.line(), fields.entries());
    Attributes attributes = described(Attributes.of("id", id), named);
    List<Element> parts = new ArrayList<>();
    for (String part : List.of("docker", "podman", "network", "storage")) {
      Node value = named.node(part);
      if (value != null) {
        parts.add(part(id, part, value));
      }
    }
    Resource child = child(named);
    if (child != null && !(child instanceof Primitive)) {
      throw yaml.refuse(
          named.line("resource"), "the resource of bundle " + id + " must be a primitive");
    }
    return new Bundle(placed(named.line(), attributes), sets(named, id), (Primitive) child, parts);
  }

  /** Keys are the attributes of the element; a list has its mappings. */
  private Element part(String bundle, String part, Node node) {
    String label = part + " of bundle " + bundle;
    List<String> mappings = YamlForm.MAPPINGS.getOrDefault(part, List.of("", ""));
    Attributes attributes = Attributes.NONE;
    List<Element> children = new ArrayList<>();
    for (Map.Entry<String, NodeTuple> each : yaml.anyFields(label, node).entries().entrySet()) {
      Node value = each.getValue().getValueNode();
      if (each.getKey().equals(mappings.getFirst())) {
        for (Node mapping : yaml.list(label, value)) {
          Attributes own = plain(label, mapping);
          String wanted = bundle + "-" + mappings.getFirst();
          Attributes whole = placed(YamlSource.line(mapping), identified(own, wanted));
          children.add(Element.of(mappings.getLast(), whole, List.of()));
        }
      } else {
        attributes = attributes.with(each.getKey(), yaml.text(label + " " + each.getKey(), value));
      }
    }
    return new Element(
        part, placed(YamlSource.line(node), attributes), children, "", YamlSource.line(node));
  }

  private Attributes plain(String label, Node node) {
    Attributes attributes = Attributes.NONE;
    for (Map.Entry<String, NodeTuple> each : yaml.anyFields(label, node).entries().entrySet()) {
      String text = yaml.text(label + " " + each.getKey(), each.getValue().getValueNode());
      attributes = attributes.with(each.getKey(), text);
    }
    return attributes;
  }

  private OperatorException noKind(Fields entry) {
    return yaml.refuse(
        entry.line(),
        "a resource must say what it is, by primitive: ID, group: ID, clone: ID, bundle: ID or"
            + " template: ID; found "
            + String.join(", ", entry.entries().keySet()));
  }

  private Group group(Node node) {
    Fields fields = yaml.fields("a group", node, YamlForm.GROUP);
    String id = fields.required("group");
    fields = new Fields(yaml, "group " + id, fields.line(), fields.entries());
    Attributes attributes = described(Attributes.of("id", id), fields);
    List<Primitive> members = new ArrayList<>();
    Node list = fields.node("members");
    if (list != null) {
      for (Node each : yaml.list("members of group " + id, list)) {
        Fields any = yaml.anyFields("a member of group " + id, each);
        if (any.has(YamlForm.XML)) {
          members.addAll(membersFromXml(any, id));
        } else {
          members.add(primitive(each));
        }
      }
    }
    return new Group(placed(fields.line(), attributes), sets(fields, id), members, List.of());
  }

  private List<Primitive> membersFromXml(Fields entry, String group) {
    List<Primitive> members = new ArrayList<>();
    for (Resource resource : fromXml(entry, "resources").resources()) {
      if (!(resource instanceof Primitive member)) {
        throw yaml.refuse(
            entry.line(YamlForm.XML), "a member of group " + group + " must be a primitive");
      }
      members.add(member);
    }
    return members;
  }

  private static Attributes described(Attributes attributes, Fields fields) {
    String description = fields.text("description");
    return description == null ? attributes : attributes.with("description", description);
  }

  /** The sets of a resource or operation, in the order of the file. */
  private List<AttributeSet> sets(Fields fields, String id) {
    List<AttributeSet> sets = new ArrayList<>();
    for (String key : fields.entries().keySet()) {
      String element = YamlForm.SET_OF_KEY.get(key);
      if (element != null) {
        sets.addAll(set(fields, key, element, id + "-" + element));
      }
    }
    return sets;
  }

  private Primitive primitive(Node node) {
    return agent(node, "primitive", YamlForm.PRIMITIVE);
  }

  /** A primitive or template: what has an agent, options and operations. */
  private Primitive agent(Node node, String kind, List<String> keys) {
    Fields fields = yaml.fields("a " + kind, node, keys);
    String id = fields.required(kind);
    Fields named = new Fields(yaml, kind + " " + id, fields.line(), fields.entries());
    String template = kind.equals("primitive") ? named.text("template") : null;
    Attributes attributes =
        template == null ? agent(named, id) : Attributes.of("id", id, "template", template);
    if (template != null && named.has("agent")) {
      throw yaml.refuse(
          named.line("agent"), named.label() + " has a template, and so no agent of its own");
    }
    List<Operation> operations = new ArrayList<>();
    Node list = named.node("operations");
    if (list != null) {
      for (Node each : yaml.list("operations of " + id, list)) {
        operations.add(operation(id, each));
      }
    }
    return new Primitive(
        placed(named.line(), described(attributes, named)), sets(named, id), operations, List.of());
  }

  private Attributes agent(Fields named, String id) {
    String agent = named.required("agent");
    String[] parts = agent.split(":", agent.startsWith("ocf:") ? 3 : 2);
    boolean whole = parts.length == (agent.startsWith("ocf:") ? 3 : 2);
    if (!whole || List.of(parts).contains("")) {
      throw yaml.refuse(
          named.line("agent"),
          "agent of "
              + named.label()
              + " is \""
              + agent
              + "\"; allowed: ocf:PROVIDER:TYPE or stonith:TYPE, such as ocf:heartbeat:IPaddr2");
    }
    return parts.length == 3
        ? Attributes.of("id", id, "class", parts[0], "provider", parts[1], "type", parts[2])
        : Attributes.of("id", id, "class", parts[0], "type", parts[1]);
  }

  private Operation operation(String resource, Node node) {
    String label = "an operation of " + resource;
    Fields any = yaml.anyFields(label, node);
    String first = any.entries().isEmpty() ? "" : any.entries().keySet().iterator().next();
    List<String> allowed = new ArrayList<>(YamlForm.OPERATION);
    Attributes attributes = Attributes.NONE;
    if (any.has("name")) {
      attributes = attributes.with("name", any.required("name"));
      String interval = any.text("interval");
      attributes = interval == null ? attributes : attributes.with("interval", interval);
    } else if (first.isEmpty() || YamlForm.OPERATION.contains(first)) {
      throw yaml.refuse(
          any.line(),
          label + " must begin with its name and interval, such as monitor: 10s; found " + first);
    } else {
      attributes = Attributes.of("name", first, "interval", any.required(first));
      allowed.remove("name");
      allowed.remove("interval");
      allowed.addFirst(first);
    }
    Fields fields = yaml.fields(label, node, allowed);
    for (String key : YamlForm.OPERATION_ATTRIBUTES) {
      String value = fields.text(key);
      attributes = value == null ? attributes : attributes.with(key, value);
    }
    attributes = identified(attributes, IdFactory.operation(resource, attributes));
    return new Operation(
        placed(fields.line(), attributes), sets(fields, attributes.get("id", "")), List.of());
  }

  private Attributes identified(Attributes attributes, String wanted) {
    return attributes.has("id") ? attributes : attributes.with("id", ids.make(wanted));
  }

  private List<Constraint> constraints(Fields top) {
    List<Constraint> constraints = new ArrayList<>();
    List<String> kinds = List.of("location", "colocation", "order", "ticket", YamlForm.XML);
    for (Node node : listOf(top, "constraints")) {
      Fields entry = yaml.fields("an entry of constraints", node, kinds);
      if (entry.entries().size() != 1) {
        throw yaml.refuse(
            entry.line(),
            "an entry of constraints must have one of "
                + String.join(", ", kinds)
                + ", found "
                + entry.entries().size());
      }
      if (entry.has(YamlForm.XML)) {
        constraints.addAll(fromXml(entry, "constraints").constraints());
      } else {
        entry
            .entries()
            .forEach((kind, tuple) -> constraints.add(constraint(kind, tuple.getValueNode())));
      }
    }
    return constraints;
  }

  private Constraint constraint(String kind, Node node) {
    return switch (kind) {
      case "location" -> {
        Attributes read = constraint(kind, node, YamlForm.LOCATION, "resource", "node");
        yield new Location(read, List.of());
      }
      case "colocation" -> {
        Attributes read = constraint(kind, node, YamlForm.COLOCATION, "resource", "with");
        yield new Colocation(read, List.of());
      }
      case "ticket" ->
          new TicketConstraint(
              constraint(kind, node, YamlForm.TICKET, "resource", "ticket"), List.of());
      default -> new Order(constraint(kind, node, YamlForm.ORDER, "first", "then"), List.of());
    };
  }

  private Attributes constraint(String kind, Node node, List<String> table, String... required) {
    String label = kind.equals("order") ? "an order" : "a " + kind;
    Fields fields = yaml.fields(label, node, YamlForm.keys(table));
    for (String key : required) {
      fields.required(key);
    }
    Map<String, String> read = new LinkedHashMap<>();
    for (int i = 0; i < table.size(); i += 2) {
      String value = fields.text(table.get(i));
      if (value != null) {
        read.put(table.get(i + 1), value);
      }
    }
    Attributes attributes = new Attributes(read);
    String wanted =
        switch (kind) {
          case "location" -> IdFactory.location(attributes);
          case "colocation" -> IdFactory.colocation(attributes);
          case "ticket" -> IdFactory.ticket(attributes);
          default -> IdFactory.order(attributes);
        };
    return placed(fields.line(), identified(attributes, wanted));
  }

  private List<FencingLevel> topology(Fields top) {
    List<FencingLevel> levels = new ArrayList<>();
    for (Node node : listOf(top, "fencing-topology")) {
      Fields any = yaml.anyFields("an entry of fencing-topology", node);
      if (any.has(YamlForm.XML)) {
        levels.addAll(fromXml(any, "fencing-topology").topology());
        continue;
      }
      Fields fields = yaml.fields("an entry of fencing-topology", node, YamlForm.LEVEL);
      Attributes attributes = Attributes.NONE;
      for (String key : YamlForm.LEVEL) {
        String value =
            key.equals("devices") && fields.has(key)
                ? String.join(",", fields.textList(key))
                : fields.text(key);
        attributes = value == null ? attributes : attributes.with(key, value);
      }
      attributes = identified(attributes, IdFactory.level(attributes));
      levels.add(new FencingLevel(placed(fields.line(), attributes), List.of()));
    }
    return levels;
  }

  /** What the XML text of an entry holds, read as if it stood in that section. */
  private Configuration fromXml(Fields entry, String section) {
    if (entry.entries().size() != 1) {
      throw yaml.refuse(entry.line(), "an entry with xml may have no other key");
    }
    Node node = entry.required(YamlForm.XML).isBlank() ? null : entry.node(YamlForm.XML);
    Element element = node == null ? null : element(node);
    if (element == null) {
      throw yaml.refuse(entry.line(), "xml must be one element, found nothing");
    }
    Element wrapped = Element.of(section, Attributes.NONE, List.of(element));
    Configuration read =
        xml.configuration(Element.of("configuration", Attributes.NONE, List.of(wrapped)));
    if (!read.others().isEmpty()) {
      throw yaml.refuse(
          entry.line(YamlForm.XML),
          "<"
              + element.name()
              + "> is not known in "
              + section
              + "; give it under the key xml at"
              + " the top");
    }
    return read;
  }

  /** Adds what is under the key xml: elements that belong into the configuration element. */
  private Configuration withXml(Configuration read, @Nullable Node node) {
    if (node == null) {
      return read;
    }
    Element own = Element.of("configuration", Attributes.NONE, List.of());
    List<Element> elements = new ArrayList<>();
    for (Node each : node instanceof SequenceNode ? yaml.list("xml", node) : List.of(node)) {
      Element element = element(each);
      if (element.name().equals("configuration")) {
        own = element;
        elements.addAll(element.children());
      } else {
        elements.add(element);
      }
    }
    Configuration more =
        xml.configuration(new Element(own.name(), own.attributes(), elements, own.text(), 0));
    return new Configuration(
        joined(read.properties(), more.properties()),
        joined(read.nodes(), more.nodes()),
        joined(read.resources(), more.resources()),
        joined(read.constraints(), more.constraints()),
        joined(read.topology(), more.topology()),
        joined(read.resourceDefaults(), more.resourceDefaults()),
        joined(read.operationDefaults(), more.operationDefaults()),
        more.others());
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private Element element(Node node) {
    String text = yaml.text("xml", node);
    // The text of a block begins in the line after its mark.
    boolean block =
        node instanceof ScalarNode scalar && !scalar.isPlain() && text.indexOf('\n') >= 0;
    int before = YamlSource.line(node) - (block ? 0 : 1);
    try {
      return shifted(XmlParser.parse("xml", text).root(), before);
    } catch (OperatorException e) {
      throw yaml.refuse(YamlSource.line(node), "in the text of xml: " + e.sentence());
    }
  }

  private static Element shifted(Element element, int lines) {
    List<Element> children = element.children().stream().map(c -> shifted(c, lines)).toList();
    return new Element(
        element.name(), element.attributes(), children, element.text(), element.line() + lines);
  }
}
