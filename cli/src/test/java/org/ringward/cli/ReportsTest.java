package org.ringward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every report as people and programs see it, from the JSON a daemon sends. */
class ReportsTest {
  private FakeDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon();
  }

  @AfterEach
  void stop() throws Exception {
    daemon.close();
  }

  @ParameterizedTest
  @CsvSource({
    "status-well.txt, status-well.json, status",
    "status-trouble.txt, status-trouble.json, status",
    "status-well-output.json, status-well.json, status --output json",
    "why.txt, why.json, why web",
    "why-full.txt, why.json, why --full web",
    "timeline.txt, timeline.json, timeline",
    "timeline-full.txt, timeline.json, timeline --full",
    "timeline-empty.txt, timeline-empty.json, timeline --since 10m",
    "plan.txt, plan.json, apply --dry-run FILE",
    "plan-empty.txt, plan-empty.json, apply --yes FILE",
    "config.txt, config.json, config",
    "ring.txt, ring-trouble.json, ring status",
    "ring-output.json, ring-trouble.json, ring status --output json",
    "links.txt, links.json, ring links",
    "fence-list.txt, fencing.json, fence list",
    "fence-status.txt, fencing.json, fence status",
    "fence-status-b.txt, fencing.json, fence status b",
    "fence-history.txt, fencing.json, fence history",
    "fence-history-c.txt, fencing.json, fence history c",
    "fence-output.json, fencing.json, fence list --output json",
    "why-node.txt, why-node.json, why b",
    "links-output.json, links.json, ring links --output json",
    "leases.txt, leases.json, lease list",
    "leases-output.json, leases.json, lease list --output json",
  })
  void text(String golden, String reply, String command) throws IOException {
    Golden.assertSame(golden, answer(new Typed(), reply, command).output());
  }

  @Test
  void coloursOnATerminal() throws IOException {
    Golden.assertSame(
        "status-trouble-colours.txt",
        answer(new Typed().onTerminal(), "status-trouble.json", "status").output());
  }

  @Test
  void noColoursWhenTheyAreNotWanted() throws IOException {
    Golden.assertSame(
        "status-trouble.txt",
        answer(new Typed().onTerminal().variable("NO_COLOR", "1"), "status-trouble.json", "status")
            .output());
  }

  private Typed answer(Typed typed, String reply, String command) throws IOException {
    Path folder = Golden.root().resolve("cli/src/test/resources");
    daemon.replies(Files.readString(folder.resolve("replies").resolve(reply)));
    Path file = folder.resolve("replies/web.yaml");
    return typed
        .variable("RINGWARD_SOCKET", daemon.socket())
        .run(command.replace("FILE", file.toString()).split(" "));
  }
}
