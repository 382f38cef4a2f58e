package org.ringward.core.agent;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Durations;

/**
 * What an agent says about itself: OCF meta-data and the metadata of fence agents
 * (reference/ecosystem.md, A3 and A4).
 */
public record AgentMetadata(
    String name,
    String version,
    String shortDescription,
    String longDescription,
    List<Parameter> parameters,
    List<Action> actions) {

  /** Longest text that is read; the largest known agents have about 100 kB. */
  private static final int LENGTH_MAX = 2_000_000;

  /**
   * A parameter.
   *
   * @param unique no two resources may have the same value (together with others of its group)
   * @param reloadable may be changed without a restart
   * @param type string, integer, boolean, select, time ... as the agent says
   * @param defaultValue null when there is none
   * @param choices the values of a select
   * @param obsoletes old names of the same, which fence agents still take
   */
  public record Parameter(
      String name,
      boolean required,
      boolean unique,
      boolean reloadable,
      boolean deprecated,
      String type,
      @Nullable String defaultValue,
      String shortDescription,
      List<String> choices,
      List<String> obsoletes) {
    public Parameter {
      choices = List.copyOf(choices);
      obsoletes = List.copyOf(obsoletes);
    }
  }

  /**
   * An action; times are hints of the agent's author, in milliseconds.
   *
   * @param depth check level of a monitor, 0 for the others
   */
  public record Action(
      String name,
      OptionalLong timeoutMillis,
      OptionalLong intervalMillis,
      OptionalLong startDelayMillis,
      int depth,
      @Nullable String role,
      boolean automatic,
      boolean onTarget) {}

  public AgentMetadata {
    parameters = List.copyOf(parameters);
    actions = List.copyOf(actions);
  }

  /** The parameter of that name, null when the agent has none. */
  public @Nullable Parameter parameter(String name) {
    return parameters.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  /** Whether the agent offers the action. */
  public boolean offers(String action) {
    return actions.stream().anyMatch(each -> each.name().equals(action));
  }

  /**
   * Reads metadata.
   *
   * @throws OperatorException when it is not metadata of an agent, naming the line
   */
  public static AgentMetadata parse(String xml) {
    if (xml.length() > LENGTH_MAX) {
      throw refused("it is longer than " + LENGTH_MAX + " characters");
    }
    try {
      return new Reading(reader(xml)).document();
    } catch (XMLStreamException e) {
      throw refused(
          "line %d: %s"
              .formatted(
                  e.getLocation() == null ? 0 : e.getLocation().getLineNumber(),
                  String.valueOf(e.getMessage()).lines().reduce((_, last) -> last).orElse("")));
    }
  }

  private static XMLStreamReader reader(String xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // Some agents print an empty line before the XML declaration.
    return factory.createXMLStreamReader(new StringReader(xml.strip()));
  }

  private static OperatorException refused(String why) {
    return new OperatorException(
        ExitCode.DATA_ERROR, "The metadata of the agent cannot be read: " + why + ".");
  }

  private static final class Reading {
    private final XMLStreamReader reader;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private String shortDescription = "";
    private String longDescription = "";
    private String version = "";

    Reading(XMLStreamReader reader) {
      this.reader = reader;
    }

    AgentMetadata document() throws XMLStreamException {
      // Not nextTag(): a document type may come first.
      int event = reader.next();
      while (event != XMLStreamConstants.START_ELEMENT) {
        event = reader.next();
      }
      if (!reader.getLocalName().equals("resource-agent")) {
        throw refused("it begins with <" + reader.getLocalName() + ">, not <resource-agent>");
      }
      String name = attribute("name", "");
      version = attribute("version", "");
      shortDescription = attribute("shortdesc", "");
      while (nextChild()) {
        switch (reader.getLocalName()) {
          case "version" -> version = text();
          case "longdesc" -> longDescription = text();
          case "shortdesc" -> shortDescription = text();
          case "parameters" -> parameters();
          case "actions" -> actions();
          default -> skip();
        }
      }
      return new AgentMetadata(
          name, version, shortDescription, longDescription, parameters, actions);
    }

    private void parameters() throws XMLStreamException {
      while (nextChild()) {
        if (reader.getLocalName().equals("parameter")) {
          parameters.add(parameter());
        } else {
          skip();
        }
      }
    }

    private Parameter parameter() throws XMLStreamException {
      String name = attribute("name", "");
      boolean required = yes("required");
      // OCF 1.1 puts a group's name where 1.0 had a flag.
      boolean unique = yes("unique") || !attribute("unique-group", "").isEmpty();
      boolean reloadable = yes("reloadable");
      boolean deprecated = yes("deprecated");
      List<String> obsoletes = words(attribute("obsoletes", ""));
      String type = "string";
      String defaultValue = null;
      String described = "";
      List<String> choices = new ArrayList<>();
      while (nextChild()) {
        switch (reader.getLocalName()) {
          case "content" -> {
            type = attribute("type", "string");
            defaultValue = reader.getAttributeValue(null, "default");
            choices.addAll(choices());
          }
          case "shortdesc" -> described = text();
          case "deprecated" -> {
            deprecated = true;
            skip();
          }
          default -> skip();
        }
      }
      return new Parameter(
          name,
          required,
          unique,
          reloadable,
          deprecated,
          type,
          defaultValue,
          described,
          choices,
          obsoletes);
    }

    private static List<String> words(String text) {
      return Stream.of(text.split("[\\s,]+", -1)).filter(word -> !word.isEmpty()).toList();
    }

    private List<String> choices() throws XMLStreamException {
      List<String> choices = new ArrayList<>();
      while (nextChild()) {
        if (reader.getLocalName().equals("option")) {
          choices.add(attribute("value", ""));
        }
        skip();
      }
      return choices;
    }

    private void actions() throws XMLStreamException {
      while (nextChild()) {
        if (reader.getLocalName().equals("action")) {
          String depth = attribute("depth", "0");
          actions.add(
              new Action(
                  attribute("name", ""),
                  time("timeout"),
                  time("interval"),
                  time("start-delay"),
                  depth.matches("[0-9]{1,4}") ? Integer.parseInt(depth) : 0,
                  reader.getAttributeValue(null, "role"),
                  yes("automatic"),
                  yes("on_target")));
        }
        skip();
      }
    }

    private OptionalLong time(String name) {
      return Durations.millis(attribute(name, ""));
    }

    private boolean yes(String name) {
      return switch (attribute(name, "0").toLowerCase(Locale.ROOT)) {
        case "1", "yes", "y", "true", "on" -> true;
        default -> false;
      };
    }

    private String attribute(String name, String otherwise) {
      String value = reader.getAttributeValue(null, name);
      return value == null ? otherwise : value;
    }

    /** Goes to the next child element; false at the end of the current element. */
    private boolean nextChild() throws XMLStreamException {
      while (true) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            return true;
          }
          case XMLStreamConstants.END_ELEMENT -> {
            return false;
          }
          default -> {}
        }
      }
    }

    /** All text of the current element, its children's markup left out. */
    private String text() throws XMLStreamException {
      StringBuilder text = new StringBuilder();
      int depth = 1;
      while (depth > 0) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> depth++;
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              text.append(reader.getText());
          default -> {}
        }
      }
      return text.toString().strip();
    }

    private void skip() throws XMLStreamException {
      text();
    }
  }
}
