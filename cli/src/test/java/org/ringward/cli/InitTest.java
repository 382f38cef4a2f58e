package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.cib.CibValidation;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.ConfigurationReading;
import org.ringward.core.config.NodeSettings;
import org.ringward.ring.settings.ConfigurationFile;

/** A new cluster's files, on this machine with its loopback address as that of node a. */
class InitTest {
  private static final String[] NODES = {"init", "web", "a=127.0.0.1", "b=10.99.0.2"};

  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("etc");
  }

  private Typed init(String... more) {
    return typed(new Typed(), more);
  }

  private Typed typed(Typed typed, String... more) {
    String[] words = new String[more.length + 2];
    System.arraycopy(more, 0, words, 0, more.length);
    words[more.length] = "--folder";
    words[more.length + 1] = folder().toString();
    return typed.run(words);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder().resolve(name));
  }

  @Test
  void makesThreeFilesThatAreInOrder() throws IOException {
    Typed typed = init(NODES);
    assertThat(typed.errors()).isEmpty();
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.output())
        .contains("Node a of cluster web:", "Wrote " + folder().resolve("ringward.yaml"))
        .contains("systemctl enable --now ringward");
    NodeSettings settings = ConfigurationFile.read(folder().resolve("ringward.yaml")).settings();
    assertThat(settings.clusterName()).isEqualTo("web");
    assertThat(settings.nodeName()).isEqualTo("a");
    assertThat(settings.member("b").address()).isEqualTo("10.99.0.2");
    assertThat(settings.quorum().twoNode()).isTrue();
    assertThat(ConfigurationFile.key(settings)).hasSize(256);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder().resolve("authkey"))))
        .isEqualTo("r--------");
    assertThat(lines(read("ringward.yaml"))).hasSizeLessThanOrEqualTo(7);
  }

  /** Lines that say something. */
  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  @Test
  void theExampleInTheConfigurationIsValid() throws IOException {
    init(NODES);
    String text = read("cluster.yaml");
    assertThat(findings(text)).isEmpty();
    String example = text.substring(text.indexOf("# resources:")).replaceAll("(?m)^# ?", "");
    assertThat(findings(example)).isEmpty();
    assertThat(example).contains("pcmk_host_list: a,");
  }

  private static List<String> findings(String text) {
    ConfigurationReading reading = CibYaml.readConfiguration("cluster.yaml", text);
    return CibValidation.validate(reading, List.of("a", "b")).stream()
        .map(finding -> finding.text())
        .toList();
  }

  @Test
  void overwritesNothing() throws IOException {
    init(NODES);
    String before = read("ringward.yaml") + read("cluster.yaml");
    Typed again = init("init", "other", "a=127.0.0.1");
    assertThat(again.exitCode()).isEqualTo(108);
    assertThat(again.errors()).contains("ringward.yaml", "authkey", "exist already", "--force");
    assertThat(read("ringward.yaml") + read("cluster.yaml")).isEqualTo(before);
  }

  @Test
  void oneFileInTheWayKeepsTheOthersFromBeingMade() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("cluster.yaml"), "mine");
    assertThat(init(NODES).exitCode()).isEqualTo(108);
    try (var list = Files.list(folder())) {
      assertThat(list.map(each -> String.valueOf(each.getFileName())))
          .containsExactly("cluster.yaml");
    }
  }

  @Test
  void forceKeepsTheKey() throws IOException {
    init(NODES);
    byte[] key = Files.readAllBytes(folder().resolve("authkey"));
    Typed forced = init("init", "other", "a=127.0.0.1", "--force");
    assertThat(forced.exitCode()).isZero();
    assertThat(Files.readAllBytes(folder().resolve("authkey"))).isEqualTo(key);
    assertThat(read("ringward.yaml")).contains("cluster: other").doesNotContain("two_node");
  }

  @Test
  void aFolderThatCannotBeMadeLeavesNothing() throws IOException {
    Files.writeString(folder(), "a file");
    Typed typed = init(NODES);
    assertThat(typed.exitCode()).isEqualTo(73);
    assertThat(typed.errors()).contains("cannot be made");
    assertThat(folder()).isRegularFile();
  }

  @Test
  void anAddressThatIsNotHereIsAnErrorAndWritesNothing() {
    Typed typed = init("init", "web", "a=127.0.0.1,10.99.7.7", "b=10.99.0.2,10.99.7.8");
    assertThat(typed.exitCode()).isEqualTo(78);
    assertThat(typed.errors()).contains("is none of a, b");
    assertThat(folder()).doesNotExist();
    String host = new org.ringward.ring.settings.LocalMachine().hostName();
    Typed byName = init("init", "web", host + "=10.99.0.1", "b=10.99.0.2");
    assertThat(byName.exitCode()).isEqualTo(78);
    assertThat(byName.output()).contains("error", "10.99.0.1 is on no interface of this machine");
    assertThat(byName.errors()).contains("nothing was written");
    assertThat(folder()).doesNotExist();
  }

  @Test
  void badWordsAreRefusedByName() {
    assertThat(init("init", "web", "a=127.0.0.1", "b=10.0.0").errors())
        .contains("node b: \"10.0.0\" is no IP address");
    assertThat(init("init", "web", "a b=127.0.0.1").errors()).contains("a node's name is \"a b\"");
    assertThat(init("init", "we/b", "a=127.0.0.1").errors()).contains("the cluster's name is");
    assertThat(init("init", "web", "a=127.0.0.1", "a=10.99.0.2").exitCode()).isEqualTo(78);
    assertThat(init("init", "web", "no-such-name.invalid").errors())
        .contains("does not resolve on this machine: give its address");
    assertThat(init("init", "web", "localhost").errors())
        .contains("which no other machine reaches");
    assertThat(init("init").errors()).contains("ringward init web a=10.0.0.1 b=10.0.0.2");
    assertThat(folder()).doesNotExist();
  }

  @Test
  void asksOnATerminal() throws IOException {
    Typed typed = new Typed().onTerminal().variable("TERM", "dumb");
    typed(typed.input("web\na\n127.0.0.1\nb\n10.99.0.2\n\n\n"), "init");
    assertThat(typed.errors()).contains("Name of the cluster:", "Address of a", "Name of node 3");
    assertThat(typed.exitCode()).isZero();
    assertThat(read("ringward.yaml")).contains("{name: b, id: 2, address: 10.99.0.2}");
  }

  @Test
  void jsonForPrograms() {
    Typed typed = init("init", "web", "a=127.0.0.1", "b=10.99.0.2", "--output", "json");
    assertThat(typed.output())
        .startsWith("{\n  \"schema\" : 1,\n  \"type\" : \"init\"")
        .contains("\"check\" : \"address\"", "\"verdict\" : \"NOTE\"", "\"files\" : [");
  }

  @Test
  void checksWhatIsThere() throws IOException {
    assertThat(init("init", "--check").exitCode()).isEqualTo(66);
    init(NODES);
    Typed typed = init("init", "--check");
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.output()).contains("Node a of cluster web:").doesNotContain("Wrote");
    Files.setPosixFilePermissions(
        folder().resolve("authkey"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(init("init", "--check").errors()).contains("is open to others");
  }

  /** The other machine is a folder; what ssh would run there is run here. */
  private String ssh(String more) throws IOException {
    Path program = temporary.resolve("ssh");
    Files.writeString(
        program,
        "#!/bin/sh\nPATH=/usr/bin:/bin\necho \"$*\" >%s/asked\nsed -u 's#^folder=.*#folder=%s#%s' | sh -s\n"
            .formatted(temporary, temporary.resolve("there"), more));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program.toString();
  }

  @Test
  void copiesToTheOtherNode() throws IOException {
    Typed typed = init("init", "web", "a=127.0.0.1", "b=10.99.0.2", "--copy", "--ssh", ssh(""));
    assertThat(typed.errors()).isEmpty();
    assertThat(typed.output()).contains("Node b has the same files; its clock is ");
    assertThat(typed.exitCode()).isZero();
    Path there = temporary.resolve("there");
    assertThat(there.resolve("authkey")).hasSameBinaryContentAs(folder().resolve("authkey"));
    assertThat(there.resolve("cluster.yaml"))
        .hasSameTextualContentAs(folder().resolve("cluster.yaml"));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(there.resolve("authkey"))))
        .isEqualTo("r--------");
    // The "other machine" has this one's host name, so the name of its node is said.
    assertThat(Files.readString(there.resolve("ringward.yaml"))).startsWith("node: \"b\"\n");
    assertThat(ConfigurationFile.read(there.resolve("ringward.yaml")).settings().nodeName())
        .isEqualTo("b");
    assertThat(Files.readString(temporary.resolve("asked"))).isEqualTo("10.99.0.2 sh -s\n");
    // Once more: the same files are no obstacle.
    assertThat(init("init", "--copy", "--ssh", ssh("")).exitCode()).isZero();
  }

  @Test
  void anotherKeyThereIsLeftAlone() throws IOException {
    init(NODES);
    Path there = Files.createDirectories(temporary.resolve("there"));
    Files.writeString(there.resolve("authkey"), "theirs");
    Typed typed = init("init", "--copy", "--force", "--ssh", ssh(""));
    assertThat(typed.exitCode()).isEqualTo(69);
    assertThat(typed.output()).contains("Node b was NOT given the files", "it is another key");
    try (var list = Files.list(there)) {
      assertThat(list.map(each -> String.valueOf(each.getFileName()))).containsExactly("authkey");
    }
    assertThat(there.resolve("authkey")).hasContent("theirs");
  }

  @Test
  void sshThatFailsIsTold() throws IOException {
    init(NODES);
    Typed none = init("init", "--copy", "--ssh", temporary.resolve("nothing").toString());
    assertThat(none.exitCode()).isEqualTo(69);
    assertThat(none.output()).contains("Node b was NOT given the files (exit code 255)");
    Path program = temporary.resolve("refuses");
    Files.writeString(program, "#!/bin/sh\necho Connection refused >&2\nexit 255\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    assertThat(init("init", "--copy", "--ssh", program.toString()).output())
        .contains("Connection refused");
  }
}
