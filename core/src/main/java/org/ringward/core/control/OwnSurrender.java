package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringward.core.base.NodeSet;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Primitive;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * This node lets go of everything because another side asks it to, over a heartbeat region: the
 * second rung of the ladder, as seen from the one who is asked. It agrees only when the ring does
 * not join the two and this side could not go on for certain; it stops all it runs, says so, and is
 * bound: nothing is started here before the two are in one ring again, or this side has quorum that
 * no other can have.
 *
 * <p>Where both sides may go on (two_node) each asks the other, and both know who comes first: the
 * one whose resources have more priority, then the one with the lower id.
 */
final class OwnSurrender {
  /** How the question begins. */
  static final String WORD = "let-go";

  /** What a node answers that runs nothing, and is bound. */
  static final String GONE = "gone";

  /** How an answer begins that asks to be asked again soon. */
  static final String LATER = "later";

  private static final Pattern QUESTION = Pattern.compile(WORD + " ([0-9a-f]{1,16}) (-?\\d{1,9})");
  private static final int ANSWERS_MOST = 16;

  /** What begins something, here or elsewhere. */
  private static final List<String> BEGINNINGS =
      List.of("start", "promote", "migrate_to", "migrate_from");

  /** What is needed of the node around it. */
  interface Surroundings {
    /** Members of the agreed view, empty while nothing is agreed. */
    NodeSet members();

    /** Of that view. */
    QuorumVerdict verdict();

    Cib cib();

    /** This node as it knows itself. */
    NodeState self();

    /** Whether a program of this node can believe that it holds a lease. */
    boolean holdsLeases();
  }

  private final int node;
  private final String life;
  private final Surroundings around;
  private final List<Consumer<String>> answers = new ArrayList<>();
  private NodeSet askers = NodeSet.EMPTY;

  /**
   * @param incarnation this life of the daemon
   */
  OwnSurrender(int node, long incarnation, Surroundings around) {
    this.node = node;
    this.life = Long.toUnsignedString(incarnation, 16);
    this.around = around;
  }

  /**
   * The question to a node.
   *
   * @param life of its daemon, as the state has it
   * @param priority of what the asker runs: {@link NodePriority#of}
   */
  static String question(String life, int priority) {
    return WORD + " " + life + " " + priority;
  }

  /** Another node asks; answered at once, or when everything has stopped. */
  void asked(int asker, String question, Consumer<String> answer) {
    Matcher words = QUESTION.matcher(question.strip());
    if (!words.matches()) {
      answer.accept("no: not understood");
    } else if (!words.group(1).equals(life)) {
      answer.accept("no: another life of the daemon is meant");
    } else if (around.members().isEmpty() || around.members().contains(asker)) {
      answer.accept(LATER + ": this node has not noticed yet that the ring is broken");
    } else if (around.verdict().isAlone()) {
      answer.accept("no: this side has quorum");
    } else if (comesFirst(Integer.parseInt(words.group(2)), asker)) {
      answer.accept(LATER + ": this node comes first, and asks itself");
    } else if (!Holdings.canTell(around.cib().configuration())) {
      answer.accept("no: there are bundles, of which a node cannot tell that nothing is left");
    } else if (answers.size() < ANSWERS_MOST) {
      askers = askers.with(asker);
      answers.add(answer);
    }
  }

  private boolean comesFirst(int otherPriority, int other) {
    if (isBound() || !around.verdict().quorate()) {
      return false;
    }
    int own = NodePriority.of(around.cib(), around.self().uname());
    return own != otherPriority ? own > otherPriority : node < other;
  }

  /** Whether nothing may be started on this node. */
  boolean isBound() {
    return !askers.isEmpty();
  }

  boolean forbids(String operation) {
    return isBound() && BEGINNINGS.contains(operation);
  }

  /** A view was agreed, or its votes have changed. */
  void agreed() {
    if (around.verdict().isAlone() || !around.members().intersect(askers).isEmpty()) {
      askers = NodeSet.EMPTY;
      answer("no: it is in a ring that goes on");
    }
  }

  /** What this node goes by while it is bound. */
  Cib policy(Cib cib) {
    return isBound() ? stopping(cib) : cib;
  }

  /** So that a side in which a node has let go stops all, whatever it does without quorum. */
  static Cib stopping(Cib cib) {
    return cib.withConfiguration(cib.configuration().withProperty("no-quorum-policy", "stop"));
  }

  /** Answers as soon as there is an answer. */
  void turn() {
    if (answers.isEmpty() || around.members().isEmpty()) {
      return;
    }
    NodeState self = around.self();
    boolean runsNothing = Holdings.areNone(stopping(around.cib()).configuration(), self);
    if (runsNothing && !around.holdsLeases()) {
      answer(GONE);
      return;
    }
    for (Primitive each : around.cib().configuration().primitives()) {
      if (!each.isFencingDevice() && ResourceView.failedToStop(self, each.id())) {
        answer("no: " + each.id() + " cannot be stopped");
        return;
      }
    }
  }

  private void answer(String text) {
    List<Consumer<String>> all = List.copyOf(answers);
    answers.clear();
    all.forEach(each -> each.accept(text));
  }
}
