package org.ringward.sim.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.sim.Result;
import org.ringward.sim.evs.Entry;
import org.ringward.sim.evs.ExtendedVirtualSynchrony;
import org.ringward.sim.evs.Nodes;
import org.ringward.sim.evs.Recording;
import org.ringward.sim.medium.Lan;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

/**
 * One run of one plan: nodes of the ring with a load and faults; then calm, in which they must come
 * to one ring that has delivered everything; then the check of all that was recorded.
 */
public final class RingWorld implements Lan.Receiver {
  /** No run needs so many events: something goes round in circles. */
  private static final long EVENTS_MOST = 1_500_000;

  private static final long LOOK_EVERY = 40 * Time.MILLIS;

  /** The last node has read its file this much later than the first. */
  private static final long FILE_TAKES_MOST = 80 * Time.MILLIS;

  private final RingPlan plan;
  private final World world;
  private final Lan lan;
  private final Recording recording = new Recording();
  private final List<RingHost> hosts = new ArrayList<>();
  private final Tally tally = new Tally();
  private final NodeSet all;
  private boolean calm;
  private boolean settled;
  private long rings;
  private long deliveries;
  private long overtaken;

  private RingWorld(RingPlan plan, @Nullable Consumer<String> reader) {
    this.plan = plan;
    this.world = new World(plan.seed(), new Trace(reader));
    this.lan = new Lan(world, plan.nodes(), plan.links(), this);
    this.all = NodeSet.of(IntStream.rangeClosed(1, plan.nodes()).toArray());
    for (int node = 1; node <= plan.nodes(); node++) {
      hosts.add(new RingHost(this, node, world.fork("host" + node)));
    }
  }

  /**
   * Runs a plan.
   *
   * @param reader takes the story line by line, null when nobody reads it
   */
  public static Result run(RingPlan plan, @Nullable Consumer<String> reader) {
    RingWorld world = new RingWorld(plan, reader);
    String failure = null;
    try {
      world.run();
    } catch (Violation violation) {
      failure = violation.getMessage();
      if (reader != null && violation.getCause() != null) {
        for (StackTraceElement element : violation.getCause().getStackTrace()) {
          reader.accept("    at " + element);
        }
      }
    }
    return world.result(failure);
  }

  private Result result(@Nullable String failure) {
    for (int i = 0; i < plan.faults().size(); i++) {
      tally.count("fault " + plan.faults().get(i).kind());
    }
    if (plan.knet()) {
      tally.count("runs with knet, links " + plan.links());
    }
    tally.count("rings installed", rings);
    tally.count("rings shared", ExtendedVirtualSynchrony.sharedRings(recording));
    tally.count("deliveries", deliveries);
    hosts.forEach(host -> overtaken(host.overtaken()));
    tally.count("messages that followed their token", overtaken);
    if (ExtendedVirtualSynchrony.isConfused(recording)) {
      tally.count("runs with ring ids given twice");
    }
    return new Result(
        plan.seed(),
        failure,
        world.trace().hash(),
        world.trace().events(),
        (double) world.now() / Time.SECONDS,
        tally.counts());
  }

  private void run() {
    lan.quality(plan.network());
    var chance = world.fork("start");
    for (int node = 1; node <= plan.nodes(); node++) {
      world.after(chance.between(0, 100 * Time.MILLIS), node, host(node)::start);
    }
    for (RingFault fault : plan.faults()) {
      world.at(
          fault.atNanos(),
          0,
          () -> {
            if (told()) {
              tell(0, "* " + fault.text());
            }
            fault.kind().strike(this, fault);
          });
    }
    world.runUntil(plan.calmNanos());
    calmDown();
    settle();
    ExtendedVirtualSynchrony.check(recording, settled);
    if (!settled) {
      throw new Violation("settles", "not after all faults are over: " + status());
    }
  }

  /** All faults end, and all nodes run. */
  private void calmDown() {
    calm = true;
    if (told()) {
      tell(0, "* all faults are over");
    }
    lan.mend();
    lan.quality(Lan.Quality.GOOD);
    for (RingHost host : hosts) {
      host.slowness(plan.turnNanos());
      host.unpause();
      host.configure(all);
      host.start();
    }
  }

  /** Until all is well, and still is some time later. */
  private void settle() {
    long limit = plan.limitNanos();
    while (world.now() < limit && world.trace().events() < EVENTS_MOST) {
      world.runUntil(world.now() + LOOK_EVERY);
      if (isSettled()) {
        world.runUntil(world.now() + plan.totem().token() * Time.MILLIS / 2);
        if (isSettled()) {
          settled = true;
          return;
        }
      }
    }
  }

  private boolean isSettled() {
    long sequence = -1;
    for (RingHost host : hosts) {
      RingApplication process = host.process();
      if (process == null || !process.isSettled(all)) {
        return false;
      }
      if (sequence >= 0 && sequence != process.ringSequence()) {
        return false;
      }
      sequence = process.ringSequence();
    }
    return true;
  }

  private String status() {
    StringBuilder text = new StringBuilder();
    for (RingHost host : hosts) {
      RingApplication process = host.process();
      text.append(text.isEmpty() ? "" : "; ").append(process == null ? "-" : process.status());
    }
    return text.toString();
  }

  // --- for faults

  /** Something that follows from a fault, unless everything has been mended before. */
  void later(long delay, Runnable what) {
    world.after(
        delay,
        0,
        () -> {
          if (!calm) {
            what.run();
          }
        });
  }

  /** Files are changed everywhere but on the node itself; each is read a bit later. */
  void takeOut(RingFault fault) {
    Chance reading = world.fork("files");
    for (int node = 1; node <= plan.nodes(); node++) {
      if (node != fault.node()) {
        RingHost host = host(node);
        long takes = reading.between(0, FILE_TAKES_MOST);
        later(takes, () -> host.configure(all.without(fault.node())));
        later(takes + fault.nanos(), () -> host.configure(all));
      }
    }
  }

  void cut(long side, boolean outward, boolean inward) {
    for (int from = 1; from <= plan.nodes(); from++) {
      for (int to = 1; to <= plan.nodes(); to++) {
        if (Nodes.has(side, from) != Nodes.has(side, to)) {
          lan.cut(from, to, Nodes.has(side, from) ? outward : inward);
        }
      }
    }
  }

  void mend() {
    lan.mend();
  }

  void cable(RingFault fault, boolean isCut) {
    if (plan.links() > 1) {
      lan.cut(fault.degree(), fault.node(), fault.other(), isCut);
    } else {
      lan.cut(fault.node(), fault.other(), isCut);
    }
  }

  void link(int link, boolean isCut) {
    for (int from = 1; from <= plan.nodes(); from++) {
      for (int to = 1; to <= plan.nodes(); to++) {
        lan.cut(link, from, to, isCut);
      }
    }
  }

  void usualNetwork() {
    lan.quality(plan.network());
  }

  // --- what hosts need

  RingHost host(int node) {
    return hosts.get(node - 1);
  }

  int nodes() {
    return plan.nodes();
  }

  NodeSet all() {
    return all;
  }

  RingPlan plan() {
    return plan;
  }

  Lan lan() {
    return lan;
  }

  Recording recording() {
    return recording;
  }

  boolean isCalm() {
    return calm;
  }

  long now() {
    return world.now();
  }

  void at(long time, int node, Runnable what) {
    world.at(time, node, what);
  }

  boolean told() {
    return world.trace().told();
  }

  void tell(int node, String what) {
    world.tell(node, what);
  }

  /** So many messages of one life followed their token. */
  void overtaken(long messages) {
    overtaken += messages;
  }

  void count(Entry entry) {
    if (entry instanceof Entry.Regular) {
      rings++;
    } else if (entry instanceof Entry.Delivered delivered) {
      deliveries++;
      world.trace().fold(delivered.message());
    }
  }

  @Override
  public void arrived(int link, int atNode, int fromNode, byte[] datagram) {
    host(atNode).arrived(link, fromNode, datagram);
  }

  @Override
  public boolean refuses(int node) {
    return host(node).refuses();
  }

  @Override
  public void refused(int link, int atNode, int byNode) {
    host(atNode).refused(link, byNode);
  }
}
