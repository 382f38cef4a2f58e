package org.ringward.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.graph.GraphXml;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.report.Placement;

/** What holds for every cluster: drawn from a generator, many for each seed. */
class SchedulerPropertiesTest {
  private static final int CLUSTERS = 60;

  /** The names of nodes and resources in generated clusters. */
  private static final Pattern NAME =
      Pattern.compile("(?<![A-Za-z0-9])(n[1-3]|[rgk][0-9][abcp]?)(?![A-Za-z0-9])");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void graphsAreFreeOfLoopsAndComplete(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CLUSTERS; i++) {
      Cib cib = RandomClusters.broken(random);
      TransitionGraph graph = Scheduler.schedule(cib, Clusters.NOW).graph();
      assertThat(leftInLoops(graph)).as("seed %d cluster %d", seed, i).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void healthyClustersSettle(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CLUSTERS; i++) {
      Cib settled = Clusters.settle(RandomClusters.healthy(random));
      assertThat(Scheduler.schedule(settled, Clusters.NOW).graph().isEmpty())
          .as("seed %d cluster %d", seed, i)
          .isTrue();
      for (Placement placement : Scheduler.explain(settled, Clusters.NOW).placements()) {
        assertThat(RandomClusters.activeOn(settled, placement.resource()))
            .as("seed %d cluster %d %s", seed, i, placement.reason())
            .isEqualTo(placement.node() == null ? List.of() : List.of(placement.node()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void aLostNodeIsFencedBeforeAnythingOfItStarts(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CLUSTERS; i++) {
      Cib settled = Clusters.settle(RandomClusters.healthy(random));
      Cib lost = Graphs.withState(settled, "n1", "false", "offline", "down", "member");
      TransitionGraph graph = Scheduler.schedule(lost, Clusters.NOW).graph();
      for (TransitionGraph.Synapse synapse : graph.synapses()) {
        String key = synapse.action().operationKey();
        boolean moves =
            synapse.action().operation().equals("start")
                && synapse.action().primitive() != null
                && !synapse.action().primitive().agentClass().equals("stonith")
                && RandomClusters.activeOn(lost, key.substring(0, key.length() - 8)).contains("n1");
        if (moves) {
          assertThat(Graphs.inputs(graph, key))
              .as("seed %d cluster %d %s", seed, i, key)
              .contains("stonith-n1-reboot@n1");
        }
      }
      assertThat(Scheduler.schedule(Clusters.settle(lost), Clusters.NOW).graph().isEmpty())
          .isTrue();
    }
  }

  /** Whatever failed: when failures stop, and nodes return, the cluster comes to rest. */
  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void clustersComeToRestWhenFailuresStop(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CLUSTERS / 2; i++) {
      Cib cib = RandomClusters.healthy(random);
      long[] callId = {0};
      for (int round = 0; round < 8; round++) {
        TransitionGraph graph = Scheduler.schedule(cib, Clusters.NOW).graph();
        assertThat(leftInLoops(graph)).as("seed %d cluster %d", seed, i).isEmpty();
        cib = FailingClusters.carryOut(cib, graph, random, callId);
        if (random.nextInt(4) == 0) {
          cib = Graphs.withState(cib, "n2", "false", "offline", "down", "member");
        }
        if (random.nextInt(3) == 0) {
          cib = FailingClusters.repair(cib);
        }
      }
      Cib settled = Clusters.settle(FailingClusters.repair(cib));
      assertThat(Scheduler.schedule(settled, Clusters.NOW).graph().isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void theSameInputGivesTheSameSchedule(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CLUSTERS; i++) {
      Cib cib = RandomClusters.broken(random);
      assertThat(Scheduler.schedule(cib, Clusters.NOW))
          .isEqualTo(Scheduler.schedule(cib, Clusters.NOW));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53})
  void clustersWithClonesSettle(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CLUSTERS; i++) {
      Cib settled = Clusters.settle(RandomClusters.withClones(random));
      assertThat(Clusters.plan(settled))
          .as("seed %d cluster %d", seed, i)
          .allMatch(change -> change.endsWith(" blocked"));
    }
  }

  /** Names keep their order, which breaks ties. */
  @ParameterizedTest
  @ValueSource(longs = {61, 62})
  void otherNamesChangeNothingButNames(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CLUSTERS; i++) {
      Cib cib = i % 2 == 0 ? RandomClusters.broken(random) : RandomClusters.withClones(random);
      Cib renamed = CibXml.read("renamed.xml", renamed(CibXml.write(cib)));
      assertThat(GraphXml.write(Scheduler.schedule(renamed, Clusters.NOW).graph()))
          .as("seed %d cluster %d", seed, i)
          .isEqualTo(renamed(GraphXml.write(Scheduler.schedule(cib, Clusters.NOW).graph())));
    }
  }

  private static String renamed(String text) {
    return NAME.matcher(text).replaceAll("other-$1");
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73})
  void aNodeThatIsBannedEverywhereChangesNoPlacement(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CLUSTERS; i++) {
      Cib cib = Clusters.settle(RandomClusters.withClones(random));
      Cib wider = RandomClusters.withBannedNode(cib, "n9");
      assertThat(places(wider)).as("seed %d cluster %d", seed, i).isEqualTo(places(cib));
    }
  }

  /** RESOURCE on NODE as ROLE, without the numbers of instances. */
  private static List<String> places(Cib cib) {
    return Scheduler.explain(cib, Clusters.NOW).placements().stream()
        .filter(each -> each.node() != null)
        .map(each ->
            each.resource().replaceFirst(":.*", "") + " on " + each.node() + " as " + each.role())
        .sorted()
        .toList();
  }

  private static List<String> leftInLoops(TransitionGraph graph) {
    Set<Integer> ids = new LinkedHashSet<>();
    graph.synapses().forEach(synapse -> ids.add(synapse.action().id()));
    Set<Integer> done = new LinkedHashSet<>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (TransitionGraph.Synapse synapse : graph.synapses()) {
        assertThat(ids).containsAll(synapse.inputs());
        if (done.containsAll(synapse.inputs())) {
          progress |= done.add(synapse.action().id());
        }
      }
    }
    List<String> left = new ArrayList<>();
    for (TransitionGraph.Synapse synapse : graph.synapses()) {
      if (!done.contains(synapse.action().id())) {
        left.add(synapse.action().operationKey());
      }
    }
    return left;
  }
}
