package org.ringward.core.policy.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.Values;

/** Evaluates rules at one point in time, and the attribute sets that rules guard. */
public final class Rules {
  private final Map<String, Element> byId = new HashMap<>();
  private final long now;
  private long nextChange = Long.MAX_VALUE;

  /**
   * @param configuration where id-ref points into
   * @param now seconds since 1970
   */
  public Rules(Element configuration, long now) {
    this.now = now;
    index(configuration);
  }

  private void index(Element element) {
    String id = element.attributes().get("id");
    if (id != null) {
      byId.putIfAbsent(id, element);
    }
    element.children().forEach(this::index);
  }

  /** The element itself, or the one that its id-ref names; null when there is none. */
  public @Nullable Element resolve(Element element) {
    String reference = element.attributes().get("id-ref");
    return reference == null ? element : byId.get(reference);
  }

  /** Whether a rule element holds. Its date expressions make note of when that may change. */
  public boolean holds(Element rule, RuleInput input) {
    return false;
  }

  /**
   * The values of all children of that name (instance_attributes, meta_attributes, utilization,
   * cluster_property_set) whose rules hold, those of a higher score first; the first value of a
   * name stays.
   */
  public Map<String, String> values(Element owner, String setName, RuleInput input) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Element> sets = new ArrayList<>();
    for (Element child : owner.children()) {
      Element set = child.name().equals(setName) ? resolve(child) : null;
      if (set != null) {
        sets.add(set);
      }
    }
    sets.sort((a, b) -> Integer.compare(score(b), score(a)));
    for (Element set : sets) {
      if (set.children().stream()
          .filter(each -> each.name().equals("rule"))
          .allMatch(rule -> holds(rule, input))) {
        collect(set, values);
      }
    }
    return values;
  }

  private void collect(Element set, Map<String, String> values) {
    for (Element child : set.children()) {
      Element pair = child.name().equals("nvpair") ? resolve(child) : null;
      if (pair != null) {
        String name = child.attributes().get("name", pair.attributes().get("name", ""));
        String value = pair.attributes().get("value");
        if (value != null) {
          values.putIfAbsent(name, value);
        }
      }
    }
  }

  private static int score(Element set) {
    return Values.score(set.attributes().get("score"), 0);
  }

  /** When a rule that was asked may change its mind, seconds since 1970, null for never. */
  public @Nullable Long nextChange() {
    return nextChange == Long.MAX_VALUE ? null : nextChange;
  }

  /** Milliseconds from now to the next of the moments that lie whole intervals after an origin. */
  public long startDelay(String origin, long intervalMs) {
    return 0;
  }

  long now() {
    return now;
  }
}
