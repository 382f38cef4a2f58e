package org.ringward.daemon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringward.core.fence.Attempt;
import org.ringward.core.fence.FenceAction;
import org.ringward.core.fence.FenceOutcome;
import org.ringward.core.fence.Rung;

/**
 * Fence agents that behave badly, as real programs: none of them is believed, none of them keeps
 * the next level from its turn, and none of them is left behind.
 */
class BadFenceAgentsTest {
  private static final String METADATA =
      """
      metadata() {
        echo '<?xml version="1.0"?><resource-agent name="fence"><parameters>'
        echo '<parameter name="port"><content type="string"/></parameter></parameters><actions>'
        echo '<action name="on"/><action name="off"/><action name="status"/>'
        echo '<action name="metadata"/></actions></resource-agent>'
        exit 0
      }
      """;

  /** How agents begin that read what they are told. */
  private static final String BEGIN =
      "#!/bin/sh\nwhile read -r line; do case $line in action=*) action=${line#*=} ;; esac; done\n"
          + METADATA
          + "[ \"$action\" = metadata ] && metadata\n";

  private static final String GOOD =
      BEGIN
          + """
          case $action in
            off) echo off >"$0.state" ;;
            status) [ "$(cat "$0.state")" = off ] && exit 2 ;;
          esac
          exit 0
          """;

  private static final String RUBBISH =
      "#!/bin/sh\ncat \"$0.rubbish\"\ncat \"$0.rubbish\" >&2\nexit 1\n";
  private static final String RUBBISH_METADATA =
      "#!/bin/sh\nread -r line\necho '<resource-agent><actions><action'\nexit 3\n";
  private static final String EARLY = "#!/bin/sh\nexit 1\n";
  private static final String KILLED = BEGIN + "kill -9 $$\n";
  private static final String HANGS =
      BEGIN + "trap '' TERM\necho $$ >\"$0.pid\"\nwhile :; do sleep 1; done\n";
  private static final String LIES = BEGIN + "exit 0\n";

  @TempDir private Path folder;
  private RealFencing fencing;

  @BeforeEach
  void set() throws IOException {
    fencing = new RealFencing(folder, List.of(folder.toString()));
    program("fence_good", GOOD);
    Files.write(folder.resolve("fence_bad.rubbish"), rubbish());
  }

  /** Bytes of every kind, and a last line that goes on and on. */
  private static byte[] rubbish() {
    byte[] bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    Arrays.fill(bytes, 200_000, 290_000, (byte) 'x');
    Arrays.fill(bytes, 290_000, 300_000, (byte) 27);
    return bytes;
  }

  @AfterEach
  void close() {
    fencing.close();
  }

  private Path program(String name, String text) throws IOException {
    return RealFencing.program(folder.resolve(name), text);
  }

  /** More than a pipe takes at a time, so that who does not read what it is told is noticed. */
  private FenceOutcome fenced(String levels) throws InterruptedException {
    return fencing.fence(
        "b",
        FenceAction.OFF,
        """
        resources:
          - primitive: bad
            agent: stonith:fence_bad
            parameters: {pcmk_host_list: b, pcmk_off_timeout: 2s, pcmk_status_timeout: 2s, pad: %s}
          - primitive: good
            agent: stonith:fence_good
            parameters: {pcmk_host_list: b}
        fencing-topology:
        %s
        """
            .formatted("x".repeat(200_000), levels));
  }

  private static String text(String kind) {
    return switch (kind) {
      case "rubbish" -> RUBBISH;
      case "rubbish-metadata" -> RUBBISH_METADATA;
      case "early" -> EARLY;
      case "killed" -> KILLED;
      case "hangs" -> HANGS;
      default -> LIES;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "rubbish, exit code 1",
    "rubbish-metadata, exit code 3",
    "early, exit code 1",
    "killed, exit code 137",
    "hangs, no answer within 2000 ms",
    "lies, its status says that it is on",
    "missing, could not be started",
  })
  void theNextLevelProvesIt(String kind, String reason) throws Exception {
    if (!kind.equals("missing")) {
      program("fence_bad", text(kind));
    }
    FenceOutcome outcome =
        fenced(
            "  - {target: b, index: 1, devices: [bad]}\n"
                + "  - {target: b, index: 2, devices: [good]}");
    assertThat(outcome.succeeded()).as(outcome.reason()).isTrue();
    assertThat(Objects.requireNonNull(outcome.proof()).rung()).isEqualTo(Rung.POWER);
    assertThat(outcome.proof().sentence()).endsWith("by good");
    assertThat(folder.resolve("fence_good.state")).hasContent("off");
    assertThat(outcome.attempts())
        .filteredOn(each -> each.device().equals("bad"))
        .extracting(Attempt::reason)
        .anyMatch(each -> each.contains(reason))
        .allMatch(each -> each.length() < 1000, "a sentence, not a page")
        .noneMatch(each -> each.chars().anyMatch(Character::isISOControl));
    if (kind.equals("hangs")) {
      long pid = Long.parseLong(Files.readString(folder.resolve("fence_bad.pid")).strip());
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"rubbish", "rubbish-metadata", "early", "killed", "hangs", "lies", "missing"})
  void aloneItProvesNothing(String kind) throws Exception {
    if (!kind.equals("missing")) {
      program("fence_bad", text(kind));
    }
    FenceOutcome outcome = fenced("  - {target: b, index: 1, devices: [good, bad]}");
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.proof()).isNull();
    assertThat(outcome.reason()).startsWith("off of b failed, last: bad ");
  }
}
