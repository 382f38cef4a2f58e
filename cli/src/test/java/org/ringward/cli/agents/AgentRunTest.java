package org.ringward.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.agent.AgentEnvironment;
import org.ringward.core.agent.ResourceClasses;
import org.ringward.core.agent.ResourceOperation;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** An action by hand is run as the daemon would run it. */
class AgentRunTest {
  @TempDir private Path root;

  private AgentRun.Result run(String script, String action, long timeoutMillis) throws IOException {
    Path agent = root.resolve("resource.d/acme/thing");
    Files.createDirectories(agent.resolve(".."));
    Files.writeString(agent, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    return called("thing", action, timeoutMillis);
  }

  /** The agent ocf:acme:TYPE of this test's folder. */
  private AgentRun.Result called(String type, String action, long timeoutMillis) {
    AgentEnvironment environment =
        new AgentEnvironment(
            "n1",
            "1",
            root.toString(),
            root.toString(),
            List.of(),
            AgentEnvironment.DEFAULT_SEARCH_PATH,
            AgentEnvironment.QUIET,
            1);
    return AgentRun.run(
        new ResourceClasses(environment).kind("ocf"),
        new ResourceOperation(
            1,
            "web",
            "ocf",
            "acme",
            type,
            action,
            0,
            timeoutMillis,
            0,
            new TreeMap<>(Map.of("port", "80")),
            new TreeMap<>()));
  }

  @Test
  void parametersAndNodeAreTold() throws IOException {
    AgentRun.Result result =
        run(
            "echo $1 $OCF_RESOURCE_INSTANCE $OCF_RESKEY_port $OCF_RESKEY_CRM_meta_on_node $HOME\n"
                + "echo ocf-exit-reason:no disc >&2\nexit 7\n",
            "monitor",
            9000);
    assertThat(result.output()).startsWith("monitor web 80 n1\n");
    assertThat(result.verdict().exitCode()).isEqualTo(7);
    assertThat(result.verdict().reason()).isEqualTo("no disc");
  }

  /** A service that keeps the agent's output open does not keep us. */
  @Test
  void whatTheAgentLeavesBehindIsNotWaitedFor() throws IOException {
    long began = System.nanoTime();
    assertThat(run("sleep 20 &\nexit 0\n", "start", 15_000).verdict().exitCode()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aLateAgentIsKilled() {
    assertThatThrownBy(() -> run("sleep 20\n", "stop", 300))
        .isInstanceOfSatisfying(
            OperatorException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.TIMEOUT))
        .hasMessageContaining("stop of web did not end within its timeout");
  }

  @Test
  void anAgentThatIsNotHere() throws IOException {
    Files.createDirectories(root.resolve("resource.d"));
    AgentRun.Result result = called("none", "monitor", 0);
    assertThat(result.verdict().exitCode()).isEqualTo(5);
    assertThat(result.verdict().reason()).contains("ocf:acme:none");
  }
}
