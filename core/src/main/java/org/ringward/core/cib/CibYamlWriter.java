package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records to the YAML form. What the form has no words for is written as XML text: an entry of a
 * list where it stands, anything else under the key xml at the end.
 */
final class CibYamlWriter {
  private final List<Object> xml = new ArrayList<>();

  private CibYamlWriter() {}

  static String write(Configuration configuration) {
    return YamlText.document(new CibYamlWriter().top(configuration));
  }

  private Map<String, Object> top(Configuration configuration) {
    Map<String, Object> top = new LinkedHashMap<>();
    single(top, "properties", configuration.properties(), "crm_config");
    nodes(top, configuration.nodes());
    list(top, "resources", configuration.resources(), this::resource);
    list(top, "constraints", configuration.constraints(), CibYamlWriter::constraint);
    list(top, "fencing-topology", configuration.topology(), CibYamlWriter::level);
    single(top, "resource-defaults", configuration.resourceDefaults(), "rsc_defaults");
    single(top, "operation-defaults", configuration.operationDefaults(), "op_defaults");
    xml.addAll(others(configuration.others()));
    if (!xml.isEmpty()) {
      top.put(YamlForm.XML, xml);
    }
    return top;
  }

  /** What belongs to the configuration element itself is written as a configuration element. */
  private static List<Object> others(List<Element> others) {
    List<Object> texts = new ArrayList<>();
    Element own = Element.of("configuration", Attributes.NONE, List.of());
    for (Element other : others) {
      if (other.name().equals(CibReader.TEXT)) {
        own = new Element(own.name(), own.attributes(), List.of(), other.text(), 0);
      } else if (other.name().equals("configuration")) {
        own = new Element(own.name(), other.attributes(), List.of(), own.text(), 0);
      } else {
        texts.add(text(CibWriter.plain(other)));
      }
    }
    if (!own.text().isEmpty() || !own.attributes().map().isEmpty()) {
      texts.addFirst(text(own));
    }
    return texts;
  }

  /** A section that has one set in the YAML form; others keep their order as XML. */
  private void single(
      Map<String, Object> top, String key, List<AttributeSet> sets, String section) {
    if (sets.isEmpty()) {
      return;
    }
    if (sets.size() == 1 && isPlain(sets.getFirst())) {
      top.put(key, new YamlText.Rows(pairs(sets.getFirst())));
    } else {
      List<Element> elements = sets.stream().map(CibWriter::element).toList();
      xml.add(text(Element.of(section, Attributes.NONE, elements)));
    }
  }

  private static <T> void list(
      Map<String, Object> top, String key, List<T> records, Function<T, Object> form) {
    if (!records.isEmpty()) {
      top.put(key, records.stream().map(form).toList());
    }
  }

  private void nodes(Map<String, Object> top, List<NodeEntry> nodes) {
    Map<String, Object> named = new LinkedHashMap<>();
    List<Element> left = new ArrayList<>();
    for (NodeEntry node : nodes) {
      Map<String, Object> form = left.isEmpty() ? node(node) : null;
      if (form == null || named.containsKey(node.uname())) {
        left.add(CibWriter.element(node));
      } else {
        named.put(node.uname(), form);
      }
    }
    if (!named.isEmpty()) {
      top.put("nodes", new YamlText.Rows(named));
    }
    if (!left.isEmpty()) {
      xml.add(text(Element.of("nodes", Attributes.NONE, left)));
    }
  }

  private static @Nullable Map<String, Object> node(NodeEntry node) {
    boolean attributes = only(node.attributes(), List.of("id", "uname", "type", "description"));
    boolean named = node.attributes().has("id") && node.attributes().has("uname");
    if (!attributes || !named || !node.others().isEmpty()) {
      return null;
    }
    List<String> order = List.of("instance_attributes", "utilization");
    Map<String, AttributeSet> sets = plainSets(node.sets());
    if (sets == null || !order.containsAll(sets.keySet()) || !inOrder(sets, order)) {
      return null;
    }
    Map<String, Object> form = new LinkedHashMap<>();
    put(form, node.attributes(), YamlForm.NODE_ATTRIBUTES);
    if (node.id().equals(node.uname())) {
      form.remove("id");
    }
    AttributeSet set = sets.get("instance_attributes");
    if (set != null) {
      Map<String, String> free = pairs(set);
      List<String> switches = new ArrayList<>(YamlForm.NODE_SWITCHES);
      switches.retainAll(free.keySet());
      // They are read back in front of the others, in this order; otherwise they stay there.
      if (List.copyOf(free.keySet()).subList(0, switches.size()).equals(switches)) {
        switches.forEach(name -> form.put(name, free.remove(name)));
      }
      if (!free.isEmpty() || switches.isEmpty()) {
        form.put("attributes", free);
      }
    }
    AttributeSet utilization = sets.get("utilization");
    if (utilization != null) {
      form.put("utilization", pairs(utilization));
    }
    return form;
  }

  private static boolean inOrder(Map<String, AttributeSet> sets, List<String> order) {
    return List.copyOf(sets.keySet()).equals(order.stream().filter(sets::containsKey).toList());
  }

  private Object resource(Resource resource) {
    Map<String, Object> form =
        switch (resource) {
          case Primitive primitive -> agent("primitive", primitive);
          case Group group -> group(group);
          case Clone clone -> cloned(clone);
          case Bundle bundle -> bundle(bundle);
          case Template template -> agent("template", template.body());
          case OtherResource _ -> null;
        };
    return form == null ? xmlEntry(CibWriter.element(resource)) : new YamlText.Rows(form);
  }

  private @Nullable Map<String, Object> group(Group group) {
    Map<String, AttributeSet> sets = plainSets(group.sets());
    boolean plain =
        only(group.attributes(), List.of("id", "description"))
            && group.attributes().has("id")
            && group.others().isEmpty();
    if (!plain || sets == null) {
      return null;
    }
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("group", group.id());
    put(form, group.attributes(), List.of("description"));
    putSets(form, sets);
    form.put("members", group.members().stream().map(this::resource).toList());
    return form;
  }

  private @Nullable Map<String, Object> cloned(Clone clone) {
    Map<String, Object> form = collective("clone", clone, clone.others());
    if (form != null && clone.child() != null) {
      form.put("resource", resource(clone.child()));
    }
    return form;
  }

  private @Nullable Map<String, Object> bundle(Bundle bundle) {
    Map<String, Object> form = collective("bundle", bundle, List.of());
    for (Element part : bundle.others()) {
      Map<String, Object> values = form == null ? null : part(part);
      if (form == null || values == null || form.put(part.name(), values) != null) {
        return null;
      }
    }
    if (form == null || !order(bundle.others())) {
      return null;
    }
    if (bundle.child() != null) {
      form.put("resource", resource(bundle.child()));
    }
    return form;
  }

  /** Whether the parts are read back in their order. */
  private static boolean order(List<Element> parts) {
    List<String> names = parts.stream().map(Element::name).toList();
    return YamlForm.BUNDLE.stream().filter(names::contains).toList().equals(names);
  }

  private static @Nullable Map<String, Object> part(Element part) {
    List<String> mappings = YamlForm.MAPPINGS.getOrDefault(part.name(), List.of("", ""));
    boolean known =
        YamlForm.BUNDLE.contains(part.name())
            && part.text().isEmpty()
            && !part.attributes().has(mappings.getFirst());
    Map<String, Object> values = new LinkedHashMap<>(part.attributes().map());
    List<Object> list = new ArrayList<>();
    for (Element mapping : part.children()) {
      known &=
          mapping.name().equals(mappings.getLast())
              && mapping.children().isEmpty()
              && mapping.text().isEmpty()
              && mapping.attributes().has("id");
      list.add(new LinkedHashMap<>(mapping.attributes().map()));
    }
    if (!list.isEmpty()) {
      values.put(mappings.getFirst(), list);
    }
    return known && !values.isEmpty() ? values : null;
  }

  /** What clones and bundles have in common, null when the YAML form cannot say it. */
  private static @Nullable Map<String, Object> collective(
      String kind, Resource resource, List<Element> others) {
    Map<String, AttributeSet> sets = plainSets(resource.sets());
    boolean plain =
        only(resource.attributes(), List.of("id", "description"))
            && resource.attributes().has("id")
            && others.isEmpty();
    if (!plain || sets == null) {
      return null;
    }
    Map<String, Object> form = new LinkedHashMap<>();
    form.put(kind, resource.id());
    put(form, resource.attributes(), List.of("description"));
    putSets(form, sets);
    return form;
  }

  private @Nullable Map<String, Object> agent(String kind, Primitive primitive) {
    Attributes attributes = primitive.attributes();
    boolean made = attributes.has("template") && kind.equals("primitive");
    Map<String, AttributeSet> sets = plainSets(primitive.sets());
    boolean plain =
        (made
                ? only(attributes, List.of("id", "template", "description"))
                : only(attributes, List.of("id", "class", "provider", "type", "description"))
                    && hasAgent(attributes))
            && attributes.has("id")
            && primitive.others().isEmpty();
    if (!plain || sets == null) {
      return null;
    }
    Map<String, Object> form = new LinkedHashMap<>();
    form.put(kind, primitive.id());
    if (made) {
      put(form, attributes, List.of("template"));
    } else {
      form.put("agent", primitive.agent());
    }
    put(form, attributes, List.of("description"));
    putSets(form, sets);
    List<Object> operations = new ArrayList<>();
    for (Operation operation : primitive.operations()) {
      Map<String, Object> one = operation(primitive.id(), operation);
      if (one == null) {
        return null;
      }
      operations.add(one);
    }
    if (!operations.isEmpty()) {
      form.put("operations", operations);
    }
    return form;
  }

  /** Whether the agent reads back from its one-word form. */
  private static boolean hasAgent(Attributes attributes) {
    boolean ocf = attributes.get("class", "").equals("ocf");
    return attributes.has("class")
        && attributes.has("type")
        && ocf == attributes.has("provider")
        && !attributes.get("class", "").contains(":")
        && !attributes.get("provider", "").contains(":");
  }

  private static @Nullable Map<String, Object> operation(String resource, Operation operation) {
    Attributes attributes = operation.attributes();
    List<String> allowed = new ArrayList<>(YamlForm.OPERATION_ATTRIBUTES);
    allowed.addAll(List.of("name", "interval"));
    Map<String, AttributeSet> sets = plainSets(operation.sets());
    boolean plain =
        only(attributes, allowed)
            && attributes.has("id")
            && !operation.name().isEmpty()
            && operation.others().isEmpty();
    if (!plain || sets == null || sets.containsKey("utilization")) {
      return null;
    }
    Map<String, Object> form = new LinkedHashMap<>();
    String interval = attributes.get("interval");
    if (interval == null || YamlForm.OPERATION.contains(operation.name())) {
      form.put("name", operation.name());
      put(form, attributes, List.of("interval"));
    } else {
      form.put(operation.name(), interval);
    }
    put(form, attributes, YamlForm.OPERATION_ATTRIBUTES);
    if (operation.id().equals(Ids.of(IdFactory.operation(resource, attributes)))) {
      form.remove("id");
    }
    putSets(form, sets);
    return form;
  }

  private static Object constraint(Constraint constraint) {
    Map<String, Object> form =
        switch (constraint) {
          case Location it -> keyed(it.attributes(), it.others(), YamlForm.LOCATION, "rsc", "node");
          case Colocation it ->
              keyed(it.attributes(), it.others(), YamlForm.COLOCATION, "rsc", "with-rsc");
          case Order it -> keyed(it.attributes(), it.others(), YamlForm.ORDER, "first", "then");
          case TicketConstraint it ->
              keyed(it.attributes(), it.others(), YamlForm.TICKET, "rsc", "ticket");
          case OtherConstraint _ -> null;
        };
    if (form == null) {
      return xmlEntry(CibWriter.element(constraint));
    }
    String kind =
        switch (constraint) {
          case Location _ -> "location";
          case Colocation _ -> "colocation";
          case TicketConstraint _ -> "ticket";
          default -> "order";
        };
    String made =
        switch (constraint) {
          case Location it -> IdFactory.location(it.attributes());
          case Colocation it -> IdFactory.colocation(it.attributes());
          case Order it -> IdFactory.order(it.attributes());
          case TicketConstraint it -> IdFactory.ticket(it.attributes());
          case OtherConstraint it -> it.id();
        };
    if (constraint.id().equals(Ids.of(made))) {
      form.remove("id");
    }
    return entry(kind, form);
  }

  /** The attributes under the keys of the YAML form, null when there are others. */
  private static @Nullable Map<String, Object> keyed(
      Attributes attributes, List<Element> others, List<String> table, String... required) {
    boolean plain = others.isEmpty() && only(attributes, YamlForm.attributes(table));
    if (!plain || !attributes.map().keySet().containsAll(List.of(required))) {
      return null;
    }
    Map<String, Object> form = new LinkedHashMap<>();
    for (int i = 0; i < table.size(); i += 2) {
      String value = attributes.get(table.get(i + 1));
      if (value != null) {
        form.put(table.get(i), value);
      }
    }
    return attributes.has("id") ? form : null;
  }

  private static Object level(FencingLevel level) {
    Attributes attributes = level.attributes();
    if (!level.others().isEmpty() || !only(attributes, YamlForm.LEVEL) || !attributes.has("id")) {
      return xmlEntry(CibWriter.element(level));
    }
    Map<String, Object> form = new LinkedHashMap<>();
    put(form, attributes, YamlForm.LEVEL);
    String devices = attributes.get("devices");
    if (devices != null) {
      List<String> list = List.of(devices.split(",", -1));
      form.put("devices", list.contains("") ? devices : list);
    }
    if (level.id().equals(Ids.of(IdFactory.level(attributes)))) {
      form.remove("id");
    }
    return form;
  }

  private static void put(Map<String, Object> form, Attributes attributes, List<String> names) {
    for (String name : names) {
      String value = attributes.get(name);
      if (value != null) {
        form.put(name, value);
      }
    }
  }

  private static void putSets(Map<String, Object> form, Map<String, AttributeSet> sets) {
    sets.forEach((element, set) -> {
      String key =
          switch (element) {
            case "instance_attributes" -> "parameters";
            case "meta_attributes" -> "meta";
            default -> "utilization";
          };
      form.put(key, pairs(set));
    });
  }

  /** The sets by kind when the YAML form can say them all, null when it cannot. */
  private static @Nullable Map<String, AttributeSet> plainSets(List<AttributeSet> sets) {
    Map<String, AttributeSet> byKind = new LinkedHashMap<>();
    for (AttributeSet set : sets) {
      if (!isPlain(set) || byKind.put(set.element(), set) != null) {
        return null;
      }
    }
    return byKind;
  }

  /** Whether names and values are all there is to say; their ids are made anew when read. */
  private static boolean isPlain(AttributeSet set) {
    return only(set.attributes(), List.of("id"))
        && set.others().isEmpty()
        && pairs(set).size() == set.pairs().size()
        && set.pairs().stream()
            .allMatch(pair ->
                !pair.name().isEmpty()
                    && pair.attributes().has("value")
                    && only(pair.attributes(), List.of("id", "name", "value")));
  }

  private static Map<String, String> pairs(AttributeSet set) {
    Map<String, String> pairs = new LinkedHashMap<>();
    set.pairs().forEach(pair -> pairs.put(pair.name(), pair.value()));
    return pairs;
  }

  private static boolean only(Attributes attributes, List<String> allowed) {
    return allowed.containsAll(attributes.map().keySet());
  }

  private static Object entry(String key, Object value) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put(key, value);
    return new YamlText.Rows(entry);
  }

  private static Object xmlEntry(Element element) {
    return entry(YamlForm.XML, text(element));
  }

  private static Object text(Element element) {
    String text = XmlText.indented(element);
    boolean printable = text.codePoints().allMatch(c -> c == '\n' || YamlText.isPrintable(c));
    return printable ? new YamlText.Block(text) : text;
  }
}
