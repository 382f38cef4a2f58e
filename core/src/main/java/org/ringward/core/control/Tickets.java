package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Constraint;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.Status;
import org.ringward.core.cib.TicketConstraint;

/** Orders about tickets: they are kept in the status, as Pacemaker's are, in its form. */
final class Tickets {
  private static final String SECTION = "tickets";

  private Tickets() {}

  /**
   * @param order with ticket, and granted or standby as true or false
   */
  static OperatorOrders.Outcome applied(ClusterState state, ClusterMessage.OperatorOrder order) {
    String ticket = order.options().getOrDefault("ticket", "");
    requireUsed(state, ticket);
    Attributes changed = existing(state, ticket);
    String said;
    String granted = order.options().get("granted");
    String standby = order.options().get("standby");
    if (granted != null) {
      boolean on = granted.equals("true");
      changed = changed.with("granted", Boolean.toString(on));
      if (on) {
        changed = changed.with("last-granted", Long.toString(order.wallMillis() / 1000));
      }
      said = "ticket " + ticket + (on ? " is granted" : " is revoked");
    } else if (standby != null) {
      boolean on = standby.equals("true");
      changed = changed.with("standby", Boolean.toString(on));
      said = "ticket " + ticket + (on ? " is in standby" : " is active");
    } else {
      throw new OperatorException(
          ExitCode.USAGE, "nothing is said of the ticket; granted or standby is missing");
    }
    return new OperatorOrders.Outcome(state.withStatus(with(state, ticket, changed)), 0, said);
  }

  /** A ticket that nothing needs is most likely a misspelled one. */
  private static void requireUsed(ClusterState state, String ticket) {
    List<String> used = new ArrayList<>();
    for (Constraint each : state.cib().configuration().constraints()) {
      if (each instanceof TicketConstraint constraint) {
        used.add(constraint.attributes().get("ticket", ""));
      }
    }
    if (!used.contains(ticket)) {
      throw Known.unknown("constraint that needs the ticket", ticket, used);
    }
  }

  private static Attributes existing(ClusterState state, String ticket) {
    for (Element section : state.cib().status().others()) {
      if (section.name().equals(SECTION)) {
        for (Element each : section.children()) {
          if (ticket.equals(each.attributes().get("id"))) {
            return each.attributes();
          }
        }
      }
    }
    return Attributes.of("id", ticket, "granted", "false");
  }

  private static Status with(ClusterState state, String ticket, Attributes changed) {
    List<Element> others = new ArrayList<>(state.cib().status().others());
    List<Element> tickets = new ArrayList<>();
    int place = others.size();
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).name().equals(SECTION)) {
        tickets.addAll(others.get(i).children());
        place = i;
      }
    }
    tickets.removeIf(each -> ticket.equals(each.attributes().get("id")));
    tickets.add(Element.of("ticket_state", changed, List.of()));
    Element section = Element.of(SECTION, Attributes.NONE, tickets);
    if (place == others.size()) {
      others.add(section);
    } else {
      others.set(place, section);
    }
    return new Status(state.cib().status().nodes(), others);
  }
}
