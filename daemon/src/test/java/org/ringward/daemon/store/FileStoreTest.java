package org.ringward.daemon.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.base.Defect;

class FileStoreTest {
  @TempDir private Path folder;
  private final Map<Long, String> results = new ConcurrentHashMap<>();

  private FileStore store(Path where) {
    return new FileStore(where, (id, error) -> results.put(id, error == null ? "" : error));
  }

  private Map<String, String> loaded(Path where) {
    Map<String, String> texts = new TreeMap<>();
    FileStore.load(where).forEach((name, bytes) -> texts.put(name, new String(bytes, UTF_8)));
    return texts;
  }

  @Test
  void writesReplaceAndAreLoadedAgain() {
    try (FileStore store = store(folder)) {
      store.write(1, "cib", "one".getBytes(UTF_8));
      store.write(2, "other", new byte[0]);
      store.write(3, "cib", "two".getBytes(UTF_8));
    }
    assertThat(results).containsExactlyInAnyOrderEntriesOf(Map.of(1L, "", 2L, "", 3L, ""));
    assertThat(loaded(folder)).isEqualTo(Map.of("cib", "two", "other", ""));
    assertThat(folder.resolve("cib")).hasSize(3);
  }

  @Test
  void whatACrashLeftUnfinishedIsIgnoredAndReplaced() throws IOException {
    Files.writeString(folder.resolve("cib"), "old");
    Files.writeString(folder.resolve(".cib.new"), "half of the ne");
    assertThat(loaded(folder)).isEqualTo(Map.of("cib", "old"));
    try (FileStore store = store(folder)) {
      store.write(1, "cib", "new".getBytes(UTF_8));
    }
    assertThat(loaded(folder)).isEqualTo(Map.of("cib", "new"));
    assertThat(folder.resolve(".cib.new")).doesNotExist();
  }

  @Test
  void aWriteThatFailsIsToldAndLeavesTheOldContent() throws IOException {
    Path where = Files.createDirectory(folder.resolve("store"));
    Files.writeString(where.resolve("cib"), "old");
    // A folder in the way of the unfinished file, as root is not stopped by permissions.
    Files.createDirectories(where.resolve(".cib.new/in/the/way"));
    try (FileStore store = store(where)) {
      store.write(1, "cib", "new".getBytes(UTF_8));
    }
    assertThat(results.get(1L)).startsWith(where.resolve("cib") + " cannot be written: ");
    assertThat(loaded(where)).isEqualTo(Map.of("cib", "old"));
  }

  @Test
  void aFullDiskIsToldAndLeavesTheOldContent() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
    assumeTrue(mounted, "only root can mount a small disk");
    try {
      try (FileStore store = store(disk)) {
        store.write(1, "cib", "old".getBytes(UTF_8));
        store.write(2, "cib", new byte[1024 * 1024]);
        store.write(3, "small", "fits".getBytes(UTF_8));
      }
      assertThat(results.get(2L)).contains("cannot be written: ").containsIgnoringCase("no space");
      assertThat(results).containsEntry(1L, "").containsEntry(3L, "");
      assertThat(loaded(disk)).isEqualTo(Map.of("cib", "old", "small", "fits"));
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void namesStayInTheFolder() {
    try (FileStore store = store(folder)) {
      assertThatThrownBy(() -> store.write(1, "../cib", new byte[1])).isInstanceOf(Defect.class);
    }
  }
}
