package org.ringward.cli.holders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.cli.holders.Holders.Holder;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Primitive;

/** Who uses a mount, an address or a port, from a /proc of our own and from the real one. */
class HoldersTest {
  @TempDir private Path proc;

  private Holders holders;

  @BeforeEach
  void machine() throws IOException {
    holders = new Holders(proc, Duration.ofSeconds(30));
    write(
        "self/mounts",
        """
        /dev/sda1 / ext4 rw 0 0
        /dev/drbd0 /srv ext4 rw 0 0
        tmpfs /srv/cache tmpfs rw 0 0
        """);
    process(101, "bash", "/srv/www", List.of("/dev/pts/0"));
    process(102, "postgres", "/", List.of("/srv/db/1", "/srv/db/2", "/srvother/x", "socket:[7]"));
    process(103, "nginx", "/", List.of("socket:[8]", "socket:[9]", "socket:[10]", "socket:[11]"));
    process(104, "idle", "/", List.of("/dev/null"));
    String rest = " 00000000:00000000 00:00000000 00000000     0        0 ";
    write(
        "net/tcp",
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid timeout inode\n"
            + "   0: 0500000A:1538 00000000:0000 0A"
            + rest
            + "7 1\n"
            + "   1: 00000000:0050 00000000:0000 0A"
            + rest
            + "8 1\n"
            + "   2: 0500000A:0050 0900000A:C350 01"
            + rest
            + "9 1\n"
            + "   3: 0500000A:0050 0900000A:C351 06"
            + rest
            + "0 1\n"
            + "   4: damaged\n");
    write(
        "net/tcp6",
        "   0: 0000000000000000FFFF00000500000A:0050 0000000000000000FFFF00000900000A:C352 01"
            + rest
            + "10 1\n"
            + "   1: 000080FE000000000000000001000000:0050 00000000000000000000000000000000:0000 0A"
            + rest
            + "11 1\n");
  }

  private void process(int pid, String name, String cwd, List<String> open) throws IOException {
    write(pid + "/comm", name + "\n");
    Path folder = proc.resolve(Integer.toString(pid));
    Files.createSymbolicLink(folder.resolve("cwd"), Path.of(cwd));
    Files.createSymbolicLink(folder.resolve("exe"), Path.of("/usr/bin/" + name));
    Files.createDirectory(folder.resolve("fd"));
    for (int i = 0; i < open.size(); i++) {
      Files.createSymbolicLink(folder.resolve("fd/" + i), Path.of(open.get(i)));
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = proc.resolve(name);
    Files.createDirectories(file.resolve(".."));
    Files.writeString(file, text);
  }

  @Test
  void whoIsBelowAFolder() {
    Holders.Found found = holders.below("/srv/");
    assertThat(found.holders())
        .containsExactly(
            new Holder(0, "/srv/cache", "mounted below it"),
            new Holder(101, "bash", "stands in it"),
            new Holder(102, "postgres", "2 files open"));
    assertThat(found.whole()).isTrue();
    assertThat(holders.below("/mnt").holders()).isEmpty();
  }

  @Test
  void whoUsesAnAddress() {
    assertThat(holders.address("10.0.0.5").holders())
        .containsExactly(
            new Holder(102, "postgres", "listens on tcp 5432"),
            new Holder(103, "nginx", "2 connections"));
    assertThat(holders.address("fe80::1/64").holders())
        .containsExactly(new Holder(103, "nginx", "listens on tcp 80"));
    assertThat(holders.address("10.0.0.6").holders()).isEmpty();
    assertThat(holders.address("no.such.name").holders()).isEmpty();
  }

  @Test
  void whoHoldsAPort() {
    assertThat(holders.port(80).holders())
        .containsExactly(new Holder(103, "nginx", "listens on tcp 80, 2 connections"));
    assertThat(holders.port(81).holders()).isEmpty();
  }

  @Test
  void whenTimeRunsOutThatIsSaid() {
    Holders.Found found = new Holders(proc, Duration.ZERO).below("/srv");
    assertThat(found.whole()).isFalse();
    assertThat(found.holders()).extracting(Holder::pid).containsExactly(0L);
  }

  @Test
  void whatResourcesGive() {
    Configuration configuration =
        CibYaml.readConfiguration(
                "test",
                """
                resources:
                  - primitive: fs
                    agent: ocf:heartbeat:Filesystem
                    parameters: {directory: /srv, device: /dev/drbd0, fstype: ext4}
                  - primitive: vip
                    agent: ocf:heartbeat:IPaddr2
                    parameters: {ip: 10.0.0.5}
                  - primitive: web
                    agent: ocf:heartbeat:nginx
                    parameters: {port: 80}
                  - {primitive: plain, agent: 'ocf:heartbeat:Dummy'}
                """)
            .configuration();
    assertThat(sentences(configuration, "fs"))
        .containsExactly(
            "fs: /srv is used by /srv/cache (mounted below it), bash (process 101: stands in it),"
                + " postgres (process 102: 2 files open).");
    assertThat(sentences(configuration, "vip")).singleElement().asString().contains("nginx");
    assertThat(sentences(configuration, "web")).singleElement().asString().contains("port 80");
    assertThat(sentences(configuration, "plain")).isEmpty();
    assertThat(Uses.any((Primitive) configuration.resource("plain"))).isFalse();
  }

  private List<String> sentences(Configuration configuration, String id) {
    return Uses.sentences((Primitive) configuration.resource(id), holders);
  }

  @Test
  void aRealProcess(@TempDir Path folder) throws IOException {
    Process process = new ProcessBuilder("sleep", "60").directory(folder.toFile()).start();
    try {
      assertThat(Holders.here().below(folder.toRealPath().toString()).holders())
          .contains(new Holder(process.pid(), "sleep", "stands in it"));
    } finally {
      process.destroyForcibly();
    }
  }
}
