package org.ringward.core.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.IncidentsReport.Incident;
import org.ringward.core.admin.IncidentsReport.Phase;
import org.ringward.core.admin.IncidentsReport.Service;
import org.ringward.core.base.Decision;
import org.ringward.core.base.Decision.Kind;
import org.ringward.core.base.HybridClock;

class IncidentsTest {
  private static final long T = 1_800_000_000_000L;
  private final HybridClock clock = new HybridClock();
  private final List<Decision> records = new ArrayList<>();

  private void note(long at, Kind kind, String subject, String what, String... facts) {
    records.add(
        new Decision(
            T + at,
            "n1",
            kind,
            subject,
            what,
            List.of(),
            List.of(),
            clock.tick(T + at),
            Decision.facts(facts)));
  }

  private void action(long end, String resource, String operation, String node, long took) {
    note(
        end,
        Kind.ACTION,
        resource,
        operation + " of " + resource,
        "operation",
        operation,
        "node",
        node,
        "took",
        Long.toString(took));
  }

  private void lostNode() {
    note(700, Kind.MEMBERSHIP, "n3", "n3 is lost", "event", "lost", "detect", "600", "agree", "50");
    note(720, Kind.PLACEMENT, "web", "Move web from n3 to n1", "event", "Move");
    note(720, Kind.FENCE, "n3", "n1 fences n3", "event", "order");
    note(920, Kind.FENCE, "n3", "n3 is proven down", "event", "proof");
    action(1_030, "ip", "start", "n1", 100);
    action(1_345, "web", "start", "n1", 300);
    action(1_100, "tail", "start", "n1", 60);
    note(1_350, Kind.TRANSITION, "c", "nothing is left to do", "event", "settled");
  }

  @Test
  void theCriticalPathHasNoGapsAndItsPhasesAddUp() {
    lostNode();
    Incident incident = Incidents.of(records).getFirst();

    assertThat(incident.kind()).isEqualTo("incident");
    assertThat(incident.cause()).isEqualTo("n3 is lost");
    assertThat(incident.over()).isTrue();
    assertThat(incident.beginMillis()).isEqualTo(T + 50);
    assertThat(incident.phases())
        .containsExactly(
            new Phase("detect", 600),
            new Phase("agree", 50),
            new Phase("decide", 20 + 10 + 15),
            new Phase("prove", 200),
            new Phase("start", 100 + 300));
    assertThat(incident.pathMillis()).isEqualTo(1_345 - 50);
    for (int at = 1; at < incident.path().size(); at++) {
      assertThat(incident.path().get(at).beginMillis())
          .isEqualTo(incident.path().get(at - 1).endMillis());
    }
    assertThat(incident.services())
        .contains(new Service("ip", "n1", 980), new Service("web", "n1", 1_295));
    assertThat(incident.outcome()).contains("started on n1", "n3 is proven down");
  }

  @Test
  void whatAnotherNodeNotedBelongsToIt() {
    note(600, Kind.NODE, "n3", "n3 is silent on region lan");
    lostNode();
    Incident incident = Incidents.of(records).getFirst();
    assertThat(incident.because()).contains("n1 noted: n3 is silent on region lan");
    assertThat(incident.records()).hasSize(9);
  }

  @Test
  void nothingMixesTwoIncidents() {
    lostNode();
    note(9_000, Kind.FAILURE, "web", "monitor of web failed on n1", "operation", "monitor");
    note(9_005, Kind.PLACEMENT, "web", "Recover web on n1", "event", "Recover");
    action(9_050, "web", "stop", "n1", 40);
    action(9_100, "web", "start", "n1", 45);
    List<Incident> found = Incidents.of(records);
    assertThat(found)
        .extracting(Incident::cause)
        .containsExactly("n3 is lost", "monitor of web failed on n1");
    assertThat(found.getLast().over()).isFalse();
    assertThat(found.getLast().phases())
        .containsExactly(new Phase("decide", 15), new Phase("stop", 40), new Phase("start", 45));
  }

  @Test
  void whatSomebodyOrderedIsAChange() {
    note(10, Kind.OPERATOR, "web", "web moves to n2", "event", "order");
    note(12, Kind.PLACEMENT, "web", "Move web from n1 to n2", "event", "Move");
    action(60, "web", "stop", "n1", 30);
    action(100, "web", "start", "n2", 35);
    note(101, Kind.TRANSITION, "c", "nothing is left to do", "event", "settled");
    Incident incident = Incidents.of(records).getFirst();
    assertThat(incident.kind()).isEqualTo("change");
    assertThat(incident.cause()).isEqualTo("web moves to n2");
  }

  @Test
  void anOrderThatDoesNothingIsNoStory() {
    note(10, Kind.OPERATOR, "c", "no node is in maintenance", "event", "order");
    note(20, Kind.TRANSITION, "c", "nothing is left to do", "event", "settled");
    assertThat(Incidents.of(records)).isEmpty();
  }
}
