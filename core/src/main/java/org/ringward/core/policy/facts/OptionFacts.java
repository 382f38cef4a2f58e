package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.Values;
import org.ringward.core.policy.rule.RuleInput;
import org.ringward.core.policy.rule.Rules;

/** Reads the cluster options: rules applied, older names accepted. */
final class OptionFacts {
  /** This set wins over all others, whatever their scores. */
  private static final String FIRST_SET = "cib-bootstrap-options";

  private static final Map<String, String> NEW_NAMES =
      Map.of(
          "stonith-enabled", "fencing-enabled",
          "stonith-action", "fencing-action",
          "stonith-timeout", "fencing-timeout",
          "stonith-watchdog-timeout", "fencing-watchdog-timeout",
          "stonith-max-attempts", "fencing-max-attempts",
          "stop-orphan-resources", "stop-removed-resources",
          "stop-orphan-actions", "cancel-removed-actions");

  private OptionFacts() {}

  static ClusterOptions read(Cib cib, Element configuration, Rules rules) {
    Map<String, String> values = values(configuration, rules);
    String policy = values.getOrDefault("no-quorum-policy", "").toLowerCase(Locale.ROOT);
    boolean hadQuorum =
        cib.haveQuorum() || Values.truth(cib.attributes().get("no-quorum-panic"), false);
    if (!hadQuorum && (policy.equals("suicide") || policy.equals("fence"))) {
      // A cluster that is only just forming does not fence itself.
      values.put("no-quorum-policy", "stop");
    }
    return new ClusterOptions(values, cib.haveQuorum());
  }

  static Map<String, String> values(Element configuration, Rules rules) {
    List<Element> first = new ArrayList<>();
    List<Element> others = new ArrayList<>();
    for (Element set : Xml.inSection(configuration, "crm_config")) {
      (Xml.id(set).equals(FIRST_SET) ? first : others).add(set);
    }
    Map<String, String> values = new LinkedHashMap<>();
    collect(first, rules, values);
    collect(others, rules, values);
    return values;
  }

  private static void collect(List<Element> sets, Rules rules, Map<String, String> into) {
    Element owner =
        Element.of("crm_config", org.ringward.core.cib.Attributes.NONE, List.copyOf(sets));
    Map<String, String> found = rules.values(owner, "cluster_property_set", RuleInput.NONE);
    found.forEach((name, value) -> {
      if (!NEW_NAMES.containsKey(name)) {
        into.putIfAbsent(name, value);
      }
    });
    found.forEach((name, value) -> into.putIfAbsent(NEW_NAMES.getOrDefault(name, name), value));
  }
}
