package org.ringward.core.cib;

import java.util.List;
import java.util.Objects;

/**
 * One XML element as it was read. It carries whatever the typed records do not know, so that
 * nothing is lost.
 *
 * @param text character data without surrounding white space, empty when there is none
 * @param line where it began in its file, 0 when it has none; not part of equality
 */
public record Element(
    String name, Attributes attributes, List<Element> children, String text, int line) {
  public Element {
    children = List.copyOf(children);
  }

  public static Element of(String name, Attributes attributes, List<Element> children) {
    return new Element(name, attributes, children, "", 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Element that
        && name.equals(that.name)
        && attributes.equals(that.attributes)
        && children.equals(that.children)
        && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, attributes, children, text);
  }
}
