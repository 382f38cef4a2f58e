package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;

/** A node stops what it ran while it is alone, and comes back to those who do not know. */
class OwnWordTest {
  private static final String CACHES =
      """
      properties: {fencing-enabled: false}
      resources:
        - clone: caches
          resource:
            primitive: cache
            agent: ocf:heartbeat:Dummy
      """;

  private static final QuorumSettings TIE_BREAKER =
      QuorumSettings.DEFAULT.toBuilder().waitForAll(true).autoTieBreaker(true).build();

  private static final int STEPS = 60;

  private Bus bus = new Bus();
  private int starts;
  private int stops;

  private ProcessResult run(Execution execution) {
    String action = execution.command().getLast();
    starts += action.equals("start") ? 1 : 0;
    stops += action.equals("stop") ? 1 : 0;
    return Bus.obedient(execution);
  }

  private void clusterThatNodeFourHasLeftAndCannotKnow() {
    bus = new Bus();
    bus.programs = this::run;
    IntStream.rangeClosed(1, 4).forEach(id -> bus.boot(id, 4, TIE_BREAKER));
    bus.view(1, 2, 3, 4);
    AdminReply reply = bus.ask(1, Verb.APPLY, Map.of("format", "yaml", "file", "c.yaml"), CACHES);
    assertThat(Objects.requireNonNull(reply).exitCode()).as(reply.message()).isZero();
    stops = 0;
    bus.view(4);
    assertThat(stops).as("node 4 has no quorum alone").isEqualTo(1);
    bus.view(1, 2, 3);
    starts = 0;
  }

  /** The simulator's seed 941010, without person: the cache of n4 counted as running. */
  @Test
  void whatANodeKnowsOfItselfOutlastsAViewThatBreaksAtAnyMoment() {
    for (int steps = 0; steps < STEPS; steps++) {
      clusterThatNodeFourHasLeftAndCannotKnow();
      bus.brokenView(steps, 1, 2, 3, 4);
      bus.view(1, 2, 4);
      bus.view(1, 2, 3, 4);
      assertThat(starts).as("after %d steps", steps).isEqualTo(1);
    }
  }
}
