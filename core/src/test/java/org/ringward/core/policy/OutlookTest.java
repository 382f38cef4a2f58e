package org.ringward.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Cib;
import org.ringward.core.policy.Outlook.Fault;
import org.ringward.core.policy.Outlook.Outcome;
import org.ringward.core.policy.Outlook.Part;
import org.ringward.core.policy.Outlook.Surroundings;
import org.ringward.core.policy.Outlook.Verdict;

/** What single failures lead to, as the scheduler itself says. */
class OutlookTest {
  private static final Surroundings THREE =
      new Surroundings(2, List.of("lan", "serial"), List.of("a", "b", "c"), List.of(), List.of());

  private static Outcome outcome(Cib cib, Surroundings around, Part part, String subject) {
    Outlook outlook = Outlook.of(cib, Clusters.NOW, around);
    assertThat(outlook.faults()).contains(new Fault(part, subject));
    return outlook.outcome(new Fault(part, subject));
  }

  private static Clusters web() {
    return Clusters.of("a", "b", "c")
        .group("g", "ip", "web")
        .constraint("<rsc_location id='l' rsc='g' node='a' score='100'/>");
  }

  @Test
  void whatIsOnlyPlannedCountsAsDone() {
    Outcome node = outcome(web().cib(), THREE, Part.NODE, "a");
    assertThat(node.verdict()).isEqualTo(Verdict.RECOVERS);
    assertThat(node.effects()).containsExactly("ip: a -> b", "web: a -> b");
    assertThat(node.sentence()).contains("Fencing proves that it is down");
  }

  @Test
  void everySingleFaultIsThere() {
    assertThat(Outlook.of(web().settled(), Clusters.NOW, THREE).faults())
        .extracting(each -> each.part().text() + " " + each.subject())
        .containsExactly(
            "node a",
            "node b",
            "node c",
            "link 0",
            "link 1",
            "region lan",
            "region serial",
            "fence device Fencing",
            "resource ip",
            "resource web");
  }

  @Test
  void aNodeThatRunsNothingIsNotMissed() {
    assertThat(outcome(web().settled(), THREE, Part.NODE, "c").verdict())
        .isEqualTo(Verdict.UNTOUCHED);
  }

  @Test
  void withoutADeviceWhatRanThereWaitsForAPerson() {
    Cib cib = web().withoutFencingDevice().property("have-watchdog", "true").settled();
    Outcome node = outcome(cib, THREE, Part.NODE, "a");
    assertThat(node.verdict()).isEqualTo(Verdict.WAITS);
    assertThat(node.sentence()).contains("ringward confirm a");
  }

  @Test
  void aWatchdogIsAProofToo() {
    Cib cib = web().withoutFencingDevice().property("have-watchdog", "true").settled();
    Surroundings bound =
        new Surroundings(1, List.of(), List.of("a", "b", "c"), List.of(), List.of("a"));
    assertThat(outcome(cib, bound, Part.NODE, "a").sentence()).contains("its watchdog proves");
  }

  @Test
  void withoutFencingARecoveryIsUnsafe() {
    assertThat(outcome(web().withoutFencing().settled(), THREE, Part.NODE, "a").verdict())
        .isEqualTo(Verdict.UNSAFE);
  }

  @Test
  void withoutQuorumEverythingStops() {
    Surroundings fragile = new Surroundings(1, List.of(), List.of(), List.of(), List.of());
    Outcome lost = outcome(web().settled(), fragile, Part.NODE, "b");
    assertThat(lost.verdict()).isEqualTo(Verdict.LOSES);
    assertThat(lost.sentence()).contains("no quorum", "no-quorum-policy: stop");
    assertThat(lost.effects()).anyMatch(each -> each.startsWith("web: stops on a"));
  }

  @Test
  void theOnlyLinkIsASinglePointOfFailure() {
    Surroundings one = new Surroundings(1, List.of(), List.of("a", "b", "c"), List.of(), List.of());
    assertThat(outcome(web().settled(), one, Part.LINK, "0").verdict()).isEqualTo(Verdict.LOSES);
    assertThat(outcome(web().settled(), THREE, Part.LINK, "0").verdict())
        .isEqualTo(Verdict.UNTOUCHED);
  }

  @Test
  void theOnlyDeviceIsMissedWhenANodeDiesToo() {
    Outcome device = outcome(web().settled(), THREE, Part.FENCE_DEVICE, "Fencing");
    assertThat(device.verdict()).isEqualTo(Verdict.WAITS);
    assertThat(device.effects()).contains("a: ip, web would stay stopped", "c: nothing runs there");
    Cib two =
        web().xmlResource("<primitive id='Second' class='stonith' type='fence_test'/>").settled();
    Outcome spare = outcome(two, THREE, Part.FENCE_DEVICE, "Fencing");
    assertThat(spare.verdict()).isEqualTo(Verdict.RECOVERS);
    assertThat(spare.effects()).contains("a is fenced by Second");
  }

  @Test
  void aResourceRestartsOrGoesElsewhere() {
    Outcome web = outcome(web().settled(), THREE, Part.RESOURCE, "web");
    assertThat(web.verdict()).isEqualTo(Verdict.RECOVERS);
    assertThat(web.sentence()).isEqualTo("its monitor on a notices within 10 s");
    assertThat(web.effects())
        .contains("web: restarts on a", "if it does not start there again: web goes to b");
  }

  @Test
  void whatRunsOnOneNodeOnlyIsLostWithIt() {
    Cib cib =
        Clusters.of("a", "b", "c")
            .property("symmetric-cluster", "false")
            .primitive("db")
            .constraint("<rsc_location id='l' rsc='db' node='a' score='100'/>")
            .constraint("<rsc_location id='f' rsc='Fencing' node='b' score='100'/>")
            .settled();
    Outcome node = outcome(cib, THREE, Part.NODE, "a");
    assertThat(node.verdict()).isEqualTo(Verdict.LOSES);
    assertThat(outcome(cib, THREE, Part.RESOURCE, "db").effects())
        .contains("if it does not start there again: db stays stopped");
  }

  @Test
  void nobodyNoticesAResourceWithoutMonitor() {
    Cib cib =
        Clusters.of("a", "b")
            .xmlResource("<primitive id='q' class='ocf' provider='pacemaker' type='Dummy'/>")
            .settled();
    assertThat(outcome(cib, THREE, Part.RESOURCE, "q").verdict()).isEqualTo(Verdict.WAITS);
  }
}
