package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;

/** Finds and makes elements. */
final class Xml {
  private Xml() {}

  /** The first child of that name, null when there is none. */
  static @Nullable Element child(Element parent, String name) {
    for (Element child : parent.children()) {
      if (child.name().equals(name)) {
        return child;
      }
    }
    return null;
  }

  /** All children of that name in the first section of the other name. */
  static List<Element> inSection(Element parent, String section) {
    Element found = child(parent, section);
    return found == null ? List.of() : found.children();
  }

  static String id(Element element) {
    return element.attributes().get("id", "");
  }

  /** An attribute set with these pairs. */
  static Element set(String name, String id, Map<String, String> pairs) {
    List<Element> children = new ArrayList<>(pairs.size());
    pairs.forEach((key, value) ->
        children.add(
            Element.of(
                "nvpair",
                Attributes.of("id", id + "-" + key, "name", key, "value", value),
                List.of())));
    return Element.of(name, Attributes.of("id", id), children);
  }
}
