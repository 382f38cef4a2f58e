package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands send, what they say, and how they end. */
class CommandsTest {
  private static final String DONE = "{\"exitCode\":0,\"message\":\"Done.\",\"report\":null}";

  private static final String CONFIGURATION =
      "{\"exitCode\":0,\"message\":\"\",\"report\":{\"type\":\"document\",\"format\":\"xml\","
          + "\"version\":\"0.7.0\",\"text\":\"<configuration/>\"}}";

  private FakeDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon();
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "clear web                    | {'verb':'clear','options':{'resource':'web'}}",
        "unstandby b                  | {'verb':'standby','options':{'node':'b','on':'false'}}",
        "maintenance --on             | {'verb':'maintenance','options':{'on':'true'}}",
        "maintenance b --off          | {'verb':'maintenance','options':{'node':'b','on':'false'}}",
        "cleanup                      | {'verb':'cleanup','options':{}}",
        "cleanup web --node b         | {'verb':'cleanup','options':{'resource':'web','node':'b'}}",
        "fence b --yes                | {'verb':'fence','options':{'node':'b','action':'reboot'}}",
        "fence b --action off -y      | {'verb':'fence','options':{'node':'b','action':'off'}}",
        "confirm b --reason fire -y   | {'verb':'confirm','options':{'node':'b','reason':'fire'}}",
        "ring reload                  | {'verb':'ring_reload','options':{}}",
        "ring reload --check          | {'verb':'ring_reload','options':{'check':'true'}}",
        "shutdown                     | {'verb':'shutdown','options':{}}",
        "shutdown --author Ada        | {'verb':'shutdown','author':'Ada','options':{}}",
      })
  void orders(String command, String request) {
    daemon.replies(DONE);
    Typed typed = typed(command);
    assertThat(typed.errors()).isEmpty();
    assertThat(typed.output()).isEqualTo("Done.\n");
    assertThat(typed.exitCode()).isZero();
    assertThat(daemon.requests()).containsExactly(request.replace('\'', '"'));
  }

  /** What makes something stop looks first at what else would. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "move web                | move      | 'resource':'web'",
        "move web b              | move      | 'resource':'web','node':'b'",
        "ban web b               | ban       | 'resource':'web','node':'b'",
        "standby b               | standby   | 'node':'b','on':'true'",
        "resource restart web b  | restart   | 'resource':'web','node':'b'",
        "ticket revoke t         | ticket    | 'ticket':'t','granted':'false'",
      })
  void ordersThatStop(String command, String verb, String options) {
    daemon.replies(reply("plan-empty.json")).replies(CONFIGURATION).replies(DONE);
    Typed typed = typed(command);
    assertThat(typed.errors()).isEmpty();
    assertThat(typed.output()).isEqualTo("Done.\n");
    assertThat(daemon.requests())
        .containsExactly(
            "{'verb':'plan','options':{%s,'order':'%s'}}"
                .formatted(options, verb)
                .replace('\'', '"'),
            "{\"verb\":\"configuration\",\"options\":{\"format\":\"xml\",\"with-status\":\"false\"}}",
            "{'verb':'%s','options':{%s}}".formatted(verb, options).replace('\'', '"'));
  }

  @Test
  void whatElseStopsIsToldAndAskedFor() {
    daemon.replies(reply("plan.json")).replies(CONFIGURATION);
    Typed no =
        new Typed().onTerminal().input("n\n").run("move", "web", "--socket", daemon.socket());
    assertThat(no.exitCode()).isEqualTo(1);
    assertThat(no.errors())
        .contains(
            "old stops too on a.",
            "db is restarted too on a.",
            "web-ip moves too, from c to b.",
            "Go on?");
    assertThat(no.output()).contains("Nothing was changed.");
    assertThat(daemon.requests()).hasSize(2);

    daemon.replies(reply("plan.json")).replies(CONFIGURATION).replies(DONE);
    Typed yes = new Typed().onTerminal().run("move", "web", "--yes", "--socket", daemon.socket());
    assertThat(yes.exitCode()).isZero();
    assertThat(yes.errors()).contains("old stops too on a.").doesNotContain("Go on?");
  }

  @Test
  void theUserBehindSudoIsTheAuthor() {
    daemon.replies(DONE);
    new Typed()
        .variable("RINGWARD_SOCKET", daemon.socket())
        .variable("SUDO_USER", "grace")
        .run("shutdown");
    assertThat(daemon.requests().getFirst()).contains("\"author\":\"grace\"");
  }

  @Test
  void timesAreSentInSeconds() {
    daemon.replies(reply("timeline-empty.json"));
    assertThat(typed("timeline --since 1h30m --limit 7").exitCode()).isZero();
    assertThat(daemon.requests())
        .containsExactly(
            "{\"verb\":\"timeline\",\"options\":{\"since\":\"5400\",\"limit\":\"7\"}}");
  }

  @Test
  void incidentsAreToldWithTheirPhases() {
    daemon.replies(reply("incidents.json"));
    Typed typed = typed("timeline --incidents");
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.output())
        .contains("Change 1", "Incident 2", "c is lost")
        .contains("1.300 s: detect 600 ms, agree 50 ms, prove 200 ms, start 450 ms");
    assertThat(daemon.requests().getLast()).contains("\"incidents\":\"true\"");
  }

  @Test
  void oneIncidentHasItsCriticalPath() {
    daemon.replies(reply("incidents.json"));
    assertThat(typed("timeline --incident 2").output())
        .doesNotContain("Change 1")
        .containsPattern("\\+650 ms +prove +200 ms +c is proven down: power off")
        .containsPattern("\\+1300 ms +web +on b");
    daemon.replies(reply("incidents.json"));
    Typed none = typed("timeline --incident 7");
    assertThat(none.exitCode()).isEqualTo(105);
    assertThat(none.errors()).contains("There is no incident 7; this node remembers 2");
  }

  @Test
  void thePageOfAnIncidentNeedsNothingElse(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("incident.html");
    daemon.replies(reply("incidents.json"));
    assertThat(typed("timeline --incident 2 --html " + file).exitCode()).isZero();
    String page = Files.readString(file);
    assertThat(page)
        .contains("<!doctype html>", "c is lost", "width:46.15%")
        .contains("it is silent &lt;b&gt;and&lt;/b&gt; did not")
        .doesNotContain("http", "<script", "<link", "<b>and", "src=");
    daemon.replies(reply("incidents.json"));
    assertThat(typed("timeline --html " + folder.resolve("no/such/x.html")).exitCode())
        .isEqualTo(73);
  }

  @Test
  void thePlanTellsWhatSingleFailuresLeadTo() {
    daemon.replies(reply("plan-outlook.json"));
    Typed typed = typed("apply --dry-run " + file("web.yaml"));
    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(daemon.requests().getLast()).contains("\"outlook\":\"true\"");
    assertThat(typed.output())
        .contains("Times that do not fit", "20000 <= 5000", "If one thing fails then")
        .containsPattern("node a +recovers +power proves that it is down")
        .contains("- web: a -> b")
        .containsPattern("fence device power +waits +it is the only proof for a, b")
        .contains("1 resource, failing alone, runs again by itself");
  }

  @Test
  void aRehearsalOfAFilePlaysEveryFault(@TempDir Path folder) throws IOException {
    Path node = folder.resolve("node.yaml");
    Files.writeString(
        node,
        """
        cluster: shop
        node: a
        nodes:
          - {name: a, id: 1, address: 10.0.0.1}
          - {name: b, id: 2, address: 10.0.0.2}
          - {name: c, id: 3, address: 10.0.0.3}
        """);
    Path file = folder.resolve("web.yaml");
    Files.writeString(
        file,
        """
        resources:
          - primitive: rack
            agent: stonith:fence_rack
            parameters: {pcmk_host_list: "a b c"}
          - primitive: web
            agent: ocf:heartbeat:nginx
            operations:
              - {monitor: 5s}
        """);
    Typed typed =
        new Typed().run("rehearse", "--file", file.toString(), "--config", node.toString());
    assertThat(typed.errors()).doesNotContain("ringward:");
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.output())
        .contains("3 nodes, 1 resources", "node a off", "link 0 cut")
        .containsPattern("fencing device rack fails, node . off +waits")
        .containsPattern("12 faults: .* untouched, .* recovers");
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void refusalsKeepTheirCodeAndSentence() {
    daemon.replies("{\"exitCode\":105,\"message\":\"There is no node x.\",\"report\":null}");
    Typed typed = typed("standby x");
    assertThat(typed.exitCode()).isEqualTo(105);
    assertThat(typed.output()).isEmpty();
    assertThat(typed.errors()).isEqualTo("ringward: There is no node x.\n");
  }

  @Test
  void fencingIsAskedFor() {
    Typed no = new Typed().onTerminal().input("n\n").run("fence", "b", "--socket", daemon.socket());
    assertThat(no.exitCode()).isEqualTo(1);
    assertThat(no.output()).contains("Nothing was fenced.");
    assertThat(daemon.requests()).isEmpty();

    daemon.replies(DONE);
    Typed yes =
        new Typed().onTerminal().input("y\n").run("fence", "b", "--socket", daemon.socket());
    assertThat(yes.exitCode()).isZero();
    assertThat(yes.errors()).contains("Fence node b (reboot)? Everything on it ends at once.");
    assertThat(daemon.requests()).hasSize(1);
  }

  @Test
  void fencingReportsTakeTheOptionsOfFence() {
    daemon.replies(reply("fencing.json"));
    Typed list = new Typed().run("fence", "--socket", daemon.socket(), "--author", "Ada", "list");
    assertThat(list.errors()).isEmpty();
    assertThat(list.exitCode()).isZero();
    assertThat(daemon.requests())
        .containsExactly("{\"verb\":\"fencing\",\"author\":\"Ada\",\"options\":{}}");

    daemon.replies(reply("fencing.json"));
    Typed own = new Typed().run("fence", "--socket", "/no", "list", "--socket", daemon.socket());
    assertThat(own.exitCode()).isZero();
  }

  @Test
  void aNodeThatCannotBeProvenDownIsAnExitCode() {
    daemon
        .replies(reply("fencing.json"))
        .replies(reply("fencing.json"))
        .replies(reply("fencing.json"));
    assertThat(typed("fence status").exitCode()).isEqualTo(1);
    assertThat(typed("fence status b").exitCode()).isZero();
    Typed unknown = typed("fence history z");
    assertThat(unknown.exitCode()).isEqualTo(105);
    assertThat(unknown.errors()).contains("there is no node z");
  }

  @Test
  void nobodyToAskIsRefused() {
    Typed typed = typed("fence b");
    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.errors()).contains("give --yes");
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void confirmingNeedsTheNodesName() {
    String[] command = {"confirm", "b", "--reason", "fire", "--socket", daemon.socket()};
    String regions =
        "{\"exitCode\":0,\"message\":\"\",\"report\":{\"type\":\"regions\",\"node\":\"a\",\"nodes\":["
            + "{\"name\":\"b\",\"id\":2,\"alive\":true,\"seenOn\":[\"serial\"],\"quorate\":false,"
            + "\"stallMillis\":0,\"stallAgeMillis\":0}],\"regions\":[],\"pings\":[],\"checks\":[],"
            + "\"warnings\":[]}}";
    daemon.replies(reply("status-trouble.json")).replies(regions);
    Typed wrong = new Typed().onTerminal().input("a\n").run(command);
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.errors())
        .contains(
            "Known of b: it is unclean (silent since 11:59:58",
            "What it may still run: web, web-ip, web-server.",
            "IT LIVES: heartbeats of b still come over serial.",
            "Fencing it (off) running");
    assertThat(wrong.output())
        .contains("You typed a, the command says b; lost without proof: b. Nothing was confirmed.");
    assertThat(daemon.requests()).hasSize(2).noneMatch(each -> each.contains("confirm"));

    daemon.replies(reply("status-trouble.json")).replies(DONE).replies(DONE);
    assertThat(new Typed().onTerminal().input("b\n").run(command).exitCode()).isZero();
    assertThat(daemon.requests().getLast()).contains("confirm");
  }

  /** Asked back with what is known, before anything is sent. */
  @Test
  void theWrongNodeIsNotConfirmed() {
    for (String node : List.of("a", "bb")) {
      daemon.replies(reply("status-trouble.json"));
      Typed typed =
          new Typed()
              .onTerminal()
              .input(node + "\n")
              .run("confirm", node, "--reason", "fire", "--socket", daemon.socket());
      assertThat(typed.exitCode()).isEqualTo(node.equals("a") ? 107 : 105);
      assertThat(typed.errors())
          .contains(
              node.equals("a")
                  ? "a is a member of the cluster right now and answers, so it is not down; lost"
                      + " without proof: b."
                  : "there is no node bb; did you mean b?");
    }
    assertThat(daemon.requests()).noneMatch(each -> each.contains("confirm"));
  }

  @Test
  void dryRunShowsAndChangesNothing() {
    daemon.replies(reply("plan.json"));
    Typed typed = typed("apply --dry-run " + file("web.yaml"));
    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(daemon.requests())
        .singleElement()
        .asString()
        .contains("\"verb\":\"plan\"", "\"format\":\"yaml\"", "resources: []");
  }

  @Test
  void applyIsAskedForAndExpectsThePlansVersion() {
    String applied =
        reply("plan.json")
            .replace("\"applied\":false", "\"applied\":true")
            .replace("0.7.0", "0.8.0");
    daemon.replies(reply("plan.json")).replies(applied);
    Typed typed =
        new Typed()
            .onTerminal()
            .input("yes\n")
            .run("apply", file("web.yaml"), "--socket", daemon.socket());
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.output())
        .endsWith(
            "Applied as version 0.8.0: 3 changes in the configuration, 4 changes in the cluster.\n");
    assertThat(typed.errors()).contains("Apply this? [y/N]");
    assertThat(daemon.requests().getLast())
        .contains("\"verb\":\"apply\"", "\"expect-version\":\"0.7.0\"");
  }

  @Test
  void aPlanOfAnOlderStateIsRefused() {
    daemon
        .replies(reply("plan.json"))
        .replies("{\"exitCode\":103,\"message\":\"The cluster is at 0.7.1 now.\",\"report\":null}");
    Typed typed = typed("apply --yes " + file("web.yaml"));
    assertThat(typed.exitCode()).isEqualTo(103);
    assertThat(typed.errors()).isEqualTo("ringward: The cluster is at 0.7.1 now.\n");
  }

  @Test
  void aConfigurationFromStandardInput() {
    daemon.replies(reply("plan-empty.json"));
    Typed typed =
        new Typed()
            .input(" <configuration/>")
            .run("apply", "-", "--yes", "--socket", daemon.socket());
    assertThat(typed.exitCode()).isZero();
    assertThat(daemon.requests().getFirst())
        .contains("\"format\":\"xml\"", "\"file\":\"standard input\"");
  }

  /** An option of the whole command line whose name begins like a command's. */
  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void theVersionIsAnOptionToo(String option) {
    assertThat(typed(option).exitCode()).isZero();
    assertThat(typed(option).output()).startsWith("ringward ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "apply /nowhere.yaml       | 66 | There is no file /nowhere.yaml.",
        "fence                     | 64 | Missing required parameter: 'NODE'.",
        "move                      | 64 | Missing required parameter: 'RESOURCE'.",
        "stats                     | 64 | 'stats' is not understood; did you mean status?",
        "status --output yaml      | 64 | expected one of [text, json]",
        "timeline --since 5x       | 64 | '5x' is not a time",
        "timeline --since 0s       | 64 | '0s' is not a time",
        "maintenance b             | 64 | (specify one of these)",
        "maintenance b --on --off  | 64 | mutually exclusive",
        "daemon --config x         | 64 | run './ringward daemon --config x'",
        "simulate-cluster --seeds a | 64 | --seeds a is no range",
        "simulate-cluster --seeds 9..1 | 64 | ends before it begins",
        "simulate-ring --seeds b   | 64 | --seeds b is no range",
        "simulate-ring --seeds 1 --nodes 1 | 64 | --nodes is 1, but a ring has at least 2",
        "simulate-ring --seeds 1 --calm -1 | 64 | --calm is -1, but must be at least 1",
        "simulate-ring --seeds 1 --jobs 0 | 64 | --jobs is 0, but must be at least 1",
        "simulate-cluster --seeds 1 --jobs 0 | 64 | --jobs is 0, but must be at least 1",
        "simulate-cluster --seeds 1 --seconds 1 | 64 | --seconds is 1, but a cluster needs at least 30",
        "simulate-cluster --seeds 1 --jobs x | 64 | 'x' is not a whole number of at most 2147483647",
        "quorum expected-votes 99999999999 | 64 | '99999999999' is not a whole number of at most",
        "group add g a --before x --after y | 64 | mutually exclusive",
        "region dump /nowhere      | 66 | There is no device or file /nowhere.",
        "region watch /nowhere     | 66 | There is no device or file /nowhere.",
        "region dump /tmp          | 74 | reading failed: /tmp cannot be opened",
        "status --socket /tmp      | 102 | answers at /tmp (that is no socket)",
      })
  void misuse(String command, int exitCode, String sentence) {
    Typed typed = typed(command);
    assertThat(typed.exitCode()).isEqualTo(exitCode);
    assertThat(typed.errors()).startsWith("ringward: ").contains(sentence).doesNotContain("\tat ");
    assertThat(typed.output()).isEmpty();
  }

  @Test
  void keygen(@TempDir Path folder) throws IOException {
    Path key = folder.resolve("key");
    assertThat(typed("keygen " + key).exitCode()).isZero();
    assertThat(Files.size(key)).isEqualTo(256);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("r--------");
    byte[] before = Files.readAllBytes(key);

    Typed again = typed("keygen " + key);
    assertThat(again.exitCode()).isEqualTo(108);
    assertThat(again.errors()).contains("exists and is left as it is");
    assertThat(Files.readAllBytes(key)).isEqualTo(before);

    Typed nowhere = typed("keygen " + folder.resolve("no/key"));
    assertThat(nowhere.exitCode()).isEqualTo(73);
    assertThat(nowhere.errors()).contains("its folder does not exist");
  }

  @Test
  void ringKeygenIsTheSame(@TempDir Path folder) throws IOException {
    Path key = folder.resolve("key");
    assertThat(typed("ring keygen " + key).exitCode()).isZero();
    assertThat(Files.size(key)).isEqualTo(256);
  }

  @Test
  void ringAloneShowsItsCommands() {
    assertThat(typed("ring").exitCode()).isEqualTo(64);
    assertThat(typed("ring").errors()).contains("status", "links", "reload", "keygen");
  }

  /** What is written means the same as what was read. */
  @Test
  void configFromCorosyncConf(@TempDir Path folder) throws IOException {
    String text =
        """
        totem {
          version: 2
          cluster_name: demo
          crypto_cipher: aes256
          crypto_hash: sha256
          colour: red
        }
        nodelist {
          node {
            ring0_addr: 127.0.0.1
            name: n1
            nodeid: 1
          }
        }
        """;
    Path file = Files.writeString(folder.resolve("corosync.conf"), text);
    Typed typed = typed("config --from " + file);
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.errors()).contains("corosync.conf:6: unknown key \"colour\" in totem");
    assertThat(typed.output())
        .contains("cluster: \"demo\"", "  token: 3000\n", "key_file: \"/etc/corosync/authkey\"");
    Path yaml = Files.writeString(folder.resolve("ringward.yaml"), typed.output());
    assertThat(typed("config --from " + yaml).output()).isEqualTo(typed.output());
    assertThat(typed("config --from " + folder.resolve("none")).exitCode()).isEqualTo(66);
  }

  @ParameterizedTest
  @CsvSource({"bash", "zsh"})
  void completion(String shell, @TempDir Path folder) throws Exception {
    String script = typed("completion " + shell).output();
    assertThat(script).contains("simulate-cluster", "--since", "complete ");
    Path file = Files.writeString(folder.resolve("completion"), script);
    Process bash = new ProcessBuilder("bash", "-n", file.toString()).inheritIO().start();
    assertThat(bash.waitFor()).isZero();
  }

  private Typed typed(String command) {
    return new Typed().variable("RINGWARD_SOCKET", daemon.socket()).run(command.split(" +"));
  }

  private static String file(String name) {
    return Golden.root().resolve("cli/src/test/resources/replies").resolve(name).toString();
  }

  private static String reply(String name) {
    try {
      return Files.readString(Path.of(file(name)));
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
