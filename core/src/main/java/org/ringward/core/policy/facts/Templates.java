package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.rule.Rules;

/** Fills in what primitives take from templates. */
final class Templates {
  private final Map<String, Element> byId = new LinkedHashMap<>();
  private final Situation situation;
  private final Rules rules;

  Templates(Situation situation, Rules rules) {
    this.situation = situation;
    this.rules = rules;
    for (Element each : Xml.inSection(situation.configuration, "resources")) {
      if (each.name().equals("template")) {
        byId.put(Xml.id(each), each);
        situation.templates.putIfAbsent(Xml.id(each), new ArrayList<>());
      }
    }
  }

  /**
   * The primitive as it takes effect, null when its template does not exist. Its own sets come
   * before those of the template, so that its values win.
   */
  @Nullable Element expand(Element primitive) {
    String name = primitive.attributes().get("template");
    if (name == null) {
      return primitive;
    }
    Element template = byId.get(name);
    if (template == null) {
      return null;
    }
    Map<String, String> attributes = new LinkedHashMap<>(template.attributes().map());
    attributes.putAll(primitive.attributes().map());
    attributes.remove("template");
    return Element.of("primitive", new Attributes(attributes), merged(primitive, template));
  }

  /** Makes note of who uses which template. */
  void use(Element primitive) {
    String name = primitive.attributes().get("template");
    List<String> users = name == null ? null : situation.templates.get(name);
    if (users != null && !users.contains(Xml.id(primitive))) {
      users.add(Xml.id(primitive));
    }
  }

  private List<Element> merged(Element primitive, Element template) {
    List<Element> children = new ArrayList<>();
    List<Element> operations = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (Element child : primitive.children()) {
      if (child.name().equals("operations")) {
        for (Element operation : operations(child)) {
          operations.add(operation);
          keys.add(key(operation));
        }
      } else {
        children.add(child);
      }
    }
    for (Element child : template.children()) {
      if (child.name().equals("operations")) {
        for (Element operation : operations(child)) {
          if (!keys.contains(key(operation))) {
            operations.add(operation);
          }
        }
      } else {
        children.add(child);
      }
    }
    if (!operations.isEmpty()) {
      children.add(Element.of("operations", Attributes.NONE, operations));
    }
    return children;
  }

  /** The op elements of an operations element, references resolved. */
  List<Element> operations(Element operations) {
    Element resolved = rules.resolve(operations);
    List<Element> all = new ArrayList<>();
    if (resolved != null) {
      for (Element each : resolved.children()) {
        Element operation = each.name().equals("op") ? rules.resolve(each) : null;
        if (operation != null) {
          all.add(operation);
        }
      }
    }
    return all;
  }

  /** A resource's own operation replaces the template's of the same name and role. */
  private static String key(Element operation) {
    Role role = Role.of(operation.attributes().get("role", Role.STARTED.text()));
    return operation.attributes().get("name", "") + "/" + role;
  }
}
