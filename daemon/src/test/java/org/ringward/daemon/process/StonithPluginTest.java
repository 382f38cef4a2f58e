package org.ringward.daemon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.fence.Attempt;
import org.ringward.core.fence.FenceAction;
import org.ringward.core.fence.FenceOutcome;
import org.ringward.core.fence.Rung;

/** An external stonith plugin of ours, a real program, as a fencing device. */
class StonithPluginTest {
  /** Its outlets are files; what it is told is kept beside them. */
  private static final String SHELF =
      """
      #!/bin/sh
      echo "$*" >>"$shelf/told"
      case $1 in
        getinfo-xml)
          echo '<?xml version="1.0"?><parameters>'
          echo '<parameter name="shelf" unique="1" required="1"><content type="string"/>'
          echo '<shortdesc lang="en">its folder</shortdesc></parameter></parameters>' ;;
        gethosts) cd "$shelf" && echo *.node | sed 's/[.]node//g' ;;
        status) test -d "$shelf" ;;
        on|off) test -f "$shelf/$2.node" && echo "$1" >"$shelf/$2.node" ;;
        reset) test ! -e "$shelf/broken" || { echo "no power here" >&2; exit 5; } ;;
        *) exit 1 ;;
      esac
      """;

  @TempDir private Path folder;
  private RealFencing fencing;
  private Path shelf;

  @BeforeEach
  void set() throws IOException {
    fencing = new RealFencing(folder, List.of("/nowhere", folder.resolve("plugins").toString()));
    shelf = Files.createDirectory(folder.resolve("shelf"));
    Files.writeString(shelf.resolve("b.node"), "on\n");
    Files.writeString(shelf.resolve("c.node"), "on\n");
    Path plugins = Files.createDirectories(folder.resolve("plugins/external"));
    RealFencing.program(plugins.resolve("shelf"), SHELF);
  }

  @AfterEach
  void close() {
    fencing.close();
  }

  private FenceOutcome fenced(String target, FenceAction action, String parameters)
      throws InterruptedException {
    return fencing.fence(
        target,
        action,
        """
        resources:
          - primitive: old
            agent: stonith:external/shelf
            parameters: {shelf: "%s"%s}
        """
            .formatted(shelf, parameters));
  }

  @Test
  void itIsToldInItsOwnWayAndItsWordIsAProof() throws InterruptedException, IOException {
    FenceOutcome outcome = fenced("c", FenceAction.OFF, "");
    assertThat(outcome.succeeded()).as(outcome.reason()).isTrue();
    assertThat(Objects.requireNonNull(outcome.proof()).rung()).isEqualTo(Rung.POWER);
    assertThat(shelf.resolve("c.node")).hasContent("off");
    assertThat(shelf.resolve("b.node")).hasContent("on");
    assertThat(shelf.resolve("told")).hasContent("gethosts\noff c");

    assertThat(fenced("b", FenceAction.REBOOT, ", pcmk_host_map: \"b:c\"").succeeded()).isTrue();
    assertThat(Files.readString(shelf.resolve("told"))).endsWith("reset c\n");
  }

  @Test
  void aNodeThatItDoesNotHaveAndAFailureProveNothing() throws InterruptedException, IOException {
    FenceOutcome unknown = fenced("d", FenceAction.REBOOT, "");
    assertThat(unknown.succeeded()).isFalse();
    assertThat(unknown.attempts()).anyMatch(each -> each.reason().equals("it does not list d"));

    Files.createFile(shelf.resolve("broken"));
    FenceOutcome broken = fenced("b", FenceAction.REBOOT, ", pcmk_reboot_retries: 1");
    assertThat(broken.succeeded()).isFalse();
    assertThat(broken.proof()).isNull();
    assertThat(broken.attempts())
        .extracting(Attempt::reason)
        .contains("exit code 5: no power here");
  }

  @Test
  void whatCannotBeAVariableIsRefused() throws InterruptedException {
    FenceOutcome outcome = fenced("b", FenceAction.OFF, ", LD_PRELOAD: x.so");
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.reason())
        .contains(
            "external/shelf is given its parameters as environment variables, and \"LD_PRELOAD\""
                + " cannot be one");
    assertThat(fenced("b", FenceAction.OFF, ", pcmk_host_check: status").reason())
        .contains("pcmk_host_check is \"status\", which external/shelf cannot tell");
  }
}
