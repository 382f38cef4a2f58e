package org.ringward.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.history.FailCounts;

/** What alone would have made a place different: each claim is the scheduler's own. */
class AlternativesTest {
  private static List<String> differences(Cib cib, String resource) {
    Alternatives alternatives =
        Alternatives.of(
            cib,
            Clusters.NOW,
            Objects.requireNonNull(cib.configuration().resource(resource), resource));
    return alternatives.trials().stream()
        .map(alternatives::outcome)
        .filter(Objects::nonNull)
        .map(each -> each.change() + " | " + each.outcome())
        .toList();
  }

  private static Clusters web() {
    return Clusters.of("a", "b", "c")
        .primitive("web")
        .constraint("<rsc_location id='la' rsc='web' node='a' score='100'/>")
        .constraint("<rsc_location id='lb' rsc='web' node='b' score='50'/>");
  }

  @Test
  void onlyWhatMattersIsTold() {
    assertThat(differences(web().settled(), "web"))
        .anyMatch(each -> each.startsWith("without location la") && each.endsWith("run on b"))
        .anyMatch(each -> each.equals("if a could not be used | it would run on b"))
        .noneMatch(each -> each.contains("location lb"))
        .noneMatch(each -> each.startsWith("if c"));
  }

  @Test
  void stickinessThatHoldsIt() {
    Cib cib = web().resourceDefault("resource-stickiness", "1000").settled();
    Configuration moved = cib.configuration();
    Cib pulled =
        cib.withConfiguration(
            moved.withConstraints(
                moved.constraints().stream().filter(each -> !each.id().equals("la")).toList()));
    assertThat(differences(pulled, "web"))
        .anyMatch(each -> each.equals("with resource-stickiness 0 for web | it would run on b"));
  }

  @Test
  void aFailureThatKeepsItAway() {
    Cib settled = web().resourceDefault("migration-threshold", "1").settled();
    Cib failed = FailCounts.increment(settled, "a", "web", "monitor", 10_000, Clusters.NOW);
    assertThat(differences(failed, "web"))
        .anyMatch(each -> each.equals("if it had not failed on a | it would run on a"));
  }

  @Test
  void aNodeThatIsNotThere() {
    Cib settled = web().settled();
    NodeEntry a = Objects.requireNonNull(settled.configuration().node("a"));
    Cib standby =
        settled.withConfiguration(
            settled.configuration().withNode(a.withAttribute("standby", "on")));
    assertThat(differences(standby, "web"))
        .anyMatch(each -> each.equals("if a were not in standby | it would run on a"));
    Cib left = Graphs.withState(settled, "a", "false", "offline", "down", "down");
    assertThat(differences(left, "web"))
        .anyMatch(each -> each.equals("if a were a member | it would run on a"));
  }

  @Test
  void whatPeopleWant() {
    Cib cib = Clusters.of("a", "b").primitive("web", "target-role=Stopped").settled();
    assertThat(differences(cib, "web"))
        .anyMatch(each -> each.startsWith("if target-role of web were Started instead of Stopped"));
  }

  @Test
  void aColocationOfAGroup() {
    Cib cib =
        Clusters.of("a", "b", "c")
            .group("g", "ip", "web")
            .primitive("db")
            .constraint("<rsc_location id='l' rsc='db' node='c' score='100'/>")
            .constraint("<rsc_location id='m' rsc='db' node='b' score='50'/>")
            .constraint("<rsc_location id='n' rsc='g' node='a' score='10'/>")
            .constraint("<rsc_colocation id='t' rsc='g' with-rsc='db' score='INFINITY'/>")
            .settled();
    assertThat(differences(cib, "g"))
        .anyMatch(each -> each.startsWith("without location l") && each.endsWith("on b"))
        .anyMatch(each -> each.startsWith("without colocation t") && each.endsWith("on a"));
  }
}
