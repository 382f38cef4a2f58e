package org.ringward.core.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rooms of core and who may see whom (docs/architecture.md). */
class RoomsTest {
  private static final String CORE = "org.ringward.core.";

  /** An import goes only to a room of a smaller number. */
  private static final Map<String, Integer> ROWS =
      Map.ofEntries(
          Map.entry("base", 0),
          Map.entry("config", 1),
          Map.entry("wire", 1),
          Map.entry("story", 1),
          Map.entry("link", 2),
          Map.entry("region", 2),
          Map.entry("quorum", 2),
          Map.entry("cib", 2),
          Map.entry("totem", 3),
          Map.entry("graph", 3),
          Map.entry("policy", 4),
          Map.entry("history", 4),
          Map.entry("agent", 3),
          Map.entry("fence", 3),
          Map.entry("lease", 3),
          Map.entry("group", 4),
          Map.entry("forum", 4),
          Map.entry("transition", 5),
          Map.entry("control", 6),
          Map.entry("guard", 6),
          Map.entry("node", 7));

  /** The chapters of the policy: each sees only those in front of it. */
  private static final List<String> CHAPTERS =
      List.of("model", "rule", "facts", "placement", "actions", "report", "");

  /** What every room above base may use, and what these use themselves. */
  private static final Map<String, List<String>> SHARED =
      Map.of("port", List.of("base", "admin"), "admin", List.of("base"));

  /** The only views inside a row: FROM TO. */
  private static final List<String> SIDEWAYS =
      List.of(
          // Fencing runs fence agents, which are programs with metadata like all agents.
          "fence agent");

  private final JavaClasses core = Imported.core();

  @Test
  void everyClassIsInARoom() {
    List<String> homeless =
        core.stream()
            .filter(each -> !ROWS.containsKey(room(each)) && !SHARED.containsKey(room(each)))
            .map(JavaClass::getName)
            .toList();
    assertThat(homeless).isEmpty();
  }

  @Test
  void importsGoDown() {
    TreeSet<String> wrong = new TreeSet<>();
    for (JavaClass from : core) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getName().startsWith(CORE) && !allowed(room(from), room(to))) {
          wrong.add(
              "%s must not see %s, but %s uses %s"
                  .formatted(room(from), room(to), from.getSimpleName(), to.getSimpleName()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean allowed(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    if (SHARED.containsKey(from)) {
      return SHARED.getOrDefault(from, List.of()).contains(to);
    }
    if (SHARED.containsKey(to)) {
      return !from.equals("base");
    }
    return SIDEWAYS.contains(from + " " + to)
        || ROWS.getOrDefault(to, Integer.MAX_VALUE) < ROWS.getOrDefault(from, -1);
  }

  @Test
  void rulesBite() {
    assertThat(allowed("totem", "wire")).isTrue();
    assertThat(allowed("wire", "totem")).isFalse();
    assertThat(allowed("agent", "fence")).isFalse();
    assertThat(allowed("fence", "agent")).isTrue();
    assertThat(allowed("base", "admin")).isFalse();
    assertThat(allowed("admin", "port")).isFalse();
  }

  @Test
  void noCycles() {
    slices().matching(CORE + "(*)..").should().beFreeOfCycles().check(core);
  }

  @Test
  void chaptersOfThePolicySeeOnlyThoseInFront() {
    TreeSet<String> wrong = new TreeSet<>();
    for (JavaClass from : core) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (room(from).equals("policy")
            && room(to).equals("policy")
            && CHAPTERS.indexOf(chapter(from)) < CHAPTERS.indexOf(chapter(to))) {
          wrong.add(from.getName() + " must not see " + to.getName());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(core.stream().filter(each -> room(each).equals("policy")).map(RoomsTest::chapter))
        .isSubsetOf(CHAPTERS);
  }

  /** The scheduler is tested on a saved cib and knows nothing of rings. */
  @Test
  void policyNeverSeesTheRing() {
    noClasses()
        .that()
        .resideInAPackage(CORE + "policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CORE + "totem..", CORE + "link..", CORE + "wire..", CORE + "region..")
        .allowEmptyShould(true)
        .check(core);
  }

  /** The ring is tested on three letters and knows nothing of clusters. */
  @Test
  void theRingNeverSeesTheCib() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE + "totem..", CORE + "link..", CORE + "wire..", CORE + "group..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CORE + "cib..", CORE + "policy..")
        .allowEmptyShould(true)
        .check(core);
  }

  /** Votes are a service above the ring; the ring itself orders messages whoever is quorate. */
  @Test
  void theRingNeverSeesQuorum() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE + "totem..", CORE + "link..", CORE + "wire..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(CORE + "quorum..")
        .check(core);
  }

  /** Empty for what stands in front of the chapters. */
  private static String chapter(JavaClass each) {
    String start = CORE + "policy.";
    String path = each.getPackageName();
    return path.startsWith(start) ? path.substring(start.length()) : "";
  }

  private static String room(JavaClass each) {
    String path = each.getPackageName() + ".";
    if (!path.startsWith(CORE)) {
      return "";
    }
    return path.substring(CORE.length(), path.indexOf('.', CORE.length()));
  }
}
