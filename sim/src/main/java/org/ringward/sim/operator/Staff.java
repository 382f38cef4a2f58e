package org.ringward.sim.operator;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.base.ExitCode;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/** People who set the cluster up, give orders in the middle of everything, and tidy up after. */
public final class Staff {
  private static final int MOST_MARKS = 12;
  private static final long RETRY = 500 * Time.MILLIS;

  private final World world;
  private final Cluster cluster;
  private final Setup setup;
  private final Console console;
  private final Chance chance;
  private final Ledger ledger = new Ledger();
  private final Set<Verb> never = EnumSet.noneOf(Verb.class);
  private boolean installed;
  private boolean over;
  private int marks;

  public Staff(Cluster cluster, Setup setup, Console console) {
    this.cluster = cluster;
    this.world = cluster.world();
    this.setup = setup;
    this.console = console;
    this.chance = world.fork("staff");
  }

  public Ledger ledger() {
    return ledger;
  }

  /** True when the first configuration has been acknowledged. */
  public boolean isInstalled() {
    return installed;
  }

  /** Applies the first configuration, again and again until a node acknowledges it. */
  public void install() {
    ask(
        Verb.APPLY,
        setup.configuration(),
        reply -> {
          if (reply.exitCode() == 0) {
            installed = true;
            ledger.forgive();
            ledger.promised("first", "id=\"" + setup.resources().getFirst() + "\"");
          } else if (!installed) {
            world.after(RETRY, 0, this::install);
          }
        },
        "format",
        "xml",
        "file",
        "first.xml");
  }

  /** Nothing of what was promised need be there any more, and the first configuration is due. */
  public void beginAnew() {
    ledger.forgive();
    if (installed) {
      installed = false;
      install();
    }
  }

  /** That order is never given; its turn passes. */
  public void never(Verb verb) {
    never.add(verb);
  }

  /** Orders at random, on average that far apart, until {@link #rest}. */
  public void workEvery(long nanos) {
    world.after(
        chance.between(nanos / 4, nanos * 7 / 4),
        0,
        () -> {
          if (!over) {
            if (installed) {
              randomOrder();
            }
            workEvery(nanos);
          }
        });
  }

  /** No more random orders. */
  public void rest() {
    over = true;
  }

  /** Every node and resource is given free, failures are forgotten. */
  public void tidyUp() {
    for (Machine machine : cluster.machines()) {
      insist(Verb.STANDBY, "node", machine.name(), "on", "false");
    }
    insist(Verb.MAINTENANCE, "on", "false");
    for (String resource : setup.resources()) {
      insist(Verb.CLEAR, "resource", resource);
    }
    insist(Verb.CLEANUP);
  }

  private void insist(Verb verb, String... options) {
    ask(
        verb,
        null,
        reply -> {
          if (reply.exitCode() != 0 && reply.exitCode() != ExitCode.NO_SUCH_OBJECT.number()) {
            world.after(RETRY, 0, () -> insist(verb, options));
          }
        },
        options);
  }

  private void randomOrder() {
    String node = cluster.machine(chance.between(1, cluster.count())).name();
    String resource = chance.oneOf(setup.resources());
    switch (chance.between(0, 15)) {
      case 0, 1 -> standby(node, chance.oneIn(2) ? "true" : "false");
      case 2 -> ask(Verb.MOVE, null, _ -> {}, "resource", resource, "node", node);
      case 3 -> ask(Verb.MOVE, null, _ -> {}, "resource", resource);
      case 4 -> ask(Verb.BAN, null, _ -> {}, "resource", resource, "node", node);
      case 5 -> ask(Verb.CLEAR, null, _ -> {}, "resource", resource);
      case 6 -> ask(Verb.CLEANUP, null, _ -> {});
      case 7 -> ask(Verb.CLEANUP, null, _ -> {}, "resource", resource, "node", node);
      case 8 -> fence(node);
      case 9 -> confirm();
      case 10 -> shutdown();
      case 11, 12, 13 -> mark();
      case 14 -> ask(chance.oneOf(Verb.WHY, Verb.WHY), null, _ -> {}, "subject", resource);
      default -> ask(Verb.TIMELINE, null, _ -> {}, "limit", "20");
    }
  }

  private void standby(String node, String on) {
    ask(Verb.STANDBY, null, _ -> {}, "node", node, "on", on);
  }

  private void fence(String node) {
    if (chance.oneIn(3) && !never.contains(Verb.FENCE)) {
      ask(Verb.FENCE, null, _ -> {}, "node", node, "action", chance.oneOf("off", "reboot"));
    }
  }

  /** A person goes to the rack, and confirms only what is dark; it stays dark until it is known. */
  private void confirm() {
    for (Machine machine : cluster.machines()) {
      if (!machine.isPowered() && !never.contains(Verb.CONFIRM)) {
        machine.holdDark(true);
        ask(
            Verb.CONFIRM,
            null,
            reply -> {
              long longer = reply.exitCode() == ExitCode.TIMEOUT.number() ? 2 * Time.SECONDS : 0;
              world.after(longer, machine.id(), () -> machine.holdDark(false));
              if (reply.exitCode() == 0) {
                for (Observer observer : world.observers()) {
                  observer.confirmed(machine.id());
                }
              }
            },
            "node",
            machine.name(),
            "reason",
            "it is dark");
        return;
      }
    }
  }

  private void shutdown() {
    if (chance.oneIn(2) && !never.contains(Verb.SHUTDOWN)) {
      ask(Verb.SHUTDOWN, null, _ -> {});
    }
  }

  /** Reads the configuration, adds a line to it, and applies it if nobody else has been faster. */
  private void mark() {
    if (marks >= MOST_MARKS) {
      return;
    }
    String id = "mark-" + ++marks;
    ask(
        Verb.CONFIGURATION,
        null,
        reply -> {
          if (reply.report() instanceof DocumentReport document
              && document.text().contains("</constraints>")) {
            apply(id, document);
          }
        },
        "format",
        "xml");
  }

  private void apply(String id, DocumentReport read) {
    String line =
        "<rsc_location id=\"%s\" rsc=\"%s\" node=\"n1\" score=\"0\"/>"
            .formatted(id, setup.resources().getFirst());
    ledger.asked(id);
    ask(
        Verb.APPLY,
        read.text().replace("</constraints>", line + "</constraints>"),
        reply -> ledger.answered(id, "\"" + id + "\"", reply),
        "format",
        "xml",
        "file",
        id + ".xml",
        "expect-version",
        read.version(),
        "expect-digest",
        Objects.requireNonNull(read.digest()));
  }

  /** Asks a living daemon, any of them. */
  private void ask(
      Verb verb, @Nullable String document, Consumer<AdminReply> then, String... options) {
    List<Machine> living =
        cluster.machines().stream().filter(machine -> machine.program() != null).toList();
    int node = living.isEmpty() ? 1 : chance.oneOf(living).id();
    console.ask(cluster, node, Console.request(verb, document, options), then);
  }
}
