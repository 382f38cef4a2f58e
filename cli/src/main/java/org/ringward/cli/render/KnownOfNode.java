package org.ringward.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.StatusReport;

/** What is known of a node that a person wants to confirm to be down, before it is believed. */
public final class KnownOfNode {
  private final StatusReport status;
  private final @Nullable RegionsReport regions;
  private final String node;

  /**
   * @param regions null when they cannot be had
   */
  public KnownOfNode(StatusReport status, @Nullable RegionsReport regions, String node) {
    this.status = status;
    this.regions = regions;
    this.node = node;
  }

  /** Why it is the wrong node for certain, one sentence; null when it may be right. */
  public @Nullable String refusal() {
    return switch (state()) {
      case "member", "standby", "maintenance", "pending" ->
          "%s is a member of the cluster right now and answers, so it is not down; %s"
              .formatted(node, lost());
      default -> null;
    };
  }

  /** What there is to know before answering, a sentence each. */
  public List<String> lines(Environment environment) {
    List<String> lines = new ArrayList<>();
    String detail =
        status.nodes().stream()
            .filter(each -> each.name().equals(node) && !each.detail().isEmpty())
            .map(each -> " (" + each.detail() + ")")
            .findFirst()
            .orElse("");
    lines.add("Known of %s: it is %s%s.".formatted(node, state(), detail));
    if (!state().equals("unclean")) {
      lines.add("It counts as down already, so nothing waits for this; " + lost() + ".");
    }
    List<String> held =
        status.resources().stream()
            .filter(each -> each.nodes().contains(node))
            .map(StatusReport.ResourceLine::id)
            .toList();
    if (!held.isEmpty()) {
      lines.add("What it may still run: %s.".formatted(String.join(", ", held)));
    }
    seen().ifPresent(lines::add);
    status.fencing().stream()
        .filter(each -> each.target().equals(node))
        .findFirst()
        .ifPresent(each ->
            lines.add(
                "Fencing it (%s) %s, %s."
                    .formatted(
                        each.action(),
                        each.state(),
                        new Moment(environment).time(each.wallMillis()))));
    return lines;
  }

  private Optional<String> seen() {
    return regions == null
        ? Optional.empty()
        : regions.nodes().stream()
            .filter(each -> each.name().equals(node) && each.alive())
            .map(each ->
                "IT LIVES: heartbeats of %s still come over %s."
                    .formatted(node, String.join(", ", each.seenOn())))
            .findFirst();
  }

  /** Of another name that was typed instead. */
  public String instead(String typed) {
    boolean other =
        !typed.equals(node) && status.nodes().stream().anyMatch(each -> each.name().equals(typed));
    return other
        ? "You typed %s, the command says %s; %s. Nothing was confirmed."
            .formatted(typed, node, lost())
        : "That is not its name; nothing was confirmed.";
  }

  private String lost() {
    List<String> lost =
        status.nodes().stream()
            .filter(each -> each.state().equals("unclean"))
            .map(StatusReport.NodeLine::name)
            .toList();
    return lost.isEmpty()
        ? "no node is lost without proof"
        : "lost without proof: " + String.join(", ", lost);
  }

  private String state() {
    return status.nodes().stream()
        .filter(each -> each.name().equals(node))
        .map(StatusReport.NodeLine::state)
        .findFirst()
        .orElse("unknown");
  }
}
