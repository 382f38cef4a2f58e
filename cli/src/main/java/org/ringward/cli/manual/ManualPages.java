package org.ringward.cli.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ringward.core.config.Setting;
import org.ringward.core.config.SettingsList;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual of the command line: ringward.8 with all commands, ringward-COMMAND.8 with what is
 * below each, and ringward.yaml.5 with every setting of a node.
 */
public final class ManualPages {
  private static final int SYNOPSIS_WIDTH = 72;

  private final CommandLine root;
  private final String source;

  /**
   * @param root the whole command line
   * @param version what the pages say they are of
   */
  public ManualPages(CommandLine root, String version) {
    this.root = root;
    this.source = version;
  }

  /** All pages by the names of their files. */
  public Map<String, String> all() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("ringward.8", overview());
    root.getSubcommands()
        .forEach((name, command) -> {
          if (name.equals(command.getCommandName()) && !name.equals("help")) {
            pages.put("ringward-" + name + ".8", page(command));
          }
        });
    pages.put("ringward.yaml.5", nodeFile());
    return pages;
  }

  private String overview() {
    CommandSpec spec = root.getCommandSpec();
    Roff page = new Roff().title("RINGWARD", 8, source);
    page.section("NAME").name("ringward", lower(spec.usageMessage().header()[0]));
    page.section("SYNOPSIS").verbatim(synopsis(root));
    page.section("DESCRIPTION");
    for (String each : spec.usageMessage().description()) {
      page.paragraph(plain(each));
    }
    page.section("COMMANDS");
    root.getSubcommands()
        .forEach((name, command) -> {
          if (name.equals(command.getCommandName()) && !name.equals("help")) {
            page.term("ringward-" + name + "(8)", header(command));
          }
        });
    page.section("FILES");
    page.term("/etc/ringward/ringward.yaml", "The node file, see ringward.yaml(5).");
    page.term("/etc/ringward/authkey", "The key that all nodes of the cluster share.");
    page.term("/var/lib/ringward", "What must outlast a restart: configuration, decisions.");
    page.term("/run/ringward/ringward.sock", "The daemon's control socket.");
    page.section("ENVIRONMENT");
    page.term("RINGWARD_SOCKET", "The control socket, where --socket does not say it.");
    page.term("NO_COLOR", "With any value: no colours.");
    page.section("SEE ALSO").paragraph("ringward.yaml(5), ringward-init(8), ringward-status(8)");
    return page.toString();
  }

  private String page(CommandLine command) {
    String name = "ringward-" + command.getCommandName();
    Roff page = new Roff().title(name.toUpperCase(Locale.ROOT), 8, source);
    page.section("NAME").name(name, lower(header(command)));
    page.section("SYNOPSIS").verbatim(synopsis(command));
    page.section("DESCRIPTION");
    body(page, command);
    Map<String, CommandLine> below = below(command);
    if (!below.isEmpty()) {
      page.section("COMMANDS");
      below.forEach((path, each) -> chapter(page, path, each, command));
    }
    page.section("EXIT STATUS");
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> page.term(code, plain(meaning)));
    examples(page, command);
    page.section("SEE ALSO").paragraph("ringward(8), ringward.yaml(5)");
    return page.toString();
  }

  /** Everything below a command by what is typed for it, in the order of the help. */
  private static Map<String, CommandLine> below(CommandLine command) {
    Map<String, CommandLine> all = new LinkedHashMap<>();
    command
        .getSubcommands()
        .forEach((name, each) -> {
          if (name.equals(each.getCommandName())) {
            all.put(each.getCommandSpec().qualifiedName(), each);
            all.putAll(below(each));
          }
        });
    return all;
  }

  private static void chapter(Roff page, String path, CommandLine command, CommandLine whole) {
    page.subsection(path).paragraph(header(command)).verbatim(synopsis(command));
    body(page, command);
    Map<String, String> codes =
        new LinkedHashMap<>(command.getCommandSpec().usageMessage().exitCodeList());
    // Those of the whole page come at its end.
    codes.entrySet().removeAll(whole.getCommandSpec().usageMessage().exitCodeList().entrySet());
    if (!codes.isEmpty()) {
      page.paragraph("Exit status:");
      codes.forEach((code, meaning) -> page.term(code, plain(meaning)));
    }
    String[] footer = command.getCommandSpec().usageMessage().footer();
    if (footer.length > 0) {
      page.verbatim(Arrays.stream(footer).map(ManualPages::plain).toList());
    }
  }

  private static void body(Roff page, CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    for (String each : usage.description()) {
      page.paragraph(plain(each));
    }
    Help help = new Help(command.getCommandSpec(), Help.defaultColorScheme(Ansi.OFF));
    Help.IParamLabelRenderer labels = help.createDefaultParamLabelRenderer();
    for (PositionalParamSpec each : command.getCommandSpec().positionalParameters()) {
      if (!each.hidden()) {
        page.term(labels.renderParameterLabel(each, Ansi.OFF, List.of()).toString(), told(each));
      }
    }
    for (OptionSpec each : command.getCommandSpec().options()) {
      if (!each.hidden()) {
        String label = labels.renderParameterLabel(each, Ansi.OFF, List.of()).toString();
        page.term(String.join(", ", each.names()) + label, told(each));
      }
    }
  }

  private static String told(ArgSpec argument) {
    return plain(String.join(" ", argument.description()));
  }

  private static void examples(Roff page, CommandLine command) {
    String[] footer = command.getCommandSpec().usageMessage().footer();
    if (footer.length > 0) {
      List<String> lines = new ArrayList<>(Arrays.stream(footer).map(ManualPages::plain).toList());
      if (lines.getFirst().startsWith("Example")) {
        lines.removeFirst();
      }
      page.section("EXAMPLES").verbatim(lines);
    }
  }

  private static List<String> synopsis(CommandLine command) {
    command.getCommandSpec().usageMessage().width(SYNOPSIS_WIDTH);
    Help help = new Help(command.getCommandSpec(), Help.defaultColorScheme(Ansi.OFF));
    String heading = command.getCommandSpec().usageMessage().synopsisHeading();
    return help.synopsis(heading.length()).lines().map(String::strip).toList();
  }

  private String nodeFile() {
    Roff page = new Roff().title("RINGWARD.YAML", 5, source);
    page.section("NAME").name("ringward.yaml", "the file of a node of a Ringward cluster");
    page.section("DESCRIPTION");
    page.paragraph(
        "Says which nodes make up the cluster, how they talk to each other and where their files are."
            + " It is the same on all nodes, but for node, which may be left out where the host"
            + " name is the node's name. 'ringward init' writes one, 'ringward daemon --check-config"
            + " FILE' says what is wrong with it. What the cluster runs is said elsewhere, by"
            + " 'ringward apply'.");
    page.verbatim(
        List.of(
            "cluster: web",
            "nodes:",
            "  - {name: a, id: 1, address: 10.0.0.1}",
            "  - {name: b, id: 2, address: 10.0.0.2}",
            "quorum: {two_node: yes}"));
    page.section("SETTINGS");
    page.paragraph(
        "A dot stands between a section and its key. A change counts from the next start on, or,"
            + " where it says so, from 'ringward ring reload' on.");
    for (Setting each : SettingsList.ALL) {
      page.term(each.key(), sentence(each));
    }
    page.section("SEE ALSO").paragraph("ringward(8), ringward-init(8), ringward-ring(8)");
    return page.toString();
  }

  private static String sentence(Setting setting) {
    String otherwise = setting.otherwise();
    return "%s Allowed: %s%s. %s%s"
        .formatted(
            setting.sentence(),
            setting.type().range(),
            setting.unit().isEmpty() ? "" : " (" + setting.unit() + ")",
            otherwise == null ? "It must be given." : "Default: " + otherwise + ".",
            setting.reloadable() ? " Reloaded." : "");
  }

  private static String header(CommandLine command) {
    String[] header = command.getCommandSpec().usageMessage().header();
    return header.length == 0 ? "" : plain(header[0]);
  }

  /** The section NAME begins small and has no full stop. */
  private static String lower(String sentence) {
    String text = plain(sentence).replaceFirst("\\.$", "");
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** Descriptions are formats; theirs have no values but %n and %%. */
  private static String plain(String text) {
    return text.replace("%n", " ").replace("%%", "%");
  }
}
