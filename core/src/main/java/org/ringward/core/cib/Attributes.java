package org.ringward.core.cib;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The XML attributes of one element, immutable, in the order they were written; equality ignores
 * the order.
 */
public record Attributes(Map<String, String> map) {
  public static final Attributes NONE = new Attributes(Map.of());

  public Attributes {
    map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Attributes from names and values in turn: {@code of("id", "x", "rsc", "y")}. */
  public static Attributes of(String... namesAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Attributes(map);
  }

  public @Nullable String get(String name) {
    return map.get(name);
  }

  public String get(String name, String otherwise) {
    return map.getOrDefault(name, otherwise);
  }

  public boolean has(String name) {
    return map.containsKey(name);
  }

  /** A copy with the attribute set; an existing one keeps its place. */
  public Attributes with(String name, String value) {
    Map<String, String> copy = new LinkedHashMap<>(map);
    copy.put(name, value);
    return new Attributes(copy);
  }

  public Attributes without(String name) {
    Map<String, String> copy = new LinkedHashMap<>(map);
    copy.remove(name);
    return new Attributes(copy);
  }
}
