package org.ringward.core.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.Defect;
import org.ringward.core.cib.Attributes;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.GraphAction.Kind;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.graph.TransitionGraph.Synapse;

class TransitionRunTest {
  private static Synapse action(int id, int priority, Integer... inputs) {
    return synapse(id, Kind.RSC_OP, priority, List.of(inputs));
  }

  private static Synapse pseudo(int id, Integer... inputs) {
    return synapse(id, Kind.PSEUDO_EVENT, 0, List.of(inputs));
  }

  private static Synapse synapse(int id, Kind kind, int priority, List<Integer> inputs) {
    GraphAction action =
        new GraphAction(
            id, kind, "start", "r_start_0", null, "a", "1", null, Attributes.NONE, List.of());
    return new Synapse(id, priority, action, inputs);
  }

  private static TransitionGraph graph(Synapse... synapses) {
    return new TransitionGraph(Attributes.NONE, List.of(synapses));
  }

  private static List<Integer> ids(List<GraphAction> actions) {
    return actions.stream().map(GraphAction::id).toList();
  }

  @Test
  void anEmptyGraphIsDoneAtOnce() {
    TransitionRun run = new TransitionRun(1, graph(), 0);
    assertThat(run.fire(0)).isEmpty();
    assertThat(run.finished()).isTrue();
    assertThat(run.succeeded()).isTrue();
  }

  @Test
  void actionsWaitForAllTheirInputs() {
    TransitionRun run =
        new TransitionRun(1, graph(action(3, 0, 1, 2), action(1, 0), action(2, 0)), 0);
    assertThat(ids(run.fire(0))).containsExactly(1, 2);
    assertThat(run.fire(0)).isEmpty();
    run.completed(1, true);
    assertThat(run.fire(0)).isEmpty();
    run.completed(2, true);
    assertThat(ids(run.fire(0))).containsExactly(3);
    assertThat(run.finished()).isFalse();
    assertThat(ids(run.inFlight())).containsExactly(3);
    run.completed(3, true);
    assertThat(run.finished()).isTrue();
    assertThat(run.succeeded()).isTrue();
    assertThat(run.summary()).isEqualTo("Transition 1: 3 of 3 actions are done.");
  }

  @Test
  void pseudoEventsAreDoneInside() {
    TransitionRun run =
        new TransitionRun(1, graph(pseudo(1), pseudo(2, 1), action(3, 0, 2), pseudo(4, 3)), 0);
    assertThat(ids(run.fire(0))).containsExactly(3);
    run.completed(3, true);
    assertThat(run.finished()).isFalse();
    assertThat(run.fire(0)).isEmpty();
    assertThat(run.finished()).isTrue();
    assertThat(run.succeeded()).isTrue();
  }

  @Test
  void higherPriorityFirstThenTheOrderOfTheGraph() {
    TransitionRun run =
        new TransitionRun(1, graph(action(9, 0), action(4, 5), action(1, 0), action(7, 5)), 0);
    assertThat(ids(run.fire(0))).containsExactly(4, 7, 9, 1);
  }

  @Test
  void theBatchLimitHoldsActionsBackButNotPseudoEvents() {
    TransitionRun run =
        new TransitionRun(1, graph(action(1, 0), action(2, 0), action(3, 0), pseudo(4)), 2);
    assertThat(ids(run.fire(0))).containsExactly(1, 2);
    assertThat(run.summary()).contains("1 of 4 actions are done, 2 in progress, 1 not started");
    run.completed(2, true);
    assertThat(ids(run.fire(0))).containsExactly(3);
  }

  @Test
  void aFailureInTheMiddleStopsWhatDependsOnItOnly() {
    TransitionRun run =
        new TransitionRun(
            3,
            graph(action(1, 0), action(2, 0, 1), action(3, 0, 2), action(4, 0), pseudo(5, 3, 4)),
            0);
    assertThat(ids(run.fire(0))).containsExactly(1, 4);
    run.completed(1, true);
    assertThat(ids(run.fire(0))).containsExactly(2);
    run.completed(2, false);
    assertThat(run.fire(0)).isEmpty();
    assertThat(run.finished()).isFalse();
    run.completed(4, true);
    assertThat(run.fire(0)).isEmpty();
    assertThat(run.finished()).isTrue();
    assertThat(run.succeeded()).isFalse();
    assertThat(run.summary())
        .isEqualTo("Transition 3: 2 of 5 actions are done, 1 failed, 2 never started.");
  }

  @Test
  void abortWaitsForWhatIsInFlight() {
    TransitionRun run = new TransitionRun(1, graph(action(1, 0), action(2, 0), action(3, 0, 1)), 0);
    run.fire(0);
    run.abort("the configuration changed");
    run.abort("and once more");
    assertThat(run.finished()).isFalse();
    run.completed(1, true);
    assertThat(run.fire(0)).isEmpty();
    assertThat(run.finished()).isFalse();
    run.completed(2, false);
    assertThat(run.finished()).isTrue();
    assertThat(run.succeeded()).isFalse();
    assertThat(run.abortReason()).isEqualTo("the configuration changed");
    assertThat(run.summary())
        .isEqualTo(
            "Transition 1: 1 of 3 actions are done, 1 failed, 1 never started;"
                + " aborted: the configuration changed.");
  }

  @Test
  void anAbortBeforeTheFirstActionEndsTheRun() {
    TransitionRun run = new TransitionRun(1, graph(action(1, 0)), 0);
    run.abort("stale");
    assertThat(run.fire(0)).isEmpty();
    assertThat(run.finished()).isTrue();
    assertThat(run.succeeded()).isFalse();
  }

  @Test
  void lateActionsAreNamedOnceAndStayInFlight() {
    TransitionRun run = new TransitionRun(1, graph(action(1, 0), action(2, 0), action(3, 0)), 0);
    run.fire(0);
    assertThat(run.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    run.started(2, 20);
    run.started(1, 10);
    run.started(77, 5);
    assertThat(run.nextDeadline()).isEqualTo(10);
    assertThat(run.expired(9)).isEmpty();
    assertThat(ids(run.expired(20))).containsExactly(1, 2);
    assertThat(run.expired(30)).isEmpty();
    assertThat(ids(run.inFlight())).containsExactly(1, 2, 3);
    run.completed(1, false);
    run.completed(1, true);
    assertThat(run.summary()).contains("0 of 3").contains("1 failed");
  }

  @Test
  void unknownInputsAndCirclesNeverStart() {
    TransitionRun run =
        new TransitionRun(1, graph(action(1, 0, 99), action(2, 0, 3), action(3, 0, 2)), 0);
    assertThat(run.fire(0)).isEmpty();
    assertThat(run.finished()).isTrue();
    assertThat(run.succeeded()).isFalse();
    assertThat(run.summary()).contains("3 never started");
  }

  @Test
  void twoActionsWithOneIdAreOurBug() {
    assertThatThrownBy(() -> new TransitionRun(1, graph(action(1, 0), action(1, 0)), 0))
        .isInstanceOf(Defect.class);
  }

  /** Random graphs, random ends: each runnable action exactly once, never before its inputs. */
  @Test
  void randomGraphs() {
    for (long seed = 0; seed < 3000; seed++) {
      new RandomWalk(seed).walk();
    }
  }

  private static final class RandomWalk {
    final Random random;
    final TransitionGraph graph;
    final int batchLimit;
    final TreeSet<Integer> done = new TreeSet<>();
    final TreeSet<Integer> failed = new TreeSet<>();
    final TreeSet<Integer> handedOut = new TreeSet<>();
    final String name;

    RandomWalk(long seed) {
      this.name = "seed " + seed;
      this.random = new Random(seed);
      int size = random.nextInt(25);
      List<Synapse> synapses = new ArrayList<>();
      for (int id = 0; id < size; id++) {
        List<Integer> inputs = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0 && id > 0; i--) {
          // Sometimes twice the same.
          inputs.add(random.nextInt(id));
        }
        Kind kind = random.nextInt(3) == 0 ? Kind.PSEUDO_EVENT : Kind.RSC_OP;
        synapses.add(synapse(id, kind, random.nextInt(3), inputs));
      }
      Collections.shuffle(synapses, random);
      this.graph = new TransitionGraph(Attributes.NONE, synapses);
      this.batchLimit = random.nextInt(4);
    }

    void walk() {
      TransitionRun run = new TransitionRun(1, graph, batchLimit);
      while (!run.finished()) {
        for (GraphAction action : run.fire(0)) {
          assertThat(action.kind()).as(name).isNotEqualTo(Kind.PSEUDO_EVENT);
          assertThat(handedOut.add(action.id())).as(name).isTrue();
          assertThat(doneWithPseudoEvents().containsAll(inputs(action.id()))).as(name).isTrue();
        }
        assertThat(batchLimit == 0 || run.inFlight().size() <= batchLimit).as(name).isTrue();
        List<GraphAction> inFlight = run.inFlight();
        if (!inFlight.isEmpty()) {
          GraphAction ended = inFlight.get(random.nextInt(inFlight.size()));
          boolean good = random.nextInt(8) > 0;
          (good ? done : failed).add(ended.id());
          run.completed(ended.id(), good);
        }
      }
      TreeSet<Integer> reached = doneWithPseudoEvents();
      assertThat(run.succeeded()).as(name).isEqualTo(reached.size() == graph.synapses().size());
      // Whatever could run has run.
      for (Synapse synapse : graph.synapses()) {
        int id = synapse.action().id();
        boolean over = reached.contains(id) || failed.contains(id);
        assertThat(over).as(name).isEqualTo(reached.containsAll(synapse.inputs()));
      }
    }

    private List<Integer> inputs(int id) {
      return graph.synapses().stream()
          .filter(synapse -> synapse.action().id() == id)
          .findFirst()
          .orElseThrow()
          .inputs();
    }

    /** What is done, pseudo events by their meaning: done as soon as their inputs are. */
    private TreeSet<Integer> doneWithPseudoEvents() {
      TreeSet<Integer> all = new TreeSet<>(done);
      TreeMap<Integer, Synapse> byId = new TreeMap<>();
      graph.synapses().forEach(synapse -> byId.put(synapse.action().id(), synapse));
      // Inputs have smaller ids, so one ascending pass is enough.
      Stream<Synapse> ascending =
          byId.values().stream().sorted(Comparator.comparingInt(each -> each.action().id()));
      ascending
          .filter(each -> each.action().kind() == Kind.PSEUDO_EVENT)
          .filter(each -> all.containsAll(each.inputs()))
          .forEach(each -> all.add(each.action().id()));
      return all;
    }
  }
}
