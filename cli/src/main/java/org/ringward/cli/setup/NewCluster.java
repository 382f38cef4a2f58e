package org.ringward.cli.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * What a person says about a new cluster, and the two files that follow from it.
 *
 * @param name of the cluster
 * @param nodes in the order given, which is that of their ids, from 1
 * @param watchdog device file of the machines' watchdog; empty for none
 */
public record NewCluster(String name, List<NewNode> nodes, String watchdog) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,63}");
  private static final String NAME_RULE =
      "a name of letters, digits, '.', '_' and '-', at most 63 characters";

  /**
   * A node of it.
   *
   * @param addresses on link 0, 1 and so on
   */
  public record NewNode(String name, List<String> addresses) {
    public NewNode {
      addresses = List.copyOf(addresses);
    }
  }

  public NewCluster {
    nodes = List.copyOf(nodes);
  }

  /**
   * A cluster from words such as a=10.0.0.1, or a where the name resolves.
   *
   * @throws OperatorException for a name or an address that cannot be
   */
  public static NewCluster of(String name, List<String> words, String watchdog, Host host) {
    checkName("the cluster's name", name);
    List<NewNode> nodes = new ArrayList<>();
    for (String word : words) {
      nodes.add(node(word, host));
    }
    return new NewCluster(name, nodes, watchdog);
  }

  private static NewNode node(String word, Host host) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    checkName("a node's name", name);
    if (equals < 0) {
      return new NewNode(name, List.of(resolved(name, host)));
    }
    List<String> addresses = Arrays.asList(word.substring(equals + 1).split(",", -1));
    for (String address : addresses) {
      if (!Addresses.isLiteral(address)) {
        throw misused(
            "node %s: \"%s\" is no IP address; write %s=10.0.0.1, or %s alone where the name resolves"
                .formatted(name, address, name, name));
      }
    }
    return new NewNode(name, addresses);
  }

  /** The address that the other nodes can reach; a name may stand for loopback ones as well. */
  private static String resolved(String name, Host host) {
    List<String> all = host.resolve(name);
    List<String> usable = all.stream().filter(Addresses::isReachable).toList();
    if (usable.isEmpty()) {
      String found =
          all.isEmpty()
              ? "does not resolve on this machine"
              : "resolves to %s here, which no other machine reaches"
                  .formatted(String.join(", ", all));
      throw misused("node %s %s: give its address, as %s=10.0.0.1".formatted(name, found, name));
    }
    return usable.stream().filter(each -> !each.contains(":")).findFirst().orElse(usable.get(0));
  }

  private static void checkName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw misused("%s is \"%s\"; allowed: %s".formatted(what, name, NAME_RULE));
    }
  }

  private static OperatorException misused(String sentence) {
    return new OperatorException(ExitCode.USAGE, sentence + ".");
  }

  /**
   * The node file, the same for every node.
   *
   * @param keyFile where the key is; said only when it is not where the daemon looks by itself
   */
  public String nodeFile(String keyFile) {
    StringBuilder text = new StringBuilder();
    text.append("# The node file of cluster ").append(name);
    text.append(": who its nodes are. The same on all of them, but for their own names\n");
    text.append(
        "# (node: NAME) where these are not their host names. See docs/node-settings.md.\n");
    text.append("cluster: ").append(quoted(name)).append("\nnodes:\n");
    for (int at = 0; at < nodes.size(); at++) {
      text.append("  - ").append(entry(nodes.get(at), at + 1)).append('\n');
    }
    if (nodes.size() == 2) {
      text.append("# Of two nodes one goes on alone when the other one is proven to be down.\n");
      text.append("quorum: {two_node: yes}\n");
    }
    text.append("# The machine's watchdog resets it when this node is stuck or loses its quorum;");
    text.append(" the others count on that.\n");
    text.append(watchdog.isEmpty() ? "# watchdog: {device: /dev/watchdog}\n" : "");
    text.append(watchdog.isEmpty() ? "" : "watchdog: {device: " + watchdog + "}\n");
    text.append("# The page, for browsers on this machine (docs/page.md).\n");
    text.append("# web: {listen: \"127.0.0.1:7630\"}\n");
    if (!keyFile.equals(NodeFolder.KEY_FILE)) {
      text.append("paths: {key_file: ").append(keyFile).append("}\n");
    }
    return text.toString();
  }

  private static String entry(NewNode node, int id) {
    List<String> addresses = node.addresses().stream().map(NewCluster::quoted).toList();
    String where =
        addresses.size() == 1
            ? "address: " + addresses.getFirst()
            : "addresses: [" + String.join(", ", addresses) + "]";
    return "{name: %s, id: %d, %s}".formatted(quoted(node.name()), id, where);
  }

  /** Names such as 'no' and '1.0', and IPv6 addresses, must stay what they are. */
  private static String quoted(String text) {
    boolean plain = text.matches("[a-zA-Z][a-zA-Z0-9_-]*|\\d+\\.\\d+\\.\\d+\\.\\d+");
    boolean word = text.matches("(?i)y|n|yes|no|on|off|true|false|null");
    return plain && !word ? text : '"' + text + '"';
  }

  /** The beginning of the cluster's configuration: an example that is commented out. */
  public String configuration(String file) {
    String example = nodes.get(0).name();
    StringBuilder text = new StringBuilder();
    text.append("# What cluster ").append(name).append(" runs. Change it, then on any node:\n");
    text.append("#   ringward apply --dry-run ").append(file).append('\n');
    text.append("#   ringward apply ").append(file).append('\n');
    text.append("# See docs/configuration.md and docs/tutorial.md.\n\n");
    text.append("# A service stays where it is when a node comes back.\n");
    text.append("resource-defaults: {resource-stickiness: 100}\n\n");
    text.append(
        "# An address with a web server behind it, and a device that cuts a node's power\n");
    text.append("# (every node needs one before the others may take over from it):\n");
    text.append(
        """
        #
        # resources:
        #   - group: web
        #     members:
        #       - primitive: address
        #         agent: ocf:heartbeat:IPaddr2
        #         parameters: {ip: 10.0.0.100, cidr_netmask: 24}
        #         operations: [{monitor: 5s}]
        #       - primitive: server
        #         agent: ocf:heartbeat:nginx
        #         operations: [{monitor: 5s}]
        #   - primitive: power-NODE
        #     agent: stonith:fence_ipmilan
        #     parameters: {pcmk_host_list: NODE, ip: 10.0.0.201, username: admin, password: secret}
        """
            .replace("NODE", example));
    return text.toString();
  }
}
