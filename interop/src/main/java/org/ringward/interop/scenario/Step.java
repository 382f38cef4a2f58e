package org.ringward.interop.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ringward.interop.cluster.MixedRing;
import org.ringward.interop.cluster.Node;
import org.ringward.interop.cluster.Pacemaker;
import org.ringward.interop.cluster.Shape;
import org.ringward.interop.lab.LabException;

/**
 * Something that happens to a whole ring and ends with a whole ring; messages flow from all nodes
 * meanwhile.
 */
enum Step {
  MESSAGES("messages") {
    @Override
    void run(MixedRing ring) {
      long[] before = ring.delivered();
      int each = TOTAL_MESSAGES / ring.nodes().size() + 1;
      ring.nodes().forEach(node -> node.send(each, "mixed"));
      ring.nodes().forEach(node -> node.send(LARGE_MESSAGES, "large"));
      long all = (long) (each + LARGE_MESSAGES) * ring.nodes().size();
      ring.awaitDelivered(before, all, MESSAGES_SECONDS);
    }
  },
  KILL_OWN("kill -9 of ours") {
    @Override
    void run(MixedRing ring) {
      without(ring, ring.lastOwn(), ring.lastOwn()::kill);
    }
  },
  KILL_REAL("kill -9 of theirs") {
    @Override
    void run(MixedRing ring) {
      without(ring, ring.lastReal(), ring.lastReal()::kill);
    }
  },
  LEAVE_OWN("leave of ours") {
    @Override
    void run(MixedRing ring) {
      without(ring, ring.lastOwn(), ring.lastOwn()::leave);
    }
  },
  LEAVE_REAL("leave of theirs") {
    @Override
    void run(MixedRing ring) {
      without(ring, ring.lastReal(), ring.lastReal()::leave);
    }
  },
  CUT_OWN("link cut of ours") {
    @Override
    void run(MixedRing ring) {
      cut(ring, ring.lastOwn());
    }
  },
  CUT_REAL("link cut of theirs") {
    @Override
    void run(MixedRing ring) {
      cut(ring, ring.lastReal());
    }
  },
  LOSS_5("5 % loss") {
    @Override
    void run(MixedRing ring) {
      loss(ring, 5);
    }
  },
  LOSS_20("20 % loss") {
    @Override
    void run(MixedRing ring) {
      loss(ring, 20);
    }
  },
  PARTITION("partition and merge") {
    @Override
    void run(MixedRing ring) {
      // The odd ones against the even ones: with five nodes there is one of ours on each side.
      List<Node> side = new ArrayList<>();
      List<Node> rest = new ArrayList<>();
      ring.nodes().forEach(node -> (node.id() <= ring.nodes().size() / 2 ? side : rest).add(node));
      traffic(ring);
      ring.partition(side);
      ring.awaitTogether(side, CHANGE_SECONDS);
      ring.awaitTogether(rest, CHANGE_SECONDS);
      traffic(ring);
      ring.loss(0);
      ring.awaitWhole(CHANGE_SECONDS);
    }
  },
  CUT_LINK("each of two links cut and mended") {
    @Override
    void run(MixedRing ring) {
      for (int link = 0; link < 2; link++) {
        traffic(ring);
        ring.network(link, false);
        traffic(ring);
        ring.awaitLinkLost(link, CHANGE_SECONDS);
        ring.awaitSent(MESSAGES_SECONDS);
        ring.awaitWhole(CHANGE_SECONDS);
        ring.network(link, true);
        ring.awaitLinks(2, CHANGE_SECONDS);
      }
    }
  },
  RELOAD_NODE("a node removed and added by reload") {
    @Override
    void run(MixedRing ring) {
      int all = ring.nodes().size();
      Node node = ring.shape().real().size() > 1 ? ring.lastReal() : ring.lastOwn();
      node.leave();
      ring.awaitWhole(CHANGE_SECONDS);
      String before = ring.ring();
      ring.takeOut(node);
      traffic(ring);
      ring.reload(firstReal(ring), CHANGE_SECONDS);
      ring.awaitExpected(all - 1, CHANGE_SECONDS);
      ring.wholeFiles();
      traffic(ring);
      ring.reload(firstOwn(ring), CHANGE_SECONDS);
      ring.awaitExpected(all, CHANGE_SECONDS);
      assertUndisturbed(ring, before);
      node.start();
      ring.awaitWhole(CHANGE_SECONDS);
    }
  },
  RELOAD_LINK("a link removed and added by reload") {
    @Override
    void run(MixedRing ring) {
      String before = ring.ring();
      ring.links(1);
      traffic(ring);
      ring.reload(firstReal(ring), CHANGE_SECONDS);
      ring.awaitLinks(1, CHANGE_SECONDS);
      ring.wholeFiles();
      traffic(ring);
      ring.reload(firstOwn(ring), CHANGE_SECONDS);
      ring.awaitLinks(2, CHANGE_SECONDS);
      assertUndisturbed(ring, before);
    }
  },
  RELOAD_KEY("the key changed by reload") {
    @Override
    void run(MixedRing ring) {
      String before = ring.ring();
      for (int number = 2; number <= 3; number++) {
        ring.key(number);
        traffic(ring);
        ring.reload(number == 2 ? firstReal(ring) : firstOwn(ring), CHANGE_SECONDS);
        traffic(ring);
        ring.awaitSent(MESSAGES_SECONDS);
        assertUndisturbed(ring, before);
        // A real node goes on with the new key at its own announcement, and one that lacks an
        // earlier message just then is lost; with a short token timeout the ring may part for a
        // moment. A key that does not reach all of it would part it for good.
        ring.settle(QUIET_SECONDS);
        ring.awaitWhole(CHANGE_SECONDS);
      }
      ring.key(1);
      ring.reload(firstReal(ring), CHANGE_SECONDS);
      // Who begins with the new key only is understood: it is in use.
      Node again = ring.lastOwn();
      again.leave();
      ring.awaitWhole(CHANGE_SECONDS);
      again.start();
      ring.awaitWhole(CHANGE_SECONDS);
    }
  },
  LOSE_RING_IDS("ring ids lost, of ours, of theirs, of all") {
    @Override
    void run(MixedRing ring) {
      for (Node node : List.of(ring.lastOwn(), ring.lastReal())) {
        without(ring, node, () -> killAndForget(node));
      }
      long before = ring.sequence();
      ring.awaitSent(MESSAGES_SECONDS);
      ring.beginAgain(QUIET_SECONDS);
      ring.nodes().forEach(Step::killAndForget);
      ring.nodes().forEach(Node::start);
      ring.awaitWhole(CHANGE_SECONDS);
      if (ring.sequence() <= before) {
        throw new LabException("ring %d came after %d".formatted(ring.sequence(), before));
      }
      traffic(ring);
    }
  },
  PACEMAKER("Pacemaker on theirs while ours is killed, leaves, is cut and loses 5 %") {
    @Override
    void run(MixedRing ring) {
      Pacemaker pacemaker = Pacemaker.start(ring);
      for (Step fault : List.of(KILL_OWN, LEAVE_OWN, CUT_OWN, LOSS_5)) {
        fault.run(ring);
        ring.awaitSent(MESSAGES_SECONDS);
        pacemaker.awaitHealthy(CHANGE_SECONDS);
      }
    }
  };

  private static final int TOTAL_MESSAGES = 20_000;
  private static final int LARGE_MESSAGES = 2;
  private static final long MESSAGES_SECONDS = 120;
  private static final int FAULT_MESSAGES = 300;
  private static final int LOSS_MESSAGES = 1500;
  private static final long CHANGE_SECONDS = 30;
  private static final long QUIET_SECONDS = 20;
  private static final int PATIENT_TOKEN = 3000;

  private final String title;

  Step(String title) {
    this.title = title;
  }

  /** How reports call it. */
  String title() {
    return title;
  }

  /** Such as kill-own. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Whether that ring goes through it: one with slow default timers only through two faults, and
   * Pacemaker needs a majority of real nodes.
   */
  boolean suits(Shape shape) {
    boolean slow = shape.token() == 0;
    return switch (this) {
      case KILL_OWN -> !shape.own().isEmpty();
      case MESSAGES, KILL_REAL, LEAVE_REAL, LOSS_5, LOSS_20, PARTITION -> !slow;
      case PACEMAKER -> shape.name().equals("knet-aes-1-2");
      case LEAVE_OWN, CUT_OWN -> !slow && !shape.own().isEmpty();
      case LOSE_RING_IDS -> !slow && mixed(shape);
      case CUT_LINK, RELOAD_LINK -> shape.hasTwoLinks() && mixed(shape);
      case RELOAD_NODE -> !slow && mixed(shape);
      case RELOAD_KEY -> !slow && shape.hasKey() && mixed(shape);
      case CUT_REAL -> true;
    };
  }

  private static boolean mixed(Shape shape) {
    return !shape.own().isEmpty() && !shape.real().isEmpty();
  }

  abstract void run(MixedRing ring);

  private static Node firstReal(MixedRing ring) {
    return ring.nodes().stream()
        .filter(node -> !node.isOwn() && node.isRunning())
        .findFirst()
        .orElseThrow();
  }

  private static Node firstOwn(MixedRing ring) {
    return ring.nodes().stream()
        .filter(node -> node.isOwn() && node.isRunning())
        .findFirst()
        .orElseThrow();
  }

  /**
   * No node has lost another meanwhile, however short. With short timeouts a busy machine can do
   * that by itself.
   */
  private static void assertUndisturbed(MixedRing ring, String before) {
    if (ring.shape().token() >= PATIENT_TOKEN && !ring.ring().equals(before)) {
      throw new LabException("there is another ring, %s after %s".formatted(ring.ring(), before));
    }
  }

  private static void traffic(MixedRing ring) {
    ring.nodes().stream()
        .filter(Node::isRunning)
        .forEach(node -> node.send(FAULT_MESSAGES, "small"));
  }

  private static void killAndForget(Node node) {
    node.kill();
    node.loseRingId();
  }

  /** The ring loses a node, goes on, and gets it back. */
  private static void without(MixedRing ring, Node node, Runnable loss) {
    traffic(ring);
    loss.run();
    ring.awaitWhole(CHANGE_SECONDS);
    traffic(ring);
    node.start();
    ring.awaitWhole(CHANGE_SECONDS);
  }

  private static void cut(MixedRing ring, Node node) {
    traffic(ring);
    ring.cable(node, false);
    List<Node> rest = ring.nodes().stream().filter(each -> each.id() != node.id()).toList();
    ring.awaitTogether(rest, CHANGE_SECONDS);
    ring.awaitTogether(List.of(node), CHANGE_SECONDS);
    traffic(ring);
    ring.cable(node, true);
    ring.awaitWhole(CHANGE_SECONDS);
  }

  private static void loss(MixedRing ring, int percent) {
    ring.loss(percent);
    ring.nodes().forEach(node -> node.send(LOSS_MESSAGES, "small"));
    ring.awaitSent(MESSAGES_SECONDS);
    ring.loss(0);
    ring.awaitWhole(CHANGE_SECONDS);
  }
}
