package org.ringward.core.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentMetadata.Parameter;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Booleans;
import org.ringward.core.cib.Durations;
import org.ringward.core.cib.Finding;
import org.ringward.core.cib.Finding.Severity;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.SourceMap;
import org.ringward.core.config.Nearest;

/**
 * What is wrong with the parameters of a fencing device, by what its agent says of itself: names it
 * does not have, values that are not of their type, required ones that are missing, old names. What
 * the manager reads itself (pcmk_...) is the business of CibValidation.
 */
public final class FenceParameters {
  /** The manager says what is to be done, and to which node. */
  private static final List<String> GIVEN = List.of("action", "option", "nodename");

  private static final List<String> PLUGS = List.of("plug", "port");

  /** Integers of agents: ports, retries, ids. */
  private static final String WHOLE = "[+-]?[0-9]{1,18}";

  private static final String SECONDS = "-1|[0-9]{1,9}([.][0-9]{1,9})?";

  private final Primitive device;
  private final AgentMetadata metadata;
  private final SourceMap sources;
  private final List<Finding> findings = new ArrayList<>();

  private FenceParameters(Primitive device, AgentMetadata metadata, SourceMap sources) {
    this.device = device;
    this.metadata = metadata;
    this.sources = sources;
  }

  /**
   * Everything there is to say, in the order of the parameters; what is missing comes last.
   *
   * @param device a primitive of class stonith
   * @param metadata of its agent
   * @param sources the lines of the parameters, from the reader
   */
  public static List<Finding> check(Primitive device, AgentMetadata metadata, SourceMap sources) {
    FenceParameters check = new FenceParameters(device, metadata, sources);
    check.run();
    return List.copyOf(check.findings);
  }

  private void run() {
    Map<String, String> given = new TreeMap<>();
    for (AttributeSet set : device.sets()) {
      if (set.element().equals("instance_attributes")) {
        for (Nvpair pair : set.pairs()) {
          given.putIfAbsent(pair.name(), pair.value());
          parameter(pair);
        }
      }
    }
    for (Parameter each : metadata.parameters()) {
      if (isMissing(each, given)) {
        add(
            Severity.ERROR,
            device.attributes(),
            "device %s: %s needs the parameter %s%s"
                .formatted(device.id(), device.type(), each.name(), described(each)));
      }
    }
  }

  private static String described(Parameter parameter) {
    String text = parameter.shortDescription();
    return text.isEmpty() ? "" : " (" + text + ")";
  }

  private boolean isMissing(Parameter parameter, Map<String, String> given) {
    boolean asked = parameter.required() && !parameter.deprecated();
    boolean supplied =
        parameter.defaultValue() != null
            || GIVEN.contains(parameter.name())
            || (PLUGS.contains(parameter.name())
                && !"none".equals(given.get("pcmk_host_argument")));
    Predicate<String> known = given::containsKey;
    return asked
        && !supplied
        && !known.test(parameter.name())
        && parameter.obsoletes().stream().noneMatch(known);
  }

  private void parameter(Nvpair pair) {
    String name = pair.name();
    Parameter parameter = metadata.parameter(name);
    if (parameter == null) {
      // Every agent takes the name of the node, and those that do not know it leave it.
      if (!name.startsWith("pcmk_") && !GIVEN.contains(name)) {
        unknown(pair);
      }
      return;
    }
    String problem = problem(parameter, pair.value());
    if (problem != null) {
      add(
          Severity.ERROR,
          pair.attributes(),
          "device %s: %s of %s is \"%s\"; allowed %s"
              .formatted(device.id(), name, device.type(), pair.value(), problem));
    } else if (parameter.deprecated()) {
      deprecated(pair);
    }
  }

  private void deprecated(Nvpair pair) {
    for (Parameter each : metadata.parameters()) {
      if (each.obsoletes().contains(pair.name())) {
        add(
            Severity.NOTE,
            pair.attributes(),
            "device %s: %s is an old name of %s of %s"
                .formatted(device.id(), pair.name(), each.name(), device.type()));
      }
    }
  }

  /** What is close to a known name is a typing error. */
  private void unknown(Nvpair pair) {
    List<String> names = metadata.parameters().stream().map(Parameter::name).toList();
    String nearest = Nearest.of(pair.name(), names);
    String hint = nearest == null ? "" : ", did you mean " + nearest + "?";
    add(
        nearest == null ? Severity.WARNING : Severity.ERROR,
        pair.attributes(),
        "device %s: %s has no parameter %s%s"
            .formatted(device.id(), device.type(), pair.name(), hint));
  }

  /** What is allowed, when the value is not; null when it is. */
  private static @Nullable String problem(Parameter parameter, String value) {
    String text = value.strip();
    return switch (parameter.type()) {
      case "boolean" -> Booleans.parse(text).isEmpty() ? "are true and false" : null;
      case "integer" -> text.matches(WHOLE) ? null : "is a whole number";
      case "second", "time" ->
          text.matches(SECONDS) || Durations.millis(text).isPresent()
              ? null
              : "is a number of seconds";
      case "select" ->
          parameter.choices().isEmpty() || parameter.choices().contains(value)
              ? null
              : "are " + String.join(", ", parameter.choices());
      default -> null;
    };
  }

  private void add(Severity severity, Attributes where, String sentence) {
    findings.add(
        new Finding(
            severity, sources.file(), sources.line(where), "primitive " + device.id(), sentence));
  }
}
