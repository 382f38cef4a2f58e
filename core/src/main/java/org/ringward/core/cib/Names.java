package org.ringward.core.cib;

/** How things are called in messages. */
final class Names {
  private Names() {}

  /** Such as {@code primitive vip}, or just the name of the element when it has no id. */
  static String of(Element element) {
    return of(element.name(), element.attributes());
  }

  static String of(String element, Attributes attributes) {
    String id = attributes.get("id");
    return id == null ? element : element + " " + id;
  }
}
