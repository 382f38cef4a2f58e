package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.rule.Rules;

/**
 * Reads the constraints that say where resources may be, and works out the scores of nodes: health,
 * locations, tickets, stickiness, failures, shutdown locks, connectivity. Constraints that name
 * something unknown have no effect.
 */
public final class Constraints {
  private Constraints() {}

  /** Fills the tables of allowed nodes, and enters locations, colocations and tickets. */
  public static void read(Facts facts) {
    Situation situation = facts.situation();
    Rules rules = facts.rules();
    ResourceNames names = new ResourceNames(situation, rules);
    OpeningTables.fill(situation);
    NodeHealth.apply(situation);
    LocationReading locations = new LocationReading(situation, rules, names);
    ColocationReading colocations = new ColocationReading(situation, names);
    TicketReading tickets = new TicketReading(situation, names);
    for (Element constraint : section(situation.configuration, "constraints")) {
      switch (constraint.name()) {
        case "rsc_location" -> locations.read(constraint);
        case "rsc_colocation" -> colocations.read(constraint);
        case "rsc_ticket" -> tickets.read(constraint);
        default -> {}
      }
    }
    new Preferences(facts).apply();
    Connectivity.apply(situation);
    InnerColocations.add(situation);
  }

  private static List<Element> section(Element configuration, String name) {
    List<Element> children = new ArrayList<>();
    for (Element section : configuration.children()) {
      if (section.name().equals(name)) {
        children.addAll(section.children());
      }
    }
    return children;
  }
}
