package org.ringward.core.transition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Attributes;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.GraphAction.Kind;
import org.ringward.core.graph.GraphAction.PrimitiveRef;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.graph.TransitionGraph.Synapse;

class ProbesFirstTest {
  private static Synapse synapse(
      int id, String operation, String resource, long interval, Integer... inputs) {
    GraphAction action =
        new GraphAction(
            id,
            Kind.RSC_OP,
            operation,
            resource + "_" + operation + "_" + interval,
            null,
            "n1",
            "1",
            new PrimitiveRef(resource, null, "ocf", "heartbeat", "Dummy"),
            Attributes.of("CRM_meta_interval", Long.toString(interval)),
            List.of());
    return new Synapse(id, 0, action, List.of(inputs));
  }

  private static List<Integer> inputs(int id, Synapse... synapses) {
    TransitionGraph graph = new TransitionGraph(Attributes.NONE, List.of(synapses));
    return ProbesFirst.of(graph).synapses().stream()
        .filter(each -> each.action().id() == id)
        .findFirst()
        .orElseThrow()
        .inputs();
  }

  /** Seed 29283: the other node ran the promoted instance still, from its daemon's life before. */
  @Test
  void aPromotionWaitsForTheProbesOfAllInstances() {
    Synapse start = synapse(1, "start", "replica:0", 0);
    Synapse probe = synapse(2, "monitor", "replica:1", 0);
    Synapse bare = synapse(3, "monitor", "replica", 0);
    Synapse promote = synapse(4, "promote", "replica:0", 0, 1);
    assertThat(inputs(4, start, probe, bare, promote)).containsExactly(1, 2, 3);
  }

  @Test
  void nothingElseIsMadeToWait() {
    Synapse probe = synapse(1, "monitor", "replica:1", 0);
    Synapse other = synapse(2, "monitor", "vip", 0);
    Synapse recurring = synapse(3, "monitor", "replica:0", 10_000);
    Synapse start = synapse(4, "start", "replica:0", 0);
    Synapse promote = synapse(5, "promote", "replica:0", 0, 4);
    assertThat(inputs(4, probe, other, recurring, start, promote)).isEmpty();
    assertThat(inputs(5, probe, other, recurring, start, promote)).containsExactly(4, 1);
    assertThat(inputs(5, other, recurring, start, promote)).containsExactly(4);
  }

  /** It would wait for ever. */
  @Test
  void aProbeThatWaitsForThePromotionIsNotWaitedFor() {
    Synapse promote = synapse(1, "promote", "replica:0", 0);
    Synapse between = synapse(2, "start", "vip", 0, 1);
    Synapse probe = synapse(3, "monitor", "replica:1", 0, 2);
    assertThat(inputs(1, promote, between, probe)).isEmpty();
  }
}
