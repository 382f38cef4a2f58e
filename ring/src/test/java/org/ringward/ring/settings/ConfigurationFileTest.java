package org.ringward.ring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.CorosyncConf.Reading;
import org.ringward.core.config.InlineKey;

class ConfigurationFileTest {
  private static final String COROSYNC =
      """
      totem {
        version: 2
        cluster_name: caf\u00e9
        %s
      }
      nodelist {
        node {
          ring0_addr: localhost
          nodeid: 3
        }
      }
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }

  private static OperatorException refusal(Path file) {
    return catchThrowableOfType(OperatorException.class, () -> ConfigurationFile.read(file));
  }

  @Test
  void corosyncConfIsToldByItsContent() throws IOException {
    Files.createDirectory(folder.resolve("uidgid.d"));
    Files.writeString(folder.resolve("uidgid.d/b"), "uidgid {\n uid: hacluster\n}\n");
    Reading reading = ConfigurationFile.read(file(COROSYNC.formatted("ip_version: ipv4")));
    assertThat(reading.settings().clusterName()).isEqualTo("caf\u00e9");
    assertThat(reading.settings().self().address()).as("resolved here").isEqualTo("127.0.0.1");
    assertThat(reading.settings().nodeName()).isEqualTo("localhost");
    assertThat(reading.settings().daemon().access().users()).containsExactly("hacluster");
    assertThat(ConfigurationFile.key(reading.settings())).as("none is needed").isEmpty();
  }

  @Test
  void corosyncConfMayBeOfAnyBytes() throws IOException {
    byte[] latin = COROSYNC.formatted("").getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("file"), latin);
    assertThat(ConfigurationFile.read(file).settings().clusterName()).isEqualTo("caf\u00e9");
  }

  @Test
  void nodeFileIsToldByItsContent() throws IOException {
    String host = new LocalMachine().hostName();
    String text = "cluster: demo\nnode: n1\nnodes:\n  - {name: n1, id: 1, address: 127.0.0.1}\n";
    assertThat(host).isNotBlank();
    assertThat(ConfigurationFile.read(file(text)).settings().nodeName()).isEqualTo("n1");
  }

  @Test
  void keys() throws IOException {
    String crypto = "crypto_cipher: aes256\n crypto_hash: sha1\n";
    Reading inline =
        ConfigurationFile.read(file(COROSYNC.formatted(crypto + "key: " + "k".repeat(128))));
    assertThat(ConfigurationFile.key(inline.settings()))
        .isEqualTo(new InlineKey("k".repeat(128)).bytes());
    Path key = Files.write(folder.resolve("key"), new byte[256]);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    Reading reading = ConfigurationFile.read(file(COROSYNC.formatted(crypto + "keyfile: " + key)));
    assertThat(ConfigurationFile.key(reading.settings())).hasSize(256);
  }

  @Test
  void unreadableFilesAreNamed() throws IOException {
    assertThat(refusal(folder.resolve("none")).sentence()).endsWith("none does not exist");
    assertThat(refusal(folder.resolve("none")).exitCode()).isEqualTo(ExitCode.NO_INPUT);
    assertThat(refusal(folder).sentence()).contains("cannot be read");
    Path bytes = Files.write(folder.resolve("bytes"), new byte[] {'a', ':', ' ', (byte) 0xff});
    assertThat(refusal(bytes).sentence()).endsWith("is not UTF-8");
    try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("huge").toFile(), "rw")) {
      huge.setLength(1L << 40);
    }
    assertThat(refusal(folder.resolve("huge")).sentence()).contains("at most 16777216 are allowed");
  }
}
