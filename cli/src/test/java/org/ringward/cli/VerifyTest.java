package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes are named with file and line. */
class VerifyTest {
  @TempDir private Path folder;

  @Test
  void withoutErrors() throws IOException {
    String cib = Golden.root().resolve("cli/src/test/resources/cibs/web.xml").toString();
    Typed typed = new Typed().run("verify", cib);
    assertThat(typed.exitCode()).as(typed.output()).isZero();
    assertThat(typed.output()).endsWith(cib + " has no error and 1 remark.\n");
  }

  @Test
  void aReferenceToNothing() throws IOException {
    String xml =
        Files.readString(Golden.root().resolve("cli/src/test/resources/cibs/web.xml"))
            .replace("rsc=\"web\"", "rsc=\"wbe\"");
    Path file = Files.writeString(folder.resolve("cib.xml"), xml);
    Typed typed = new Typed().run("verify", file.toString());
    assertThat(typed.exitCode()).isEqualTo(78);
    assertThat(typed.output())
        .contains(file + ":24: error: ", "wbe")
        .endsWith(" has 1 error and 1 remark.\n");
  }

  @Test
  void brokenYaml() throws IOException {
    Path file = Files.writeString(folder.resolve("web.yaml"), "resources:\n  - [\n");
    Typed typed = new Typed().run("verify", file.toString());
    assertThat(typed.exitCode()).isIn(65, 78);
    assertThat(typed.errors()).contains("web.yaml:").doesNotContain("\tat ");
  }

  @Test
  void noText() throws IOException {
    Path file = Files.write(folder.resolve("web.yaml"), new byte[] {(byte) 0xff, 0, 1});
    Typed typed = new Typed().run("verify", file.toString());
    assertThat(typed.exitCode()).isEqualTo(65);
    assertThat(typed.errors()).contains("is not UTF-8 text");
  }

  @Test
  void whatCanNeverHaveAnEffect() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("idle.xml"),
            """
            <configuration>
              <crm_config><cluster_property_set id="o"><nvpair id="o1" name="placement-strategy" value="balanced"/></cluster_property_set></crm_config>
              <nodes><node id="1" uname="a"><utilization id="u"><nvpair id="u1" name="cpu" value="4"/></utilization></node><node id="2" uname="b"/></nodes>
              <resources>
                <primitive id="fence" class="stonith" type="fence_x"/>
                <primitive id="look" class="ocf" provider="pacemaker" type="ping"/>
                <primitive id="disk" class="ocf" provider="pacemaker" type="HealthSMART"/>
                <group id="big">
                  <primitive id="one" class="ocf" provider="pacemaker" type="Dummy"><utilization id="v"><nvpair id="v1" name="cpu" value="3"/></utilization></primitive>
                  <primitive id="two" class="ocf" provider="pacemaker" type="Dummy"><utilization id="w"><nvpair id="w1" name="cpu" value="3"/></utilization></primitive>
                </group>
                <primitive id="banned" class="ocf" provider="pacemaker" type="Dummy"/>
              </resources>
              <constraints>
                <rsc_location id="l1" rsc="banned" node="a" score="-INFINITY"/>
                <rsc_location id="l2" rsc="banned" node="b" score="-INFINITY"/>
                <rsc_location id="l3" rsc="one"><rule id="r" score="5"><expression id="e" attribute="moon" operation="eq" value="full"/></rule></rsc_location>
              </constraints>
            </configuration>
            """);
    Typed typed = new Typed().run("verify", file.toString());
    assertThat(typed.exitCode()).as(typed.output()).isZero();
    assertThat(typed.output())
        .contains(
            ":6: warning: primitive look measures the node attribute pingd, but no rule asks for it: it can never move anything",
            ":7: warning: primitive disk measures the node attribute #health-smart, but node-health-strategy is none: it can never move anything",
            ":8: warning: group big needs cpu 6, and no node has more than 4: it fits on no node",
            ":17: warning: a rule asks for the node attribute moon, which no node has",
            "warning: banned would run nowhere even with every node online: locations,",
            "warning: big would run nowhere even with every node online (two finds no node): ");
  }

  @Test
  void fencingDevicesByTheWordsOfTheirAgents() throws IOException {
    Path agents = Files.createDirectory(folder.resolve("agents"));
    agent(
        agents.resolve("fence_good"),
        "echo '<resource-agent name=\"g\"><parameters><parameter name=\"ssl\"><content"
            + " type=\"boolean\"/></parameter></parameters></resource-agent>'");
    agent(agents.resolve("fence_rubbish"), "echo hello");
    agent(agents.resolve("fence_silent"), "exit 3");
    StringBuilder yaml = new StringBuilder("resources:\n");
    for (String name : List.of("good", "rubbish", "silent", "none")) {
      yaml.append("  - primitive: %s%n    agent: stonith:fence_%s%n".formatted(name, name));
      yaml.append("    parameters:\n      ssl: perhaps\n");
    }
    Path file = Files.writeString(folder.resolve("devices.yaml"), yaml.toString());
    Typed typed = new Typed().run("verify", file.toString(), "--agents=" + agents);
    assertThat(typed.exitCode()).isEqualTo(78);
    assertThat(typed.output())
        .contains(
            file + ":5: error: device good: ssl of fence_good is \"perhaps\"; allowed are true",
            file
                + ":6: error: device rubbish: fence_rubbish: The metadata of the agent cannot be read",
            "device silent: fence_silent ended with exit code 3 and gave no metadata",
            "device none: there is no fence agent fence_none in " + agents + " or /usr/share");
  }

  private static void agent(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
