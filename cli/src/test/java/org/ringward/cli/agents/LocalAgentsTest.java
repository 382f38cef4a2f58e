package org.ringward.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.agent.AgentMetadata;
import org.ringward.core.base.OperatorException;

/** The agents of a machine, and what they say about themselves. */
class LocalAgentsTest {
  private static final String METADATA =
      """
      #!/bin/sh
      [ "$1" = meta-data ] || [ "$2" = metadata ] || exit 3
      echo '<resource-agent name="disc"><shortdesc>A disc.</shortdesc><parameters>
      <parameter name="device" required="1"><shortdesc>Which one</shortdesc><content type="string"/></parameter>
      </parameters><actions><action name="monitor" interval="7s" timeout="9s"/></actions></resource-agent>'
      """;

  @TempDir private Path root;

  private LocalAgents agents;

  @BeforeEach
  void install() throws IOException {
    program("usr/lib/ocf/resource.d/heartbeat/disc", METADATA);
    program("usr/lib/ocf/resource.d/acme/disc", METADATA);
    program("usr/lib/ocf/resource.d/acme/lamp", "#!/bin/sh\n");
    program("usr/sbin/fence_plug", METADATA);
    program(
        "etc/init.d/clock",
        """
        #!/bin/sh
        ### BEGIN INIT INFO
        # Provides:          clock
        # Short-Description: Keeps the time
        # Description:       Asks others for the time,
        #                    and tells it.
        ### END INIT INFO
        """);
    file("usr/lib/systemd/system/mill.service", "[Unit]\nDescription=Grinds corn\n[Service]\n");
    agents = new LocalAgents(root);
  }

  private void program(String name, String text) throws IOException {
    Path file = file(name, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.resolve(".."));
    return Files.writeString(file, text);
  }

  @Test
  void aClassAProviderOrAPartOfAName() {
    assertThat(agents.like(""))
        .containsExactly(
            "lsb:clock",
            "ocf:acme:disc",
            "ocf:acme:lamp",
            "ocf:heartbeat:disc",
            "stonith:fence_plug",
            "systemd:mill");
    assertThat(agents.like("ocf:acme")).containsExactly("ocf:acme:disc", "ocf:acme:lamp");
    assertThat(agents.like("stonith")).containsExactly("stonith:fence_plug");
    assertThat(agents.like("stonith:")).containsExactly("stonith:fence_plug");
    assertThat(agents.like("disc")).containsExactly("ocf:acme:disc", "ocf:heartbeat:disc");
  }

  @Test
  void theNearestNameIsNamed() {
    refused("ocf:acne", "did you mean ocf:acme?");
    refused("lampe", "did you mean lamp?");
    refused("something-else-entirely", "'ringward agents list' has all that are installed");
    assertThatThrownBy(() -> agents.metadata("ocf:acme:limp"))
        .hasMessageContaining("did you mean ocf:acme:lamp?");
  }

  private void refused(String wanted, String hint) {
    assertThatThrownBy(() -> agents.like(wanted))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining(wanted)
        .hasMessageContaining(hint);
  }

  @Test
  void whatAgentsSayOfThemselves() {
    AgentMetadata disc = agents.metadata("ocf:acme:disc");
    assertThat(disc.shortDescription()).isEqualTo("A disc.");
    assertThat(disc.parameters()).singleElement().matches(AgentMetadata.Parameter::required);
    assertThat(agents.metadata("stonith:fence_plug").parameters()).hasSize(1);
    assertThatThrownBy(() -> agents.metadata("ocf:acme:lamp"))
        .hasMessageContaining("says nothing about itself");
  }

  @Test
  void scriptsAndUnitsAreRead() {
    AgentMetadata clock = agents.metadata("lsb:clock");
    assertThat(clock.shortDescription()).isEqualTo("Keeps the time");
    assertThat(clock.longDescription()).isEqualTo("Asks others for the time, and tells it.");
    assertThat(clock.offers("status")).isTrue();
    assertThat(agents.metadata("systemd:mill").shortDescription()).isEqualTo("Grinds corn");
    assertThat(agents.metadata("systemd:mill").parameters()).isEmpty();
  }

  @Test
  void theTypeAloneIsEnoughWhereItIsClear() {
    assertThat(agents.resolve("lamp")).isEqualTo("ocf:acme:lamp");
    assertThat(agents.resolve("fence_plug")).isEqualTo("stonith:fence_plug");
    assertThatThrownBy(() -> agents.resolve("disc"))
        .hasMessageContaining("ocf:acme:disc, ocf:heartbeat:disc");
  }
}
