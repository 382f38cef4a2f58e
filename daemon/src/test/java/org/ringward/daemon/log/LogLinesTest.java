package org.ringward.daemon.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.base.Decision;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.port.Journal.Level;
import org.ringward.ring.os.JournalSocket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log by the setting log.form. */
class LogLinesTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  private static NodeSettings settings(String form) {
    String text = "cluster: c\nnode: n1\nnodes: [{name: n1, id: 1, address: 10.0.0.1}]\n";
    return NodeSettingsYaml.read("file", text + "log: {form: " + form + "}\n", "n1");
  }

  private static Decision decision(String what, String why) {
    return new Decision(1_000, "n2", Decision.Kind.FENCE, "n3", what, List.of(why), List.of())
        .stamped("0007")
        .withFacts(Decision.facts("event", "fenced", "milliseconds", "12"));
  }

  private void write(String form, Level level, String text, Decision... told) {
    JournalSocket journald = new JournalSocket(folder.resolve("journald"));
    LogLines lines = LogLines.of(settings(form), out, true, journald);
    DaemonJournal journal = new DaemonJournal(lines, Level.INFO);
    journal.log(level, text);
    for (Decision each : told) {
      journal.decision(each);
    }
    journal.close();
  }

  private List<String> lines() {
    return bytes.toString(UTF_8).lines().toList();
  }

  @Test
  void json() {
    write("json", Level.WARNING, "two\nlines \"quoted\"", decision("is off", "it was silent"));
    JsonNode first = new JsonMapper().readTree(lines().getFirst());
    assertThat(first.get("level").asString()).isEqualTo("warning");
    assertThat(first.get("message").asString()).isEqualTo("two lines \"quoted\"");
    assertThat(first.get("node").asString()).isEqualTo("n1");
    JsonNode second = new JsonMapper().readTree(lines().get(1));
    assertThat(second.get("time").asString()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(second.get("kind").asString()).isEqualTo("FENCE");
    assertThat(second.get("by").asString()).isEqualTo("n2");
    assertThat(second.get("why").get(0).asString()).isEqualTo("it was silent");
    assertThat(second.get("facts").get("event").asString()).isEqualTo("fenced");
    assertThat(lines()).hasSize(2);
  }

  @Test
  void anEntryIsBoundedInEveryForm() {
    for (String form : List.of("text", "json", "journald", "auto")) {
      bytes.reset();
      write(form, Level.INFO, "x".repeat(1_000_000), decision("y", "z".repeat(1_000_000)));
      assertThat(lines()).as(form).hasSize(2);
      assertThat(lines()).as(form).allMatch(line -> line.length() < 20_000);
      assertThat(lines().getFirst()).as(form).contains("983616 more characters");
    }
    assertThat(lines().get(1)).startsWith("<5>FENCE n3: y (because zzz");
  }

  @Test
  void aJsonEntryThatIsTooLargeSaysThatItIsCut() {
    write("json", Level.INFO, "", decision("y", "z".repeat(1_000_000)));
    JsonNode entry = new JsonMapper().readTree(lines().get(1));
    assertThat(entry.get("cut").asBoolean()).isTrue();
    assertThat(entry.get("message").asString()).isEqualTo("y");
    assertThat(entry.has("why")).isFalse();
  }

  @Test
  void withoutJournaldTheTextIsOnStandardError() {
    write("journald", Level.ERROR, "broken");
    assertThat(lines()).containsExactly("<3>broken");
    bytes.reset();
    write("text", Level.ERROR, "broken");
    assertThat(lines().getFirst()).endsWith("Z ERROR broken");
  }

  @Test
  void fieldsForJournald() throws Exception {
    Path program = folder.resolve("journald.py");
    Files.writeString(
        program,
        """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(sys.argv[1])
        print("ready", flush=True)
        for each in range(2):
            print(s.recv(200000).decode() + "--", flush=True)
        """);
    Process journald =
        new ProcessBuilder("python3", program.toString(), folder.resolve("journald").toString())
            .start();
    try (InputStream said = journald.getInputStream()) {
      assertThat(new String(said.readNBytes(6), UTF_8)).isEqualTo("ready\n");
      write("journald", Level.WARNING, "two\nlines", decision("is off", "it was silent"));
      assertThat(journald.waitFor(10, TimeUnit.SECONDS)).isTrue();
      String[] entries = new String(said.readAllBytes(), UTF_8).split("--\n", -1);
      assertThat(entries[0].lines())
          .containsExactly(
              "MESSAGE=two lines", "PRIORITY=4", "SYSLOG_IDENTIFIER=ringward", "RINGWARD_NODE=n1");
      assertThat(entries[1].lines())
          .contains(
              "MESSAGE=FENCE n3: is off (because it was silent)",
              "PRIORITY=5",
              "RINGWARD_KIND=FENCE",
              "RINGWARD_SUBJECT=n3",
              "RINGWARD_BY=n2",
              "RINGWARD_FACT_EVENT=fenced",
              "RINGWARD_FACT_MILLISECONDS=12");
      assertThat(bytes.size()).isZero();
    } finally {
      journald.destroyForcibly();
    }
  }
}
