package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;

/** What is acknowledged is on the disks of most. */
class DurabilityStoriesTest {
  /** That it is so already is as much of a promise; the order that made it so is not safe yet. */
  @Test
  void whatChangesNothingIsAcknowledgedWhenItIsDurable() {
    Story story = Story.ofMachines(3, cib -> cib.group("web", 1, "vip", "server"));
    String wanted =
        story
            .configuration(1)
            .replace(
                "</constraints>",
                "<rsc_location id=\"mark\" rsc=\"web\" node=\"n1\" score=\"0\"/></constraints>")
            .replace(
                "<constraints/>",
                "<constraints><rsc_location id=\"mark\" rsc=\"web\" node=\"n1\" score=\"0\"/>"
                    + "</constraints>");
    story.machine(2).disk().full(true);
    story.machine(3).disk().full(true);
    for (int time = 1; time <= 2; time++) {
      assertThat(story.ask(1, Verb.APPLY, wanted, "format", "xml", "file", "f").exitCode())
          .as("time %d", time)
          .isNotZero();
    }
    assertThat(story.ask(1, Verb.MAINTENANCE, null, "on", "false").exitCode()).isNotZero();
    story.machine(2).disk().full(false);
    story.machine(3).disk().full(false);
    story.after(5);
    assertThat(story.ask(1, Verb.APPLY, wanted, "format", "xml", "file", "f").exitCode()).isZero();
    assertThat(story.configuration(3)).contains("\"mark\"");
  }
}
