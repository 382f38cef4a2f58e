package org.ringward.sim.operator;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.ExitCode;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/** Asks daemons over their local sockets and waits for the answers. */
public final class Console implements Machine.Answers {
  private static final long PATIENCE = 10 * Time.SECONDS;

  private final World world;
  private final Tally tally;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private long lastId;

  private record Waiting(int node, AdminRequest request, Consumer<AdminReply> then) {}

  public Console(World world, Tally tally) {
    this.tally = tally;
    this.world = world;
  }

  /** A request with options given as names and values in turn. */
  public static AdminRequest request(
      AdminRequest.Verb verb, @Nullable String document, String... namesAndValues) {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      options.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new AdminRequest(verb, "operator", options, document);
  }

  /**
   * Asks one machine. Whatever happens, {@code then} is called once: with the answer, or with exit
   * code UNAVAILABLE when no daemon listens, or TIMEOUT when none comes; after a TIMEOUT nobody
   * knows whether the order was carried out.
   */
  public void ask(Cluster cluster, int node, AdminRequest request, Consumer<AdminReply> then) {
    long id = ++lastId;
    Machine machine = cluster.machine(node);
    waiting.put(id, new Waiting(node, request, then));
    tell(node, "asks " + request.verb() + " ", request);
    if (!machine.ask(id, request)) {
      answered(node, id, AdminReply.failed(ExitCode.UNAVAILABLE.number(), "no daemon listens"));
      return;
    }
    world.after(
        PATIENCE,
        node,
        () -> {
          if (waiting.containsKey(id)) {
            machine.askerGone(id);
            answered(node, id, AdminReply.failed(ExitCode.TIMEOUT.number(), "no answer in time"));
          }
        });
  }

  @Override
  public void answered(int atNode, long requestId, AdminReply reply) {
    Waiting asked = waiting.remove(requestId);
    if (asked == null) {
      return; // the asker has gone
    }
    world.trace().fold(requestId * 1000 + reply.exitCode());
    world.trace().fold(reply.message());
    tally.count("order " + asked.request.verb() + " " + reply.exitCode());
    tell(atNode, "answers " + reply.exitCode() + " " + reply.message() + " to ", asked.request);
    asked.then.accept(reply);
  }

  private void tell(int node, String text, AdminRequest request) {
    if (world.trace().told() && request.verb() != AdminRequest.Verb.STATUS) {
      world.tell(
          node, "* operator: " + text + request.verb() + " " + new TreeMap<>(request.options()));
    }
  }
}
