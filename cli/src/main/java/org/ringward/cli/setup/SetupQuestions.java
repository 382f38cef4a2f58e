package org.ringward.cli.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Asks a person for what a new cluster needs. */
public final class SetupQuestions {
  private static final int NODES_MOST = 64;

  private final Question question;
  private final Host host;

  public SetupQuestions(Environment environment, Host host) {
    this.question = new Question(environment);
    this.host = host;
  }

  /**
   * The cluster as the person says.
   *
   * @param cluster its name, empty to ask for it
   * @param watchdog the device, empty to ask when this machine has one
   */
  public NewCluster ask(String cluster, String watchdog) {
    String name = cluster.isEmpty() ? question.ask("Name of the cluster: ") : cluster;
    List<String> words = new ArrayList<>();
    words.add(node("Name of this node [" + host.name() + "]: ", host.name()));
    while (words.size() < NODES_MOST) {
      String word = node("Name of node %d (empty: no more): ".formatted(words.size() + 1), "");
      if (word.isEmpty()) {
        break;
      }
      words.add(word);
    }
    return NewCluster.of(name, words, watchdog.isEmpty() ? watchdog() : watchdog, host);
  }

  private String node(String text, String usual) {
    String typed = question.ask(text);
    String name = typed.isEmpty() ? usual : typed;
    if (name.isEmpty() || name.contains("=")) {
      return name;
    }
    List<String> candidates = host.resolve(name).stream().filter(Addresses::isReachable).toList();
    if (candidates.isEmpty() && name.equals(host.name())) {
      candidates = host.addresses().stream().filter(Addresses::isReachable).toList();
    }
    String proposal = candidates.isEmpty() ? "" : candidates.getFirst();
    String address =
        question.ask(
            "Address of %s%s: ".formatted(name, proposal.isEmpty() ? "" : " [" + proposal + "]"));
    if (address.isEmpty() && proposal.isEmpty()) {
      throw new OperatorException(
          ExitCode.USAGE, "Node %s needs an address; nothing was written.".formatted(name));
    }
    return name + "=" + (address.isEmpty() ? proposal : address);
  }

  private String watchdog() {
    Map<String, String> found = host.watchdogs();
    if (found.isEmpty()) {
      return "";
    }
    Map.Entry<String, String> first = found.entrySet().iterator().next();
    String text =
        "This machine has a watchdog, %s (%s). Use it on all nodes?"
            .formatted(first.getKey(), first.getValue());
    return question.yes(text) ? first.getKey() : "";
  }
}
