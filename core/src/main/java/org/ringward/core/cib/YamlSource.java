package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.Nearest;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML document as a tree that knows its lines; every complaint names file, line and key. Values
 * are taken as they are written, whatever type YAML would give them. Nesting is bounded, and so is
 * what aliases may add up to.
 */
final class YamlSource {
  static final int DEPTH_MAX = 50;
  private static final int SHOWN_MAX = 60;
  private static final int VISITS_MAX = 1_000_000;
  private static final String CORE_TAGS = "tag:yaml.org,2002:";

  private final String fileName;
  private int visits;

  YamlSource(String fileName) {
    this.fileName = fileName;
  }

  /** The only document, null when the text has none. */
  @Nullable Node document(String text) {
    LoadSettings load = LoadSettings.builder().setUseMarks(true).setLabel(fileName).build();
    try {
      checkDepth(new Parse(load).parseString(text));
      Optional<Node> root = new Compose(load).composeString(text);
      return root.orElse(null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw refuse(line, "not YAML: " + oneLine(e.getProblem()));
    } catch (YamlEngineException | NumberFormatException e) {
      // The parser lets the last one escape for a broken \x escape.
      throw refuse(1, "not YAML: " + oneLine(String.valueOf(e.getMessage())));
    }
  }

  /** Composing is recursive, walking over events is not: so depth is looked at first. */
  private void checkDepth(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > DEPTH_MAX) {
        int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        throw refuse(line, "nested more than " + DEPTH_MAX + " deep");
      }
    }
  }

  /** A mapping in which only those keys may appear, each once. */
  Fields fields(String label, Node node, List<String> allowed) {
    Fields fields = anyFields(label, node);
    for (Map.Entry<String, NodeTuple> each : fields.entries().entrySet()) {
      if (!allowed.contains(each.getKey())) {
        throw unknownKey(line(each.getValue().getKeyNode()), label, each.getKey(), allowed);
      }
    }
    return fields;
  }

  OperatorException unknownKey(int line, String label, String key, List<String> allowed) {
    String nearest = Nearest.of(key, allowed);
    String guess = nearest == null ? "" : ", did you mean \"" + nearest + "\"?";
    return refuse(
        line,
        "unknown key \""
            + key
            + "\" in "
            + label
            + guess
            + "; allowed: "
            + String.join(", ", allowed));
  }

  /** A mapping with any keys, each once. */
  Fields anyFields(String label, Node node) {
    visit(node);
    if (!(node instanceof MappingNode mapping)) {
      throw refuse(line(node), label + " must be \"key: value\" lines, found " + kind(node));
    }
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      if (!(keyNode instanceof ScalarNode scalar) || scalar.getValue().isEmpty()) {
        throw refuse(
            line(keyNode), "a key in " + label + " must be a word, found " + kind(keyNode));
      }
      NodeTuple before = entries.put(scalar.getValue(), tuple);
      if (before != null) {
        throw refuse(
            line(keyNode),
            "key \""
                + scalar.getValue()
                + "\" is given twice in "
                + label
                + ", first in line "
                + line(before.getKeyNode()));
      }
    }
    return new Fields(this, label, line(node), entries);
  }

  List<Node> list(String label, Node node) {
    visit(node);
    if (!(node instanceof SequenceNode sequence)) {
      throw refuse(line(node), label + " must be a list, found " + kind(node));
    }
    return sequence.getValue();
  }

  /** A value as it is written; none at all is refused, an empty one must be quoted. */
  String text(String label, Node node) {
    visit(node);
    if (!(node instanceof ScalarNode scalar)) {
      throw refuse(line(node), label + " must be one value, found " + kind(node));
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      throw refuse(line(node), label + " has no value; write \"\" when an empty value is meant");
    }
    return scalar.getValue();
  }

  /** A mapping of names to values. */
  Map<String, String> texts(String label, Node node) {
    Map<String, String> texts = new LinkedHashMap<>();
    anyFields(label, node)
        .entries()
        .forEach((name, tuple) -> texts.put(name, text(label + " " + name, tuple.getValueNode())));
    return texts;
  }

  /** Counts what is looked at, so that aliases of aliases come to an end. */
  void visit(Node node) {
    if (++visits > VISITS_MAX) {
      throw refuse(line(node), "aliases add up to more than " + VISITS_MAX + " values");
    }
    if (!node.getTag().getValue().startsWith(CORE_TAGS)) {
      throw refuse(line(node), "the tag " + node.getTag().getValue() + " is not allowed");
    }
  }

  /** A complaint about a line, counted from 1. */
  OperatorException refuse(int line, String sentence) {
    return new OperatorException(
        ExitCode.CONFIGURATION, fileName + ":" + line + ": " + Names.oneLine(sentence));
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  static String kind(Node node) {
    return switch (node) {
      case ScalarNode scalar when scalar.getValue().isEmpty() -> "nothing";
      case ScalarNode scalar when scalar.getValue().length() > SHOWN_MAX ->
          "\"" + scalar.getValue().substring(0, SHOWN_MAX) + "...\"";
      case ScalarNode scalar -> "\"" + scalar.getValue() + "\"";
      case SequenceNode _ -> "a list";
      default -> "\"key: value\" lines";
    };
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** The entries of one mapping, in the order of the file. */
  record Fields(YamlSource source, String label, int line, Map<String, NodeTuple> entries) {

    boolean has(String key) {
      return entries.containsKey(key);
    }

    @Nullable Node node(String key) {
      NodeTuple tuple = entries.get(key);
      return tuple == null ? null : tuple.getValueNode();
    }

    int line(String key) {
      NodeTuple tuple = entries.get(key);
      return tuple == null ? line : YamlSource.line(tuple.getKeyNode());
    }

    @Nullable String text(String key) {
      Node node = node(key);
      return node == null ? null : source.text(key + " of " + label, node);
    }

    String required(String key) {
      String text = text(key);
      if (text == null) {
        throw source.refuse(line, label + " has no " + key);
      }
      return text;
    }

    /** A list of values, empty when the key is not there; one value counts as a list of one. */
    List<String> textList(String key) {
      Node node = node(key);
      List<String> texts = new ArrayList<>();
      if (node instanceof ScalarNode) {
        texts.add(source.text(key + " of " + label, node));
      } else if (node != null) {
        for (Node each : source.list(key + " of " + label, node)) {
          texts.add(source.text(key + " of " + label, each));
        }
      }
      return texts;
    }
  }
}
