package org.ringward.core.cib;

/** A name and value ({@code nvpair}); other attributes such as id-ref are kept. */
public record Nvpair(Attributes attributes) {
  public String id() {
    return attributes.get("id", "");
  }

  public String name() {
    return attributes.get("name", "");
  }

  /** Empty when it has none. */
  public String value() {
    return attributes.get("value", "");
  }
}
