package org.ringward.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;

/**
 * Decides rules made of node attribute expressions and nested rules. What it cannot decide (dates,
 * resource and operation expressions) makes the rule not hold and is noted as a warning.
 */
final class RuleEvaluator {
  private final Warnings warnings;

  RuleEvaluator(Warnings warnings) {
    this.warnings = warnings;
  }

  /** Whether the rule holds for the node; without a node only what needs none can hold. */
  boolean holds(Element rule, @Nullable ClusterNode node) {
    boolean any = "or".equalsIgnoreCase(rule.attributes().get("boolean-op", "and"));
    boolean result = !any;
    boolean empty = true;
    for (Element part : rule.children()) {
      boolean holds =
          switch (part.name()) {
            case "rule" -> holds(part, node);
            case "expression" -> node != null && expression(part, node);
            default -> {
              warnings.add(
                  "rule "
                      + rule.attributes().get("id", "?")
                      + ": <"
                      + part.name()
                      + "> is not evaluated yet, the rule is taken as not fulfilled");
              yield false;
            }
          };
      empty = false;
      if (any ? holds : !holds) {
        return any;
      }
    }
    return empty || result;
  }

  private static boolean expression(Element expression, ClusterNode node) {
    String actual = node.attributes.get(expression.attributes().get("attribute", ""));
    String operation = expression.attributes().get("operation", "");
    if (operation.equals("defined")) {
      return actual != null;
    }
    if (operation.equals("not_defined")) {
      return actual == null;
    }
    String wanted = expression.attributes().get("value", "");
    if (actual == null) {
      return operation.equals("ne");
    }
    int order = compare(actual, wanted, type(expression, operation));
    return switch (operation) {
      case "eq" -> order == 0;
      case "ne" -> order != 0;
      case "lt" -> order < 0;
      case "lte" -> order <= 0;
      case "gt" -> order > 0;
      case "gte" -> order >= 0;
      default -> false;
    };
  }

  private static String type(Element expression, String operation) {
    String type = expression.attributes().get("type");
    if (type != null) {
      return type;
    }
    boolean ordered = List.of("lt", "lte", "gt", "gte").contains(operation);
    return ordered ? "number" : "string";
  }

  private static int compare(String actual, String wanted, String type) {
    return switch (type) {
      case "number", "integer" -> {
        Double left = decimal(actual);
        Double right = decimal(wanted);
        yield left == null || right == null ? actual.compareTo(wanted) : left.compareTo(right);
      }
      case "version" -> compareVersions(actual, wanted);
      default -> actual.compareToIgnoreCase(wanted);
    };
  }

  private static @Nullable Double decimal(String text) {
    try {
      return Double.valueOf(text.trim());
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static int compareVersions(String a, String b) {
    int left = 0;
    int right = 0;
    while (left < a.length() || right < b.length()) {
      long x = 0;
      while (left < a.length() && Character.isDigit(a.charAt(left))) {
        x = Math.min(x * 10 + (a.charAt(left++) - '0'), Integer.MAX_VALUE);
      }
      long y = 0;
      while (right < b.length() && Character.isDigit(b.charAt(right))) {
        y = Math.min(y * 10 + (b.charAt(right++) - '0'), Integer.MAX_VALUE);
      }
      if (x != y) {
        return Long.compare(x, y);
      }
      left++;
      right++;
    }
    return 0;
  }
}
