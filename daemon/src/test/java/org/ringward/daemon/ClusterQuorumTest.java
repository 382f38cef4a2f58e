package org.ringward.daemon;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;

/** What may be said in a file, and relied on by a cluster or not. */
class ClusterQuorumTest {
  private static NodeSettings settings(String quorum) {
    return NodeSettingsYaml.read(
        "node.yaml",
        """
        cluster: web
        nodes:
          - {name: n1, id: 1, address: 10.88.0.11}
          - {name: n2, id: 2, address: 10.88.0.12}
          - {name: n3, id: 3, address: 10.88.0.13}
          - {name: n4, id: 4, address: 10.88.0.14}
        quorum: {wait_for_all: true%s}
        """
            .formatted(quorum),
        "n1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", auto_tie_breaker: true",
        ", last_man_standing: true",
        ", auto_tie_breaker: true, last_man_standing: true, expected_votes: 5"
      })
  void oneSideAtMostGoesOnWithThese(String options) {
    assertThatCode(() -> ClusterQuorum.check(settings(options))).doesNotThrowAnyException();
  }

  @Test
  void anOddNumberOfVotesHasNoHalves() {
    NodeSettings settings = settings(", auto_tie_breaker: true, expected_votes: 5");
    assertThatThrownBy(() -> ClusterQuorum.check(settings))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("quorum.auto_tie_breaker is on with 5 votes");
  }
}
