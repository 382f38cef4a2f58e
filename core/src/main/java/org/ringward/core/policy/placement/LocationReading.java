package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.LocationPreference;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PolicyResource.Discovery;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;
import org.ringward.core.policy.rule.RuleInput;
import org.ringward.core.policy.rule.Rules;

/** rsc_location: how much a resource likes or dislikes nodes. */
final class LocationReading {
  private final Situation situation;
  private final Rules rules;
  private final ResourceNames names;

  LocationReading(Situation situation, Rules rules, ResourceNames names) {
    this.situation = situation;
    this.rules = rules;
    this.names = names;
  }

  /**
   * What one constraint says to one resource.
   *
   * @param groups what its pattern matched
   */
  private record Subject(
      Element constraint,
      PolicyResource resource,
      @Nullable String role,
      @Nullable String score,
      List<String> groups) {}

  void read(Element constraint) {
    Attributes attributes = constraint.attributes();
    String name = attributes.get("rsc");
    String pattern = attributes.get("rsc-pattern");
    if (name != null) {
      List<PolicyResource> resources = names.all(name);
      if (resources == null) {
        return;
      }
      for (PolicyResource resource : resources) {
        read(subject(constraint, resource, List.of()));
      }
    } else if (pattern != null) {
      readPattern(constraint, pattern);
    }
    for (ResourceNames.ResourceSet set : names.sets(constraint.children())) {
      Attributes own = set.element().attributes();
      for (PolicyResource resource : set.resources()) {
        String role = own.get("role", attributes.get("role", ""));
        String score = own.get("score", attributes.get("score", ""));
        read(
            new Subject(
                constraint,
                resource,
                role.isEmpty() ? null : role,
                score.isEmpty() ? null : score,
                List.of()));
      }
    }
  }

  private static Subject subject(Element constraint, PolicyResource resource, List<String> groups) {
    Attributes attributes = constraint.attributes();
    return new Subject(
        constraint, resource, attributes.get("role"), attributes.get("score"), groups);
  }

  /** A pattern is searched for in the ids of the outer resources; a ! in front inverts it. */
  private void readPattern(Element constraint, String text) {
    boolean inverted = text.startsWith("!");
    Pattern pattern;
    try {
      pattern = Pattern.compile(inverted ? text.substring(1) : text);
    } catch (PatternSyntaxException _) {
      return;
    }
    for (PolicyResource resource : situation.resources) {
      Matcher matcher = pattern.matcher(resource.id);
      if (matcher.find() != inverted) {
        read(subject(constraint, resource, inverted ? List.of() : groups(matcher)));
      }
    }
  }

  private static List<String> groups(Matcher matcher) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i <= matcher.groupCount(); i++) {
      String group = matcher.group(i);
      groups.add(group == null ? "" : group);
    }
    return groups;
  }

  private void read(Subject subject) {
    Attributes attributes = subject.constraint.attributes();
    String nodeName = attributes.get("node");
    Discovery discovery = discovery(attributes.get("resource-discovery"));
    String id = attributes.get("id", "");
    if (nodeName != null) {
      PolicyNode node = situation.nodeByName(nodeName);
      if (node != null) {
        int score = Values.score(subject.score, 0);
        add(subject, id, role(subject.role), Collections.singletonMap(node, score), discovery);
      }
      return;
    }
    for (Element child : subject.constraint.children()) {
      Element rule = child.name().equals("rule") ? rules.resolve(child) : null;
      if (rule != null) {
        readRule(subject, rule, discovery);
      }
    }
  }

  private void readRule(Subject subject, Element rule, @Nullable Discovery discovery) {
    Attributes attributes = rule.attributes();
    String roleName = attributes.get("role");
    Role role = role(roleName != null ? roleName : subject.role);
    RuleInput input =
        RuleInput.NONE
            .withRole(Role.of(roleName))
            .withValues(Map.of(), subject.resource.meta)
            .withGroups(subject.groups);
    boolean asksParameters = asksParameters(rule);
    Map<PolicyNode, Integer> scores = new LinkedHashMap<>();
    for (PolicyNode node : situation.nodes) {
      RuleInput here = input.withNode(node);
      if (asksParameters) {
        here = here.withValues(parameters(subject.resource, node), subject.resource.meta);
      }
      if (rules.holds(rule, here)) {
        scores.put(node, score(subject, attributes, node));
      }
    }
    if (!scores.isEmpty()) {
      add(subject, attributes.get("id", ""), role, scores, discovery);
    }
  }

  private static boolean asksParameters(Element rule) {
    if ("param".equals(rule.attributes().get("value-source"))) {
      return true;
    }
    for (Element child : rule.children()) {
      if (asksParameters(child)) {
        return true;
      }
    }
    return false;
  }

  /** Parameters as they are on one node. */
  private Map<String, String> parameters(PolicyResource resource, PolicyNode node) {
    return rules.values(resource.element, "instance_attributes", RuleInput.NONE.withNode(node));
  }

  private static int score(Subject subject, Attributes rule, PolicyNode node) {
    String fixed = rule.get("score");
    String attribute = rule.get("score-attribute");
    if (fixed != null || attribute == null) {
      return Values.score(fixed == null ? subject.score : fixed, 0);
    }
    String value = node.attributes.get(expand(attribute, subject.groups));
    return value == null ? -Scores.INFINITY : Values.score(value, 0);
  }

  /** Fills in what the pattern of the constraint matched: %0 the whole, %1 the first group. */
  private static String expand(String text, List<String> groups) {
    if (groups.isEmpty() || text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int number = c == '%' && i + 1 < text.length() ? text.charAt(i + 1) - '0' : -1;
      if (number >= 0 && number <= 9) {
        result.append(number < groups.size() ? groups.get(number) : "");
        i++;
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  /** Whatever is to be promoted has to run first, so only promotion has rules of its own. */
  private static Role role(@Nullable String name) {
    Role role = Role.of(name);
    return role == Role.PROMOTED || role == Role.STOPPED ? role : Role.UNKNOWN;
  }

  private static @Nullable Discovery discovery(@Nullable String text) {
    return switch (text == null ? "always" : text) {
      case "never" -> Discovery.NEVER;
      case "exclusive" -> Discovery.EXCLUSIVE;
      default -> null;
    };
  }

  private void add(
      Subject subject,
      String id,
      Role role,
      Map<PolicyNode, Integer> scores,
      @Nullable Discovery discovery) {
    String source = subject.constraint.attributes().get("id", "");
    LocationPreference preference = new LocationPreference(id, role, scores, source);
    subject.resource.locations.add(preference);
    Preferences.add(situation, subject.resource, preference, discovery);
  }
}
