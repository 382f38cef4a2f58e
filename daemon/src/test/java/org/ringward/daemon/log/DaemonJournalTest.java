package org.ringward.daemon.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.base.Decision;
import org.ringward.core.port.Journal.Level;
import tools.jackson.databind.json.JsonMapper;

class DaemonJournalTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  private static Decision decision(String what) {
    List<String> why = List.of("silent for 900 ms", "no other region sees it");
    return new Decision(1_000, "n1", Decision.Kind.FENCE, "n2", what, why, List.of("wait"));
  }

  private List<String> lines() {
    return bytes.toString(UTF_8).lines().toList();
  }

  @Test
  void linesHaveJournaldsLevelsOrATime() {
    DaemonJournal journal = new DaemonJournal(out, true, Level.INFO);
    journal.log(Level.ERROR, "broken\nin two\u0007");
    journal.log(Level.DEBUG, "left out");
    journal.decision(decision("n2 is powered off"));
    journal.close();
    assertThat(lines())
        .containsExactly(
            "<3>broken in two ",
            "<5>FENCE n2: n2 is powered off (because silent for 900 ms; no other region sees it)");
    bytes.reset();
    DaemonJournal plain = new DaemonJournal(out, false, Level.DEBUG);
    plain.decision(decision("off"));
    plain.log(Level.DEBUG, "fine");
    plain.close();
    assertThat(lines().getFirst()).startsWith("1970-01-01T00:00:01Z NOTICE FENCE n2: off");
    assertThat(lines().getLast()).endsWith("Z DEBUG fine");
  }

  @Test
  void decisionsAreRecordedAndRotated() throws IOException {
    Path file = folder.resolve("decisions.jsonl");
    DaemonJournal journal = new DaemonJournal(out, false, Level.INFO);
    journal.decisionsTo(file, 400);
    for (int count = 1; count <= 10; count++) {
      journal.decision(decision("decision " + count));
    }
    journal.close();
    try (var files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("decisions.jsonl", "decisions.jsonl.1", "decisions.jsonl.2");
    }
    assertThat(Files.size(file)).isBetween(1L, 400L);
    List<String> lines = Files.readAllLines(file);
    assertThat(new JsonMapper().readValue(lines.getLast(), Decision.class))
        .isEqualTo(decision("decision 10"));
  }

  @Test
  void whatWasRecordedIsReadBackInALaterLife() throws IOException {
    Path file = folder.resolve("decisions.jsonl");
    DaemonJournal journal = new DaemonJournal(out, false, Level.INFO);
    journal.decisionsTo(file, 700);
    Decision stamped =
        decision("last").stamped("0000000000000007").withFacts(Decision.facts("event", "lost"));
    journal.decision(decision("first"));
    journal.decision(decision("second"));
    journal.decision(decision("third"));
    journal.decision(stamped);
    journal.close();
    Files.writeString(file, Files.readString(file) + "{\"wallMillis\":12,\"ki", UTF_8);

    List<Decision> found = DecisionReader.latest(file, 3);

    assertThat(found).extracting(Decision::what).containsExactly("second", "third", "last");
    assertThat(found.getLast()).isEqualTo(stamped);
    assertThat(DecisionReader.latest(folder.resolve("none"), 3)).isEmpty();
  }

  @Test
  void aDiskThatFailsIsToldOnceAndTheLogGoesOn() {
    DaemonJournal journal = new DaemonJournal(out, false, Level.INFO);
    journal.decisionsTo(folder.resolve("no/such/folder"));
    journal.decision(decision("one"));
    journal.decision(decision("two"));
    journal.close();
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(1)).contains("ERROR decisions are not recorded on disk");
  }

  @Test
  void aStuckOutputBlocksNobodyAndLossesAreCounted() throws InterruptedException {
    CountDownLatch unstuck = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int value) {
            try {
              unstuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            bytes.write(value);
          }
        };
    DaemonJournal journal =
        new DaemonJournal(new PrintStream(stuck, true, UTF_8), false, Level.INFO);
    for (int count = 0; count < 20_000; count++) {
      journal.log(Level.INFO, "line " + count);
    }
    unstuck.countDown();
    journal.close();
    assertThat(bytes.toString(UTF_8)).containsPattern("1[0-9]{4} lines were dropped");
  }
}
