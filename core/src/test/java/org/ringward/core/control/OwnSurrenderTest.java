package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.NodeState;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.core.quorum.QuorumVerdict.Rule;

/** What node 2 answers when it is asked to let go, and what binds it then. */
final class OwnSurrenderTest implements OwnSurrender.Surroundings {
  private static final long LIFE = 0xabc;
  private static final QuorumVerdict NONE = new QuorumVerdict(false, 1, 2, 3, "one of three");
  private static final QuorumVerdict TWO_NODE =
      new QuorumVerdict(true, 1, 0, 1, 2, Rule.TWO_NODE, "one of two");
  private static final QuorumVerdict MAJORITY = new QuorumVerdict(true, 2, 2, 3, "two of three");

  private final OwnSurrender surrender = new OwnSurrender(2, LIFE, this);
  private final List<String> answers = new ArrayList<>();
  private boolean leased;
  private NodeSet members = NodeSet.of(2);
  private QuorumVerdict verdict = NONE;
  private Cib cib = cib("stop", 0, 0);

  @Override
  public NodeSet members() {
    return members;
  }

  @Override
  public QuorumVerdict verdict() {
    return verdict;
  }

  @Override
  public Cib cib() {
    return cib;
  }

  @Override
  public NodeState self() {
    NodeState self = cib.status().node("n2");
    return self == null ? NodeState.of("2", "n2") : self;
  }

  @Override
  public boolean holdsLeases() {
    return leased;
  }

  /** One resource whose last operation on n2 was this one, with this exit code. */
  private static Cib cib(String operation, int code, int priority) {
    return CibXml.read(
        "test",
        """
        <cib><configuration><crm_config/><nodes/>
          <resources>
            <primitive id="a" class="ocf" provider="heartbeat" type="Dummy">
              <meta_attributes id="m">
                <nvpair id="p" name="priority" value="%d"/>
              </meta_attributes>
            </primitive>
          </resources><constraints/></configuration>
          <status><node_state id="2" uname="n2"><lrm id="2"><lrm_resources>
            <lrm_resource id="a" class="ocf" provider="heartbeat" type="Dummy">
              <lrm_rsc_op id="a_last_0" operation_key="a_%s_0" operation="%s" interval="0"
                call-id="3" rc-code="%d" op-status="0" transition-key="1:1:0:x"/>
            </lrm_resource>
          </lrm_resources></lrm></node_state></status></cib>
        """
            .formatted(priority, operation, operation, code));
  }

  private String ask(int asker, String question) {
    answers.clear();
    surrender.asked(asker, question, answers::add);
    surrender.turn();
    return answers.isEmpty() ? "" : answers.getLast();
  }

  private String ask() {
    return ask(1, "let-go abc 0");
  }

  @Test
  void whatRunsNothingIsGoneAtOnceAndBound() {
    assertThat(ask()).isEqualTo("gone");
    assertThat(surrender.isBound()).isTrue();
    assertThat(surrender.forbids("start")).isTrue();
    assertThat(surrender.forbids("promote")).isTrue();
    assertThat(surrender.forbids("stop")).isFalse();
    assertThat(surrender.forbids("monitor")).isFalse();
  }

  @Test
  void whatRunsSomethingAnswersWhenItHasStopped() {
    cib = cib("start", 0, 0);
    assertThat(ask()).isEmpty();
    assertThat(surrender.isBound()).isTrue();
    cib = cib("stop", 0, 0);
    surrender.turn();
    assertThat(answers).containsExactly("gone");
  }

  @Test
  void whatAProgramHoldsMustBeOverToo() {
    leased = true;
    assertThat(ask()).isEmpty();
    leased = false;
    surrender.turn();
    assertThat(answers).containsExactly("gone");
  }

  @Test
  void whatCannotBeStoppedIsSaidAtOnce() {
    cib = cib("stop", 1, 0);
    assertThat(ask()).isEqualTo("no: a cannot be stopped");
  }

  @Test
  void questionsThatAreNotForThisSideAreRefused() {
    assertThat(ask(1, "let-go abd 0")).contains("another life");
    assertThat(ask(1, "let-go")).isEqualTo("no: not understood");
    assertThat(ask(1, "let-go abc 12345678901")).isEqualTo("no: not understood");
    verdict = MAJORITY;
    assertThat(ask()).isEqualTo("no: this side has quorum");
    assertThat(surrender.isBound()).isFalse();
  }

  @Test
  void whoHasNotNoticedYetWantsToBeAskedAgain() {
    members = NodeSet.of(1, 2);
    assertThat(ask()).startsWith("later");
    members = NodeSet.EMPTY;
    assertThat(ask()).startsWith("later");
    assertThat(surrender.isBound()).isFalse();
  }

  @Test
  void ofTwoThatMayGoOnOneLetsGo() {
    verdict = TWO_NODE;
    assertThat(ask(3, "let-go abc 0")).as("node 2 is lower than 3").startsWith("later");
    assertThat(ask(1, "let-go abc 0")).as("and higher than 1").isEqualTo("gone");
  }

  @Test
  void priorityComesBeforeTheId() {
    verdict = TWO_NODE;
    cib = cib("start", 0, 10);
    assertThat(ask(1, "let-go abc 9")).startsWith("later");
    assertThat(ask(1, "let-go abc 10")).as("then the id").isEmpty();
    assertThat(surrender.isBound()).isTrue();
  }

  @Test
  void itIsBoundUntilTheTwoAreTogetherOrItsSideIsAlone() {
    ask();
    members = NodeSet.of(2, 3);
    surrender.agreed();
    assertThat(surrender.isBound()).as("another one is not the one who asked").isTrue();
    verdict = TWO_NODE;
    surrender.agreed();
    assertThat(surrender.isBound()).as("the other side may go on, too").isTrue();
    members = NodeSet.of(1, 2);
    surrender.agreed();
    assertThat(surrender.isBound()).isFalse();
    members = NodeSet.of(2);
    verdict = NONE;
    ask();
    members = NodeSet.of(2, 3);
    verdict = MAJORITY;
    surrender.agreed();
    assertThat(surrender.isBound()).isFalse();
  }
}
