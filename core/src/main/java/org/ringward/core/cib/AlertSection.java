package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the configuration's {@code alerts}: which programs are told of which events. */
public final class AlertSection {
  private static final long TIMEOUT_MILLIS = 30_000;
  private static final String FORMAT = "%H:%M:%S.%6N";
  private static final List<String> META = List.of("timeout", "timestamp-format", "enabled");

  private AlertSection() {}

  /** The kinds of events. */
  public enum Kind {
    NODE,
    FENCING,
    RESOURCE
  }

  /**
   * One program and one of its recipients.
   *
   * @param path absolute
   * @param recipient empty for an alert without any
   * @param variables what it finds in its environment besides
   * @param timestampFormat as date(1) has it
   */
  public record Alert(
      String id,
      String path,
      String recipient,
      Map<String, String> variables,
      long timeoutMillis,
      String timestampFormat,
      List<Kind> kinds) {
    public Alert {
      variables = Collections.unmodifiableMap(new TreeMap<>(variables));
      kinds = List.copyOf(kinds);
    }
  }

  /** Every alert that is enabled, once for each of its recipients. */
  public static List<Alert> of(Configuration configuration) {
    List<Alert> alerts = new ArrayList<>();
    for (Element section : configuration.others()) {
      if (section.name().equals("alerts")) {
        section.children().stream()
            .filter(each -> each.name().equals("alert"))
            .forEach(each -> read(each, alerts));
      }
    }
    return alerts;
  }

  private static void read(Element alert, List<Alert> alerts) {
    Map<String, String> meta = pairs(alert, "meta_attributes");
    Map<String, String> variables = pairs(alert, "instance_attributes");
    List<Element> recipients =
        alert.children().stream().filter(each -> each.name().equals("recipient")).toList();
    if (recipients.isEmpty()) {
      add(alert, "", meta, variables, alerts);
    }
    for (Element recipient : recipients) {
      Map<String, String> ownMeta = new LinkedHashMap<>(meta);
      ownMeta.putAll(pairs(recipient, "meta_attributes"));
      Map<String, String> ownVariables = new LinkedHashMap<>(variables);
      ownVariables.putAll(pairs(recipient, "instance_attributes"));
      add(alert, recipient.attributes().get("value", ""), ownMeta, ownVariables, alerts);
    }
  }

  private static void add(
      Element alert,
      String recipient,
      Map<String, String> meta,
      Map<String, String> variables,
      List<Alert> alerts) {
    if (Booleans.isTrue(meta.getOrDefault("enabled", "true"))) {
      alerts.add(
          new Alert(
              alert.attributes().get("id", ""),
              alert.attributes().get("path", ""),
              recipient,
              variables,
              Durations.millis(meta.get("timeout"), TIMEOUT_MILLIS),
              meta.getOrDefault("timestamp-format", FORMAT),
              kinds(alert)));
    }
  }

  /** Without a selection everything but attributes, as in Pacemaker. */
  private static List<Kind> kinds(Element alert) {
    List<Kind> kinds = new ArrayList<>();
    boolean selected = false;
    for (Element select : alert.children()) {
      if (select.name().equals("select")) {
        selected = true;
        for (Element each : select.children()) {
          switch (each.name()) {
            case "select_nodes" -> kinds.add(Kind.NODE);
            case "select_fencing" -> kinds.add(Kind.FENCING);
            case "select_resources" -> kinds.add(Kind.RESOURCE);
            default -> {} // select_attributes: check() says that it has no effect
          }
        }
      }
    }
    return selected ? kinds : List.of(Kind.values());
  }

  /** Of sets without rules; the first value of a name counts. */
  private static Map<String, String> pairs(Element of, String kind) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Element set : of.children()) {
      if (set.name().equals(kind) && !hasRule(set)) {
        for (Element pair : set.children()) {
          if (pair.name().equals("nvpair")) {
            pairs.putIfAbsent(
                pair.attributes().get("name", ""), pair.attributes().get("value", ""));
          }
        }
      }
    }
    return pairs;
  }

  private static boolean hasRule(Element set) {
    return set.children().stream().anyMatch(each -> each.name().equals("rule"));
  }

  // ---- what is wrong ----

  /** Looks for mistakes in the section. */
  static void check(Element section, FindingList findings) {
    for (Element alert : section.children()) {
      if (!alert.name().equals("alert")) {
        findings.error(alert, "alerts has only alert elements");
        continue;
      }
      String path = alert.attributes().get("path", "");
      if (!path.startsWith("/")) {
        findings.error(
            alert,
            "the path of an alert is '" + path + "'; it must be the absolute path of a program");
      }
      sets(alert, findings);
      for (Element child : alert.children()) {
        if (child.name().equals("recipient")) {
          recipient(child, findings);
        } else if (child.name().equals("select")) {
          select(child, findings);
        }
      }
    }
  }

  private static void recipient(Element recipient, FindingList findings) {
    if (!recipient.attributes().has("value")) {
      findings.error(recipient, "a recipient needs a value");
    }
    sets(recipient, findings);
  }

  private static void select(Element select, FindingList findings) {
    for (Element each : select.children()) {
      if (each.name().equals("select_attributes")) {
        findings.warning(each, "changes of node attributes are not told by this version");
      }
    }
  }

  private static void sets(Element of, FindingList findings) {
    for (Element set : of.children()) {
      boolean meta = set.name().equals("meta_attributes");
      if ((meta || set.name().equals("instance_attributes")) && hasRule(set)) {
        findings.warning(set, "a set with a rule has no effect in alerts");
      }
    }
    pairs(of, "meta_attributes")
        .forEach((name, value) -> {
          if (!META.contains(name)) {
            findings.warning(
                of,
                "'" + name + "' is no option of an alert; these are " + String.join(", ", META));
          } else if (name.equals("timeout") && Durations.millis(value).orElse(0) <= 0) {
            findings.error(of, "timeout is '" + value + "'; write a time such as 15s");
          }
        });
    pairs(of, "instance_attributes")
        .keySet()
        .forEach(name -> {
          if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.startsWith("CRM_alert_")) {
            findings.error(of, "'" + name + "' cannot be the name of a variable of the program");
          }
        });
  }
}
