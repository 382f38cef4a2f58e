package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.Group;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.Primitive;

/**
 * Which sets of attributes hold: sets with a higher score come first, sets whose rule is not
 * fulfilled do not count, references (id-ref) stand for what they name.
 */
final class AttributeRules {
  private final Cib cib;
  private final RuleEvaluator rules;
  private @Nullable Map<String, Nvpair> pairsById;
  private @Nullable Map<String, AttributeSet> setsById;

  AttributeRules(Cib cib, RuleEvaluator rules) {
    this.cib = cib;
    this.rules = rules;
  }

  /** The sets that hold without looking at a node, the strongest first. */
  List<AttributeSet> ordered(List<AttributeSet> sets) {
    return ordered(sets, null);
  }

  private List<AttributeSet> ordered(List<AttributeSet> sets, @Nullable ClusterNode node) {
    if (sets.size() == 1 && plain(sets.getFirst())) {
      return sets;
    }
    List<AttributeSet> valid = new ArrayList<>(sets.size());
    for (AttributeSet set : sets) {
      AttributeSet resolved = resolve(set);
      if (holds(resolved, node)) {
        valid.add(resolved);
      }
    }
    valid.sort(
        Comparator.comparingInt(
            (AttributeSet set) -> -Values.score(set.attributes().get("score"), 0)));
    return valid;
  }

  private static boolean plain(AttributeSet set) {
    return set.others().isEmpty() && !set.attributes().has("id-ref");
  }

  /** Whether what the sets give depends on the node. */
  static boolean dependsOnNode(List<AttributeSet> sets) {
    for (AttributeSet set : sets) {
      if (!set.others().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Adds the values of all sets of one element name that are not there yet. */
  void collect(
      List<AttributeSet> sets,
      String element,
      @Nullable ClusterNode node,
      Map<String, String> into) {
    if (sets.isEmpty()) {
      return;
    }
    for (AttributeSet set : ordered(sets, node)) {
      if (set.element().equals(element)) {
        for (Nvpair pair : set.pairs()) {
          Nvpair resolved = resolve(pair);
          String name = pair.attributes().has("name") ? pair.name() : resolved.name();
          into.putIfAbsent(name, resolved.value());
        }
      }
    }
  }

  private boolean holds(AttributeSet set, @Nullable ClusterNode node) {
    for (Element other : set.others()) {
      if (other.name().equals("rule") && !rules.holds(other, node)) {
        return false;
      }
    }
    return true;
  }

  private AttributeSet resolve(AttributeSet set) {
    String reference = set.attributes().get("id-ref");
    if (reference == null) {
      return set;
    }
    index();
    AttributeSet named = setsById == null ? null : setsById.get(reference);
    return named == null ? set : named;
  }

  private Nvpair resolve(Nvpair pair) {
    String reference = pair.attributes().get("id-ref");
    if (reference == null) {
      return pair;
    }
    index();
    Nvpair named = pairsById == null ? null : pairsById.get(reference);
    return named == null ? pair : named;
  }

  private void index() {
    if (setsById != null) {
      return;
    }
    setsById = new LinkedHashMap<>();
    pairsById = new LinkedHashMap<>();
    Configuration configuration = cib.configuration();
    index(configuration.properties());
    index(configuration.resourceDefaults());
    index(configuration.operationDefaults());
    configuration.nodes().forEach(node -> index(node.sets()));
    configuration
        .resources()
        .forEach(resource -> {
          switch (resource) {
            case Primitive primitive -> index(primitive);
            case Group group -> {
              index(group.sets());
              group.members().forEach(this::index);
            }
            default -> {}
          }
        });
  }

  private void index(Primitive primitive) {
    index(primitive.sets());
    primitive.operations().forEach(operation -> index(operation.sets()));
  }

  private void index(List<AttributeSet> sets) {
    Map<String, AttributeSet> byId = java.util.Objects.requireNonNull(setsById);
    Map<String, Nvpair> pairs = java.util.Objects.requireNonNull(pairsById);
    for (AttributeSet set : sets) {
      if (set.attributes().has("id")) {
        byId.putIfAbsent(set.id(), set);
      }
      for (Nvpair pair : set.pairs()) {
        if (pair.attributes().has("id")) {
          pairs.putIfAbsent(pair.id(), pair);
        }
      }
    }
  }
}
