package org.ringward.ring.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatingSystemTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  /** 6.12. */
  private static final int KERNEL_WITH_SLICES = 6012;

  @TempDir private Path folder;

  @Test
  void killTakesTheGroupAndIgnoresOneThatHasGone() throws Exception {
    Process leader = new ProcessBuilder("/usr/bin/setsid", "/bin/sleep", "300").start();
    // Until setsid has run there is no group of that number.
    await()
        .until(() -> {
          OperatingSystem.killGroup(leader.pid());
          return !leader.isAlive();
        });
    assertThat(leader.waitFor()).isEqualTo(137);
    OperatingSystem.killGroup(leader.pid());
    OperatingSystem.killGroup(0);
  }

  /** Another program is the service manager, as Java has no datagrams on Unix sockets. */
  @Test
  void theServiceManagerIsTold() throws IOException {
    assumeTrue(Files.isExecutable(PYTHON), "needs python3 as the other end");
    for (String name :
        List.of(
            folder.resolve("notify").toString(),
            "@ringward-test-" + ProcessHandle.current().pid())) {
      String script =
          "import socket,sys\n"
              + "s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\n"
              + "n=sys.argv[1]\n"
              + "s.bind('\\0'+n[1:] if n[0]=='@' else n)\n"
              + "print('bound',flush=True)\n"
              + "for _ in range(2): print(repr(s.recv(4096)),flush=True)\n";
      Process listener =
          new ProcessBuilder(PYTHON.toString(), "-c", script, name)
              .redirectErrorStream(true)
              .start();
      try (var lines = listener.inputReader(UTF_8)) {
        assertThat(lines.readLine()).isEqualTo("bound");
        ServiceManager manager = new ServiceManager(name);
        manager.ready("node n1");
        manager.stopping("the end");
        assertThat(lines.readLine()).isEqualTo("b'READY=1\\nSTATUS=node n1'");
        assertThat(lines.readLine()).isEqualTo("b'STOPPING=1\\nSTATUS=the end'");
      } finally {
        listener.destroyForcibly();
      }
    }
  }

  @Test
  void nobodyToTellIsNoError() {
    new ServiceManager(null).ready("x");
    new ServiceManager("").ready("x");
    new ServiceManager("/nowhere/at/all").ready("x");
    new ServiceManager("/" + "x".repeat(200)).ready("x");
  }

  @Test
  void realTimeSaysWhatItDid() {
    assertThat(OperatingSystem.realTime(List.of("no such thread")))
        .contains("memory is")
        .contains("real-time priority");
  }

  @Test
  void compilersStandBack() throws IOException {
    int count = OperatingSystem.compilersStandBack();
    List<Integer> nices = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        String stat = Files.readString(task.resolve("stat"));
        if (stat.matches("(?s)\\d+ \\(C[12] Compiler.*")) {
          nices.add(Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]));
        }
      }
    }
    assertThat(nices).isNotEmpty().allMatch(nice -> nice >= 5).hasSizeGreaterThanOrEqualTo(count);
    assertThat(count).isPositive();
  }

  /** Of a thread of its own: others of this process keep what they have. */
  @Test
  void aThreadAsksForAShortSlice() throws Exception {
    AtomicBoolean taken = new AtomicBoolean();
    AtomicLong slice = new AtomicLong();
    Thread asking =
        new Thread(() -> {
          taken.set(TimeSlice.ask(TimeSlice.SHORT_NANOS));
          slice.set(TimeSlice.current());
        });
    asking.start();
    asking.join();
    assertThat(taken).isTrue();
    String[] version = System.getProperty("os.version").split("[.-]", -1);
    int kernel = Integer.parseInt(version[0]) * 1000 + Integer.parseInt(version[1]);
    assumeTrue(kernel >= KERNEL_WITH_SLICES, "this kernel takes no notice");
    assertThat(slice.get()).isEqualTo(TimeSlice.SHORT_NANOS);
  }

  @Test
  void signalsAreHandled() throws Exception {
    CountDownLatch handled = new CountDownLatch(1);
    Signals.handle("USR2", name -> handled.countDown());
    new ProcessBuilder("/bin/kill", "-USR2", "" + ProcessHandle.current().pid()).start().waitFor();
    assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
