package org.ringward.core.policy.placement;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Ticket;
import org.ringward.core.policy.model.TicketRule;
import org.ringward.core.policy.model.TicketRule.LossPolicy;

/** rsc_ticket: what may run only while this cluster has a ticket. */
final class TicketReading {
  private final Situation situation;
  private final ResourceNames names;

  TicketReading(Situation situation, ResourceNames names) {
    this.situation = situation;
    this.names = names;
  }

  void read(Element constraint) {
    Attributes attributes = constraint.attributes();
    String id = attributes.get("id", "");
    String name = attributes.get("ticket");
    if (name == null) {
      return;
    }
    Ticket ticket =
        situation.tickets.computeIfAbsent(name, each -> new Ticket(each, false, false, -1));
    String policy = attributes.get("loss-policy");
    String resourceName = attributes.get("rsc");
    if (resourceName != null) {
      List<PolicyResource> resources = names.all(resourceName);
      if (resources != null) {
        Role role = Role.of(attributes.get("rsc-role"));
        resources.forEach(resource -> add(id, resource, ticket, role, policy));
      }
    }
    for (ResourceNames.ResourceSet set : names.sets(constraint.children())) {
      for (PolicyResource resource : set.resources()) {
        add(id, resource, ticket, set.role(), policy);
      }
    }
  }

  private void add(
      String id, PolicyResource resource, Ticket ticket, Role named, @Nullable String policy) {
    Role role = named == Role.STARTED ? Role.UNKNOWN : named;
    TicketRule rule = new TicketRule(id, resource, ticket, role, policy(policy, role));
    resource.tickets.add(rule);
    if (!ticket.granted() || ticket.standby()) {
      apply(rule, resource);
    }
  }

  private LossPolicy policy(@Nullable String name, Role role) {
    return switch (name == null ? "" : name.toLowerCase(Locale.ROOT)) {
      case "stop" -> LossPolicy.STOP;
      case "demote" -> LossPolicy.DEMOTE;
      case "freeze" -> LossPolicy.FREEZE;
      case "fence" -> situation.options.fencingEnabled ? LossPolicy.FENCE : LossPolicy.STOP;
      default -> role == Role.PROMOTED ? LossPolicy.DEMOTE : LossPolicy.STOP;
    };
  }

  private void apply(TicketRule rule, PolicyResource resource) {
    if (!resource.members().isEmpty()) {
      for (PolicyResource member : resource.members()) {
        apply(rule, member);
      }
      return;
    }
    if (!rule.ticket().granted() && !resource.runningOn.isEmpty()) {
      lost(rule, resource);
    } else if (rule.role() != Role.PROMOTED || rule.lossPolicy() == LossPolicy.STOP) {
      ban(rule, resource);
    }
  }

  private void lost(TicketRule rule, PolicyResource resource) {
    switch (rule.lossPolicy()) {
      case STOP -> ban(rule, resource);
      case DEMOTE -> {
        if (rule.role() != Role.PROMOTED) {
          ban(rule, resource);
        }
      }
      case FENCE -> {
        if (resource.role.atLeast(rule.role())) {
          ban(rule, resource);
          for (PolicyNode node : resource.runningOn) {
            node.markUnclean("deadman ticket was lost");
          }
        }
      }
      case FREEZE -> {
        if (resource.role.atLeast(rule.role())) {
          resource.managed = false;
          resource.blocked = true;
        }
      }
    }
  }

  private void ban(TicketRule rule, PolicyResource resource) {
    NodeTables.preferEverywhere(
        situation, resource, -Scores.INFINITY, "ticket " + rule.ticket().id());
  }
}
