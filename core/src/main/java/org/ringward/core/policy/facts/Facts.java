package org.ringward.core.policy.facts;

import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.rule.Rules;

/**
 * Everything that is read before anything is decided.
 *
 * @param rules for whatever depends on time, nodes or operations
 * @param operations what is configured for the operations of resources
 * @param failCounts how often resources failed
 */
public record Facts(
    Situation situation, Rules rules, OperationFacts operations, FailCountFacts failCounts) {

  /**
   * Reads configuration and status. The same cib and time give the same facts.
   *
   * @param now seconds since 1970
   */
  public static Facts read(Cib cib, long now) {
    Element configuration = CibXml.toElement(cib.configuration());
    Rules rules = new Rules(configuration, now);
    ClusterOptions options = OptionFacts.read(cib, configuration, rules);
    Situation situation = new Situation(cib, configuration, now, options);
    situation.hasFencingDevice = options.haveWatchdog;
    OperationFacts operations = new OperationFacts(situation, rules);
    FailCountFacts failCounts = new FailCountFacts(situation, operations);
    Facts facts = new Facts(situation, rules, operations, failCounts);

    if (cib.attributes().get("validate-with", "").equals("none")) {
      situation.notes.add(
          "Schema validation of configuration is disabled (support for validate-with set to"
              + " \"none\" is deprecated and will be removed in a future release)");
    }
    NodeFacts.read(facts);
    ResourceFacts resources = ResourceFacts.read(facts);
    TagFacts.read(situation);
    StatusFacts.read(facts, resources);
    return facts;
  }
}
