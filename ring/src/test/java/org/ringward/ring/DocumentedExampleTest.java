package org.ringward.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in docs/library.md, as it stands there. */
class DocumentedExampleTest {
  private static final Path PAGE =
      Path.of(System.getProperty("ringward.root", ".."), "docs", "library.md");
  private static final int LINES_MOST = 35;
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<Chat> chats = new ArrayList<>();

  /** A running one. */
  private record Chat(Process process, Writer input, List<String> lines) {
    static Chat start(List<String> command) throws IOException {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      List<String> lines = new CopyOnWriteArrayList<>();
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try (BufferedReader output = process.inputReader(UTF_8)) {
              output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException _) {
              // It has ended.
            }
          });
      return new Chat(process, process.outputWriter(UTF_8), lines);
    }

    void type(String line) throws IOException {
      input.write(line + "\n");
      input.flush();
    }

    List<String> messages() {
      return lines.stream().filter(line -> line.startsWith("node ")).toList();
    }
  }

  @AfterEach
  void end() {
    chats.forEach(chat -> chat.process().destroyForcibly());
  }

  private void compile() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```java\n") + "```java\n".length();
    String program = page.substring(begin, page.indexOf("```", begin));
    assertThat(program.lines().filter(line -> !line.isBlank()).count())
        .isLessThanOrEqualTo(LINES_MOST);
    Path source = folder.resolve("Chat.java");
    Files.writeString(source, program);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String path = System.getProperty("java.class.path");
    assertThat(
            compiler.run(null, null, null, "-cp", path, "-d", folder.toString(), source.toString()))
        .isZero();
  }

  private void start() throws IOException {
    Path key = folder.resolve("key");
    Files.write(key, new byte[128]);
    int port;
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      port = socket.getLocalPort();
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = folder + ":" + System.getProperty("java.class.path");
    for (int id = 1; id <= 3; id++) {
      chats.add(
          Chat.start(
              List.of(
                  java,
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  path,
                  "Chat",
                  "" + id,
                  "" + port,
                  key.toString())));
    }
  }

  @Test
  void threeOfThemAgree() throws Exception {
    compile();
    start();
    for (Chat chat : chats) {
      await()
          .atMost(LONG)
          .until(() -> chat.lines().stream().anyMatch(line -> line.startsWith("3 members")));
    }
    for (int number = 0; number < 50; number++) {
      for (int at = 0; at < 3; at++) {
        chats.get(at).type("line " + number + " of " + (at + 1));
      }
    }
    for (Chat chat : chats) {
      await().atMost(LONG).until(() -> chat.messages().size() == 150);
      assertThat(chat.messages()).isEqualTo(chats.get(0).messages());
      assertThat(chat.messages()).contains("node 2: line 49 of 2");
    }
    chats.get(2).input().close();
    for (Chat chat : chats.subList(0, 2)) {
      await()
          .atMost(LONG)
          .until(() ->
              chat.lines().contains("2 members: LEAVE")
                  && chat.lines().contains("REGULAR configuration {1,2}"));
    }
    assertThat(chats.get(2).process().waitFor()).isZero();
    for (Chat chat : chats) {
      assertThat(chat.lines()).noneMatch(line -> line.contains("Exception"));
    }
  }
}
