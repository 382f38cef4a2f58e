package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a drill asks of the daemon, in which order, and what it tells. */
class DrillTest {
  private static final String DONE = "{\"exitCode\":0,\"message\":\"\",\"report\":null}";
  private static final String REFUSED =
      "{\"exitCode\":106,\"message\":\"no quorum\",\"report\":null}";
  private static final String NO_INCIDENT =
      "{\"exitCode\":0,\"message\":\"\",\"report\":{\"type\":\"incidents\",\"node\":\"a\",\"incidents\":[]}}";

  private FakeDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon();
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  private static String reply(String name) {
    try {
      return Files.readString(
          Golden.root().resolve("cli/src/test/resources/replies").resolve(name));
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static String configuration() {
    String xml =
        "<cib admin_epoch='0' epoch='5' num_updates='12' have-quorum='1'><configuration><crm_config/>"
            + "<nodes><node id='1' uname='a'/><node id='2' uname='b'/></nodes>"
            + "<resources><primitive id='web' class='ocf' provider='heartbeat' type='nginx'/></resources>"
            + "<constraints/></configuration><status/></cib>";
    return "{\"exitCode\":0,\"message\":\"\",\"report\":{\"type\":\"document\",\"format\":\"xml\",\"version\":\"0.5.12\",\"text\":\""
        + xml
        + "\"}}";
  }

  private void settles() {
    daemon
        .replies(reply("status-well.json"))
        .replies(configuration())
        .replies(reply("plan-empty.json"));
  }

  private Typed typed(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--socket", daemon.socket()));
    return new Typed().run(all.toArray(String[]::new));
  }

  private List<String> verbs() {
    return daemon.requests().stream()
        .map(each -> each.replaceAll("(?s).*\"verb\":\"([a-z_]+)\".*", "$1"))
        .toList();
  }

  @Test
  void aDrillOfAResourceIsTakenBackAndTold() {
    daemon
        .replies(reply("status-well.json"))
        .replies(configuration())
        .replies(reply("status-well.json"))
        .replies(NO_INCIDENT)
        .replies(DONE);
    settles();
    daemon.replies(DONE);
    settles();
    daemon.replies(reply("incidents.json")).replies(reply("status-well.json")).replies(DONE);

    Typed typed = typed("drill", "failover", "web", "--yes");

    assertThat(typed.exitCode()).as(typed.errors()).isZero();
    assertThat(verbs()).containsSubsequence("timeline", "ban", "clear", "timeline", "exercised");
    assertThat(daemon.requests().get(4))
        .contains("\"verb\":\"ban\"", "\"resource\":\"web\"", "\"node\":\"a\"");
    assertThat(typed.output()).contains("Critical path", "web moves to b");
    assertThat(daemon.requests().getLast())
        .contains("\"kind\":\"failover\"", "\"version\":\"0.5.12\"", "web: 0.100 s (stop 40 ms");
  }

  @Test
  void nobodyIsDrilledWithoutConsent() {
    daemon
        .replies(reply("status-well.json"))
        .replies(configuration())
        .replies(reply("status-well.json"))
        .replies(reply("plan.json"));
    Typed typed =
        new Typed()
            .onTerminal()
            .input("n\n")
            .run("drill", "failover", "web", "--socket", daemon.socket());
    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.output()).contains("Would follow", "Nothing was drilled.");
    assertThat(typed.errors()).contains("Drill the failover of web away from a now?");
    assertThat(verbs()).containsExactly("status", "configuration", "status", "plan");
  }

  @Test
  void aRefusedOrderIsNotTakenBack() {
    daemon
        .replies(reply("status-well.json"))
        .replies(configuration())
        .replies(NO_INCIDENT)
        .replies(REFUSED);
    assertThat(typed("drill", "failover", "b", "--yes").exitCode()).isEqualTo(106);
    assertThat(verbs()).containsExactly("status", "configuration", "timeline", "standby");
  }

  @Test
  void inTroubleNobodyDrills() {
    daemon.replies(reply("status-trouble.json"));
    assertThat(typed("drill", "failover", "web", "--yes").exitCode()).isEqualTo(107);
    daemon.replies(reply("status-well.json")).replies(configuration());
    Typed unknown = typed("drill", "failover", "nix", "--yes");
    assertThat(unknown.exitCode()).isEqualTo(105);
    daemon
        .replies(reply("status-well.json"))
        .replies(configuration())
        .replies(reply("status-well.json"));
    Typed own = typed("drill", "fence", "a", "--yes");
    assertThat(own.exitCode()).isEqualTo(64);
    assertThat(own.errors()).contains("give this order at another one");
  }
}
