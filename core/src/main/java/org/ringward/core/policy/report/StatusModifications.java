package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.cib.Status;
import org.ringward.core.policy.model.Values;

/** Enters what a person made up into a cib: nodes, tickets, quorum, results of operations. */
public final class StatusModifications {
  private static final String ORIGIN = "ringward-simulate";
  private static final String SOURCE = "00000000-0000-0000-0000-000000000000";

  private final long now;
  private final List<String> lines = new ArrayList<>();
  private Cib cib;

  private StatusModifications(Cib cib, long now) {
    this.cib = cib;
    this.now = now;
  }

  /** The changed cib and what was done, one line each without indentation. */
  public record Result(Cib cib, List<String> lines) {}

  /**
   * Enters all modifications, in the order of their kinds.
   *
   * @throws OperatorException for a node or resource that does not exist
   */
  public static Result apply(Cib cib, List<StatusModification> modifications, long now) {
    StatusModifications work = new StatusModifications(cib, now);
    modifications.stream()
        .sorted(Comparator.comparing(StatusModification::kind))
        .forEach(work::enter);
    return new Result(work.cib, List.copyOf(work.lines));
  }

  private void enter(StatusModification each) {
    String subject = each.subject();
    switch (each.kind()) {
      case QUORUM -> {
        lines.add("Setting quorum: " + subject);
        cib = cib.withQuorum(Values.truth(subject, false));
      }
      case WATCHDOG -> {
        lines.add("Setting watchdog: " + subject);
        String value = Boolean.toString(Values.truth(subject, !subject.isEmpty()));
        cib = cib.withConfiguration(cib.configuration().withProperty("have-watchdog", value));
      }
      case NODE_UP -> nodeUp(subject);
      case NODE_DOWN -> nodeDown(subject);
      case NODE_FAIL -> nodeFail(subject);
      case TICKET_GRANT -> ticket("Granting ticket " + subject, subject, "granted", "true");
      case TICKET_REVOKE -> ticket("Revoking ticket " + subject, subject, "granted", "false");
      case TICKET_STANDBY ->
          ticket("Making ticket " + subject + " standby", subject, "standby", "true");
      case TICKET_ACTIVATE -> ticket("Activating ticket " + subject, subject, "standby", "false");
      case OPERATION -> operation(subject);
    }
  }

  // nodes

  private void nodeUp(String name) {
    lines.add("Bringing node " + name + " online");
    put(joined(state(name), "true", "online", "member", "member"));
  }

  /** It left in order: what it knew is gone with it. */
  private void nodeDown(String name) {
    lines.add("Taking node " + name + " offline");
    NodeState down = joined(state(name), "false", "offline", "down", "down");
    put(new NodeState(down.attributes(), List.of(), List.of(), List.of()));
  }

  /** It is no member any more although it should be: that makes it unclean. */
  private void nodeFail(String name) {
    lines.add("Failing node " + name);
    put(joined(state(name), "false", "online", "member", "member"));
  }

  private static NodeState joined(
      NodeState state, String inCcm, String crmd, String join, String expected) {
    return state
        .withAttribute("in_ccm", inCcm)
        .withAttribute("crmd", crmd)
        .withAttribute("join", join)
        .withAttribute("expected", expected)
        .withAttribute("crm-debug-origin", ORIGIN);
  }

  private void put(NodeState state) {
    cib = cib.withStatus(cib.status().withNode(state));
  }

  private NodeState state(String name) {
    NodeState state = cib.status().node(name);
    if (state != null) {
      return state;
    }
    NodeEntry entry = cib.configuration().node(name);
    if (entry == null) {
      throw new OperatorException(
          ExitCode.NO_SUCH_OBJECT, "There is no node %s in the cluster.".formatted(name));
    }
    return NodeState.of(entry.id(), entry.uname());
  }

  // tickets

  private void ticket(String line, String id, String attribute, String value) {
    lines.add(line);
    List<Element> others = new ArrayList<>(cib.status().others());
    Element section = Element.of("tickets", Attributes.NONE, List.of());
    int place = others.size();
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).name().equals("tickets")) {
        section = others.get(i);
        place = i;
      }
    }
    Element changed = withTicket(section, id, attribute, value);
    if (place == others.size()) {
      others.add(changed);
    } else {
      others.set(place, changed);
    }
    cib = cib.withStatus(new Status(cib.status().nodes(), others));
  }

  private Element withTicket(Element section, String id, String attribute, String value) {
    List<Element> states = new ArrayList<>(section.children());
    Element state = Element.of("ticket_state", Attributes.of("id", id), List.of());
    int place = states.size();
    for (int i = 0; i < states.size(); i++) {
      if (states.get(i).attributes().get("id", "").equals(id)) {
        state = states.get(i);
        place = i;
      }
    }
    Attributes attributes = state.attributes().with(attribute, value);
    if (attribute.equals("granted") && value.equals("true")) {
      attributes = attributes.with("last-granted", Long.toString(now));
    }
    Element changed = Element.of("ticket_state", attributes, state.children());
    if (place == states.size()) {
      states.add(changed);
    } else {
      states.set(place, changed);
    }
    return Element.of("tickets", section.attributes(), states);
  }

  // operations

  private void operation(String text) {
    OperationSpec spec = OperationSpec.parse(text);
    if (spec == null) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' is no operation; write RESOURCE_TASK_INTERVALMS@NODE=EXITCODE, such as vip_monitor_10000@n1=7."
              .formatted(text));
    }
    lines.add("Injecting " + text + " into the configuration");
    put(withResult(state(spec.node()), spec));
    if (spec.isFailure()) {
      countFailure(spec);
    }
  }

  private void countFailure(OperationSpec spec) {
    String suffix = plain(spec.resource()) + "#" + spec.task() + "_" + spec.intervalMs();
    NodeState state = state(spec.node());
    String name = "fail-count-" + suffix;
    int count = Values.score(state.transientAttribute(name), 0) + 1;
    String failure = "last-failure-" + suffix;
    lines.add("Injecting attribute " + name + "=value++ into /node_state '" + state.id() + "'");
    lines.add(
        "Injecting attribute " + failure + "=" + now + " into /node_state '" + state.id() + "'");
    put(
        state
            .withTransientAttribute(name, Integer.toString(count))
            .withTransientAttribute(failure, Long.toString(now)));
  }

  private NodeState withResult(NodeState state, OperationSpec spec) {
    ResourceHistory history = state.history(spec.resource());
    if (history == null) {
      history = state.history(plain(spec.resource()));
    }
    if (history == null) {
      history = newHistory(spec.resource());
    }
    int call = 1;
    for (OperationRecord each : history.operations()) {
      call = Math.max(call, each.callId() + 1);
    }
    String id = history.id() + "_last_0";
    if (spec.intervalMs() > 0) {
      id = history.id() + "_" + spec.task() + "_" + spec.intervalMs();
    }
    if (!spec.isFailure() || spec.intervalMs() == 0) {
      history = history.with(record(id, history.id(), spec, call, state.uname()));
    }
    if (spec.isFailure()) {
      String failed = history.id() + "_last_failure_0";
      history = history.with(record(failed, history.id(), spec, call, state.uname()));
    }
    return state.withHistory(history);
  }

  private ResourceHistory newHistory(String resource) {
    Element element = find(CibXml.toElement(cib.configuration()), plain(resource));
    if (element == null) {
      throw new OperatorException(
          ExitCode.NO_SUCH_OBJECT, "There is no resource %s.".formatted(resource));
    }
    String template = element.attributes().get("template");
    Element agent =
        template == null ? element : find(CibXml.toElement(cib.configuration()), template);
    Attributes attributes = Attributes.of("id", plain(resource));
    for (String name : List.of("class", "provider", "type")) {
      String value = agent == null ? null : agent.attributes().get(name);
      attributes = value == null ? attributes : attributes.with(name, value);
    }
    return new ResourceHistory(attributes, List.of(), List.of());
  }

  private static @Nullable Element find(Element element, String id) {
    boolean kind = element.name().equals("primitive") || element.name().equals("template");
    if (kind && element.attributes().get("id", "").equals(id)) {
      return element;
    }
    for (Element child : element.children()) {
      Element found = find(child, id);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Histories of anonymous clones have the name without the number. */
  private static String plain(String resource) {
    int colon = resource.lastIndexOf(':');
    return colon < 0 ? resource : resource.substring(0, colon);
  }

  private OperationRecord record(
      String id, String resource, OperationSpec spec, int call, String node) {
    String transition = call + ":-1:" + spec.expectedExitCode() + ":" + SOURCE;
    return new OperationRecord(
        Attributes.of(
            "id",
            id,
            "operation_key",
            resource + "_" + spec.task() + "_" + spec.intervalMs(),
            "operation",
            spec.task(),
            "crm-debug-origin",
            ORIGIN,
            "transition-key",
            transition,
            "transition-magic",
            "0:" + spec.exitCode() + ";" + transition,
            "exit-reason",
            spec.isFailure() ? "Simulated action result" : "",
            "on_node",
            node,
            "call-id",
            Integer.toString(call),
            "rc-code",
            Integer.toString(spec.exitCode()),
            "op-status",
            "0",
            "interval",
            Long.toString(spec.intervalMs()),
            "last-rc-change",
            Long.toString(now),
            "exec-time",
            "0",
            "queue-time",
            "0"));
  }
}
