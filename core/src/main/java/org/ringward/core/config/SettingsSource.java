package org.ringward.core.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A node file as a tree that knows its lines; every complaint names file, line and key. */
final class SettingsSource {
  private final String fileName;

  SettingsSource(String fileName) {
    this.fileName = fileName;
  }

  /** The whole text as one mapping. */
  Section top(String text, Words words) {
    LoadSettings load = LoadSettings.builder().setUseMarks(true).setLabel(fileName).build();
    Optional<Node> root;
    try {
      root = new Compose(load).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw refuse(line, "this is not YAML: " + oneLine(e.getProblem()));
    } catch (YamlEngineException | NumberFormatException | StackOverflowError e) {
      // The parser lets the last two escape for a broken \x escape and for endless nesting.
      throw refuse(1, "this is not YAML: " + oneLine(String.valueOf(e.getMessage())));
    }
    if (root.isEmpty()) {
      throw refuse(1, "the file is empty; cluster and nodes are required");
    }
    return section("", root.get(), words);
  }

  /** A mapping in which only those keys may appear, each once. */
  Section section(String name, Node node, Words words) {
    if (!(node instanceof MappingNode mapping)) {
      throw refuse(
          line(node), label(name) + " must be a list of \"key: value\" lines, found " + kind(node));
    }
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String word = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      int at = line(tuple.getKeyNode());
      String refusal = words.refusals().get(word);
      if (refusal != null) {
        throw refuse(at, "\"" + word + "\" in " + label(name) + ": " + refusal);
      }
      String key = words.keys().get(word);
      if (key == null) {
        throw refuse(at, unknownKey(name, word, words));
      }
      NodeTuple before = entries.put(key, tuple);
      if (before != null) {
        String where = ", first in line " + line(before.getKeyNode());
        throw refuse(at, "key \"" + word + "\" is given twice in " + label(name) + where);
      }
    }
    return new Section(this, name, line(node), entries);
  }

  /**
   * What may appear in a section.
   *
   * @param keys the key that each word stands for; a key's own word comes before its other ones
   * @param refusals why a word is refused
   */
  record Words(Map<String, String> keys, Map<String, String> refusals) {
    /** The settings of a section with their other names. */
    static Words of(String section, List<Setting> settings) {
      Map<String, String> keys = new LinkedHashMap<>();
      for (Setting setting : settings) {
        if (setting.section().equals(section)) {
          keys.put(setting.name(), setting.name());
        }
      }
      for (Setting setting : settings) {
        if (setting.section().equals(section)) {
          setting.aliases().forEach(alias -> keys.put(alias, setting.name()));
        }
      }
      return new Words(keys, new LinkedHashMap<>());
    }

    /** One more word. */
    Words and(String word, String key) {
      keys.put(word, key);
      return this;
    }

    /** A word that is known and refused. */
    Words not(String word, String sentence) {
      refusals.put(word, sentence);
      return this;
    }
  }

  /** A complaint about a line, counted from 1. */
  OperatorException refuse(int line, String sentence) {
    return new OperatorException(ExitCode.CONFIGURATION, fileName + ":" + line + ": " + sentence);
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static String unknownKey(String section, String word, Words words) {
    String nearest = Nearest.of(word, words.keys().keySet());
    String guess = nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
    String allowed =
        (nearest == null ? "; allowed: " : " Allowed: ")
            + String.join(", ", new LinkedHashSet<>(words.keys().values()));
    return "unknown key \"" + word + "\" in " + label(section) + guess + allowed;
  }

  private static String label(String section) {
    return section.isEmpty() ? "the node file" : section;
  }

  static String kind(Node node) {
    return switch (node) {
      case ScalarNode scalar when scalar.getValue().isEmpty() -> "nothing";
      case ScalarNode scalar -> "\"" + scalar.getValue() + "\"";
      case SequenceNode _ -> "a list";
      default -> "\"key: value\" lines";
    };
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** The entries of one section; getters fall back to the setting's default. */
  record Section(SettingsSource source, String name, int line, Map<String, NodeTuple> entries)
      implements Values {

    @Override
    public boolean has(Setting setting) {
      return entries.containsKey(setting.name());
    }

    /** The line of the setting, or of its section when it is not given. */
    int line(Setting setting) {
      return line(setting.name());
    }

    int line(String key) {
      NodeTuple tuple = entries.get(key);
      return tuple == null ? line : SettingsSource.line(tuple.getKeyNode());
    }

    @Nullable Node node(String key) {
      NodeTuple tuple = entries.get(key);
      return tuple == null ? null : tuple.getValueNode();
    }

    @Override
    public OperatorException refuse(Setting setting, String sentence) {
      return source.refuse(line(setting), sentence);
    }

    @Override
    public String name(Setting setting) {
      return setting.key();
    }

    @Override
    public int number(Setting setting) {
      return Integer.parseInt(text(setting));
    }

    @Override
    public boolean yes(Setting setting) {
      return text(setting).equals("yes");
    }

    @Override
    public String text(Setting setting) {
      return text(setting.name(), setting);
    }

    /** The value under a key of another name that means the setting. */
    String text(String key, Setting setting) {
      Node node = node(key);
      if (node != null) {
        return accepted(key, setting, node);
      }
      String otherwise = setting.otherwise();
      if (otherwise == null) {
        String where = name.isEmpty() ? "" : " in this entry of " + name;
        String sentence = setting.name() + " is missing" + where + ": ";
        throw source.refuse(line, sentence + setting.type().range());
      }
      return otherwise;
    }

    List<String> texts(Setting setting) {
      Node node = node(setting.name());
      if (node == null) {
        return List.of(String.valueOf(setting.otherwise()).split(", "));
      }
      if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
        throw wrong(setting.name(), setting, node);
      }
      return sequence.getValue().stream()
          .map(each -> accepted(setting.name(), setting, each))
          .toList();
    }

    private String accepted(String key, Setting setting, Node node) {
      String value =
          node instanceof ScalarNode scalar ? setting.type().accept(scalar.getValue()) : null;
      if (value == null) {
        throw wrong(key, setting, node);
      }
      return value;
    }

    private OperatorException wrong(String key, Setting setting, Node node) {
      String unit = setting.unit().isEmpty() ? "" : " (" + setting.unit() + ")";
      String allowed = "; allowed: " + setting.type().range() + unit;
      String full = name.isEmpty() ? key : name + "." + key;
      // A key is secret even when it is wrong.
      String found = setting.type() instanceof Setting.InlineKey ? "no key" : kind(node);
      return source.refuse(SettingsSource.line(node), full + " is " + found + allowed);
    }
  }
}
