package org.ringward.daemon.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.ring.os.PseudoTerminal;

/** Media that are not there, are something else, fail, or bring noise. */
final class BadMediaTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder = Path.of("");

  private static String complaint(SerialLine line) {
    Awaitility.await().atMost(PATIENCE).until(() -> line.trouble() != null);
    return String.valueOf(line.trouble());
  }

  @Test
  void aLineThatIsMissingOrNoneIsTold() {
    try (SerialLine line = new SerialLine("/dev/ttyNothing", 19_200)) {
      assertThat(complaint(line)).isEqualTo("there is no /dev/ttyNothing");
    }
    try (SerialLine line = new SerialLine("/dev/null", 19_200)) {
      assertThat(complaint(line)).startsWith("/dev/null ");
    }
  }

  /** What another speed at the other end looks like: bytes without any frame. */
  @Test
  void onlyNoiseIsTakenForAWrongSpeedAndForgottenWithTheNextFrame() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[100];
    try (PseudoTerminal here = PseudoTerminal.open();
        PseudoTerminal there = PseudoTerminal.open();
        SerialLine line = new SerialLine(here.device(), 19_200);
        SerialLine other = new SerialLine(there.device(), 19_200)) {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> {
            random.nextBytes(noise);
            here.write(noise, noise.length);
            return String.valueOf(line.trouble()).startsWith("only noise comes in on ");
          });
      assertThat(line.trouble()).contains("another speed than 19200 baud at the other end?");
      List<Integer> lengths = new ArrayList<>();
      byte[] bytes = new byte[4096];
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> {
            other.send(new byte[77], 0, 77);
            int count = there.read(bytes);
            if (count > 0) {
              here.write(bytes, count);
            }
            line.receive(0, (path, frame, offset, length) -> lengths.add(length));
            return !lengths.isEmpty() && line.trouble() == null;
          });
      assertThat(lengths).containsOnly(77);
    }
  }

  private static final class Diary implements DiskWorker.Ends {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void read(int disk, long request, byte[] bytes, int length, @Nullable String error) {
      lines.add("read " + request + ": " + (error == null ? length + " bytes" : error));
    }

    @Override
    public void written(int disk, long request, @Nullable String error) {
      lines.add("written " + request + ": " + (error == null ? "done" : error));
    }

    String next(DiskWorker disk) {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> {
            disk.drain(this);
            return !lines.isEmpty();
          });
      return lines.removeFirst();
    }
  }

  @Test
  void aDiskThatIsMissingShortOrFailsIsToldAndTriedAgain() throws IOException {
    Path file = folder.resolve("disk");
    Diary diary = new Diary();
    try (DiskWorker disk = new DiskWorker(3, file.toString())) {
      disk.read(1, 0, 8192);
      assertThat(diary.next(disk)).isEqualTo("read 1: there is no " + file);
      disk.write(2, 4096, new byte[4096], 0, 4096);
      assertThat(diary.next(disk)).isEqualTo("written 2: there is no " + file);
      Files.write(file, new byte[4096]);
      disk.read(3, 0, 8192);
      assertThat(diary.next(disk)).isEqualTo("read 3: 4096 bytes");
      disk.write(4, 4096, new byte[4096], 0, 4096);
      assertThat(diary.next(disk)).isEqualTo("written 4: done");
      disk.read(5, 0, 8192);
      assertThat(diary.next(disk)).isEqualTo("read 5: 8192 bytes");
    }
    try (DiskWorker disk = new DiskWorker(3, folder.toString())) {
      disk.read(6, 0, 4096);
      assertThat(diary.next(disk)).startsWith("read 6: ").doesNotContain("bytes");
    }
  }

  @Test
  void aDiskThatDoesNotAnswerRefusesMoreThanItsRequests() throws IOException {
    Path file = folder.resolve("disk");
    Files.write(file, new byte[1 << 20]);
    try (DiskWorker disk = new DiskWorker(3, file.toString())) {
      int taken = 0;
      // Nothing is drained: what has ended keeps its place.
      while (taken < 100 && disk.read(taken, 0, 4096)) {
        taken++;
      }
      assertThat(taken).isEqualTo(6);
      assertThat(disk.read(200, 0, 2 << 20)).as("more than a request can hold").isFalse();
      Diary diary = new Diary();
      for (int number = 0; number < taken; number++) {
        assertThat(diary.next(disk)).isEqualTo("read " + number + ": 4096 bytes");
      }
      assertThat(disk.read(7, 0, 4096)).isTrue();
    }
  }
}
