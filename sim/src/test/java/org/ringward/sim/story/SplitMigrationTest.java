package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.sim.agents.Habits;
import org.ringward.sim.machine.CibText;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Violation;

/**
 * A live migration is cut in two at every stage of it. The rules that are watched say that nothing
 * begins where another machine may still have the resource; here every way to lose the other half
 * is tried in steps of time.
 */
class SplitMigrationTest {
  private static final Habits SLOW =
      new Habits(60 * Time.MILLIS, 120 * Time.MILLIS, Time.SECONDS, 0, 0, 0, 0);
  private static final Habits POOR =
      new Habits(60 * Time.MILLIS, 120 * Time.MILLIS, Time.SECONDS, 300_000, 300_000, 0, 0);

  /** The two halves take up to 250 ms together. */
  private static final int STEPS = 10;

  private static final double STEP_SECONDS = 0.03;

  private static Story cluster(int machines, String policy, boolean guest) {
    return Story.ofMachines(
        machines,
        cib -> {
          CibText text = cib.property("no-quorum-policy", policy);
          String[] meta = {"allow-migrate", "true", "failure-timeout", "3s"};
          return guest ? text.guest("db", 1, meta) : text.resource("db", 1, meta);
        });
  }

  private static Machine under(Story story, Habits habits) {
    Machine source = story.holder("db");
    story.cluster().machines().forEach(each -> each.agents().habits(habits));
    return source;
  }

  private static int target(Story story, Machine source) {
    return source.id() % story.cluster().machines().size() + 1;
  }

  private static void begin(Story story, Machine source) {
    story.order(source.id(), Verb.MOVE, "resource", "db", "node", "n" + target(story, source));
  }

  /** Without quorum the source starts the resource again although the target has it. */
  @ParameterizedTest
  @CsvSource({"3, freeze, false", "4, freeze, true", "3, stop, true", "2, stop, false"})
  void aSplitAtAnyStageStartsNothingTwice(int machines, String policy, boolean guest) {
    List<String> broken = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      for (Habits habits : List.of(SLOW, POOR)) {
        Story story = cluster(machines, policy, guest);
        Machine source = under(story, habits);
        begin(story, source);
        try {
          story.after(step * STEP_SECONDS);
          long side = machines == 4 ? pairWithout(source, target(story, source)) : bit(source.id());
          story.cluster().partition(side, true, true);
          story.after(3);
          story.cluster().lan().mend();
          story.cluster().machines().forEach(each -> each.agents().habits(Habits.GOOD));
          story.settles(25);
        } catch (Violation violation) {
          broken.add("after " + step + " steps: " + violation.getMessage());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** The source with another machine, which are no quorum of four, against the target with one. */
  private static long pairWithout(Machine source, int target) {
    int other = 1;
    while (other == source.id() || other == target) {
      other++;
    }
    return bit(source.id()) | bit(other);
  }

  private static long bit(int node) {
    return 1L << (node - 1);
  }

  /** What is known of the target is as old as the beginning of the migration. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDaemonThatDiesAtAnyStageLeavesNothingBehindUnseen(boolean guest) {
    List<String> broken = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      for (boolean atSource : List.of(true, false)) {
        Story story = cluster(3, "stop", guest);
        Machine source = under(story, SLOW);
        begin(story, source);
        try {
          story.after(step * STEP_SECONDS);
          story.machine(atSource ? source.id() : target(story, source)).killDaemon();
          story.settles(25);
        } catch (Violation violation) {
          broken.add("after " + step + " steps: " + violation.getMessage());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** Another place is wanted while the resource is on its way: the first target may have it. */
  @Test
  void anotherTargetMeanwhileIsSafe() {
    List<String> broken = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      Story story = cluster(3, "stop", true);
      Machine source = under(story, POOR);
      begin(story, source);
      try {
        story.after(step * STEP_SECONDS);
        int other = 6 - source.id() - target(story, source);
        story.order(source.id(), Verb.MOVE, "resource", "db", "node", "n" + other);
        story.cluster().partition(bit(other), true, true);
        story.after(1);
        story.cluster().lan().mend();
        story.cluster().machines().forEach(each -> each.agents().habits(Habits.GOOD));
        story.settles(25);
      } catch (Violation violation) {
        broken.add("after " + step + " steps: " + violation.getMessage());
      }
    }
    assertThat(broken).isEmpty();
  }
}
