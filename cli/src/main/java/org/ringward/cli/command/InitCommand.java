package org.ringward.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ringward.cli.setup.HostChecks;
import org.ringward.cli.setup.HostChecks.Check;
import org.ringward.cli.setup.HostChecks.Verdict;
import org.ringward.cli.setup.NewCluster;
import org.ringward.cli.setup.NodeFolder;
import org.ringward.cli.setup.RemoteCopy;
import org.ringward.cli.setup.RemoteCopy.Outcome;
import org.ringward.cli.setup.SetupQuestions;
import org.ringward.cli.setup.SetupReport;
import org.ringward.cli.setup.SharedKey;
import org.ringward.cli.setup.ThisHost;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.ring.settings.ConfigurationFile;
import org.ringward.ring.settings.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    header = "Make a new cluster: its files, its key, and checks of the machines.",
    description = {
      "Run on one of the nodes. Checks this machine, then writes the node file (who the nodes are),"
          + " the shared key, and the beginning of the cluster's configuration: all three or none,"
          + " and none that is there already. On a terminal it asks for what is not given.",
      "With --copy the other nodes get the same three files by ssh, which you have there already and"
          + " which knows their machines: whoever has the key can be a node, so it travels in no"
          + " other way. Their clocks are compared, and their own checks run.",
      "Without CLUSTER and NODE, --check checks the files that are there and this machine, and --copy"
          + " gives them to the other nodes.",
      "Checked are: the names of the nodes, this node's addresses, UDP ports, clock, watchdog, agents."
    },
    exitCodeList = {
      "66:there is no node file to check or to copy",
      "69:a node could not be given its files",
      "73:the files cannot be made",
      "77:you may not write there",
      "78:this machine cannot be that node, or the settings have an error; nothing was written",
      "108:a file exists; nothing was written"
    },
    footer = {
      "Examples:",
      "  ringward init web a=10.0.0.1 b=10.0.0.2 --copy",
      "  ringward init web a b                        addresses by the names",
      "  ringward init web a=10.0.0.1,10.1.0.1 b=10.0.0.2,10.1.0.2       two links",
      "  ringward init --check"
    })
final class InitCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "Name of the new cluster.")
  private String cluster = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NODE[=ADDRESS[,ADDRESS]]",
      description =
          "Its nodes, this machine among them; with an address on each link, or by names that"
              + " resolve.")
  private List<String> nodes = List.of();

  @Option(names = "--copy", description = "Give the files to the other nodes, by ssh as root.")
  private boolean copy;

  @Option(names = "--check", description = "Only check; write nothing.")
  private boolean check;

  @Option(
      names = "--watchdog",
      paramLabel = "DEVICE",
      description = "The machines' watchdog, such as /dev/watchdog (default: none).")
  private String watchdog = "";

  @Option(
      names = "--force",
      description = "Replace a node file and a configuration that are there; a key stays.")
  private boolean force;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Where the files are, on all nodes (default: /etc/ringward).")
  private Path folder = NodeFolder.USUAL;

  @Option(
      names = "--ssh",
      paramLabel = "COMMAND",
      defaultValue = "ssh -l root",
      description = "How other machines are reached (default: ${DEFAULT-VALUE}).")
  private String ssh = "";

  @Mixin private OutputOption output = new OutputOption();

  InitCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    NodeFolder files = new NodeFolder(folder);
    ThisHost host = new ThisHost();
    if (cluster.isEmpty() && (check || copy)) {
      return existing(files, host);
    }
    NewCluster wanted = wanted(host);
    SetupReport report = new SetupReport(environment, output.json());
    NodeSettings settings = settings(wanted, files, host);
    boolean good = checked(report, settings, host);
    if (good && !check) {
      Map<Path, byte[]> made = made(wanted, files, settings, host);
      files.write(made, force);
      made.keySet().forEach(report::wrote);
      if (copy) {
        good = copied(report, files, settings, host) && good;
      }
    }
    report.next(files, copy, check || !good);
    return report.end(exitCode(report, good));
  }

  private int exitCode(SetupReport report, boolean good) {
    if (good) {
      return 0;
    }
    return report.hasErrors() ? ExitCode.CONFIGURATION.number() : ExitCode.UNAVAILABLE.number();
  }

  private NewCluster wanted(ThisHost host) {
    if (!cluster.isEmpty() && !nodes.isEmpty()) {
      return NewCluster.of(cluster, nodes, watchdog, host);
    }
    if (!environment.inputIsTerminal()) {
      throw new OperatorException(
          ExitCode.USAGE,
          "Name the cluster and its nodes, as in 'ringward init web a=10.0.0.1 b=10.0.0.2'; only on a terminal you are asked for them.");
    }
    return new SetupQuestions(environment, host).ask(cluster, watchdog);
  }

  /** The settings that the node file will have, read by whom the daemon has them read. */
  private NodeSettings settings(NewCluster wanted, NodeFolder files, ThisHost host) {
    String text = wanted.nodeFile(files.key().toString());
    String self = self(wanted, host);
    return NodeSettingsYaml.read("the new node file", "node: \"" + self + "\"\n" + text, self);
  }

  /** Which of the nodes this machine is: by its name, else by its addresses. */
  private static String self(NewCluster wanted, ThisHost host) {
    String name = host.name();
    String first = name.replaceFirst("\\..*", "");
    for (NewCluster.NewNode node : wanted.nodes()) {
      if (node.name().equals(name) || node.name().equals(first)) {
        return node.name();
      }
    }
    List<String> here = host.addresses();
    for (NewCluster.NewNode node : wanted.nodes()) {
      if (here.containsAll(node.addresses())) {
        return node.name();
      }
    }
    List<String> names = wanted.nodes().stream().map(NewCluster.NewNode::name).toList();
    throw new OperatorException(
        ExitCode.CONFIGURATION,
        "This machine (%s) is none of %s, by name or by address: run init on one of them."
            .formatted(name, String.join(", ", names)));
  }

  private static boolean checked(SetupReport report, NodeSettings settings, ThisHost host) {
    List<Check> checks = HostChecks.of(settings, host);
    report.checks(settings, checks);
    return checks.stream().noneMatch(each -> each.verdict() == Verdict.ERROR);
  }

  private Map<Path, byte[]> made(
      NewCluster wanted, NodeFolder files, NodeSettings settings, ThisHost host) {
    List<Path> present = files.present();
    if (!present.isEmpty() && !force) {
      throw new OperatorException(ExitCode.EXISTS, NodeFolder.exists(present));
    }
    String text = wanted.nodeFile(files.key().toString());
    Map<Path, byte[]> made = new LinkedHashMap<>();
    made.put(files.nodeFile(), bytes(named(text, settings, host)));
    if (!present.contains(files.key())) {
      made.put(files.key(), SharedKey.random());
    }
    made.put(files.configuration(), bytes(wanted.configuration(files.configuration().toString())));
    return made;
  }

  /** The name is said only where the host name would not do. */
  private static String named(String text, NodeSettings settings, ThisHost host) {
    String name = host.name();
    boolean known =
        settings.nodeName().equals(name)
            || settings.nodeName().equals(name.replaceFirst("\\..*", ""));
    return known ? text : "node: \"" + settings.nodeName() + "\"\n" + text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Checks or copies the files that are there. */
  private int existing(NodeFolder files, ThisHost host) {
    SetupReport report = new SetupReport(environment, output.json());
    NodeSettings settings = ConfigurationFile.read(files.nodeFile()).settings();
    ConfigurationFile.key(settings);
    boolean good = checked(report, settings, host);
    if (good && copy && !check) {
      good = copied(report, files, settings, host);
    }
    return report.end(exitCode(report, good));
  }

  private boolean copied(
      SetupReport report, NodeFolder files, NodeSettings settings, ThisHost host) {
    RemoteCopy way = new RemoteCopy(Arrays.asList(ssh.strip().split(" +")));
    Map<Path, byte[]> content = content(files);
    boolean good = true;
    for (Member member : settings.members()) {
      if (!member.name().equals(settings.nodeName())) {
        boolean resolves = !host.resolve(member.name()).isEmpty();
        String target = resolves ? member.name() : member.address();
        Outcome outcome = way.copy(member.name(), target, content, force);
        report.copied(outcome);
        good &= outcome.exitCode() == 0;
      }
    }
    return good;
  }

  /** What the others get: this node's own name is not theirs. */
  private static Map<Path, byte[]> content(NodeFolder files) {
    Map<Path, byte[]> content = new LinkedHashMap<>();
    List<Path> present = new ArrayList<>(files.present());
    for (Path each : present) {
      try {
        byte[] bytes = Files.readAllBytes(each);
        boolean node = each.equals(files.nodeFile());
        content.put(each, node ? bytes(nameless(bytes)) : bytes);
      } catch (IOException exception) {
        throw new OperatorException(
            ExitCode.NO_INPUT,
            "%s cannot be read (%s).".formatted(each, FileTrouble.reason(exception)));
      }
    }
    return content;
  }

  private static String nameless(byte[] nodeFile) {
    return new String(nodeFile, StandardCharsets.UTF_8).replaceAll("(?m)^node:.*\\R", "");
  }
}
