package org.ringward.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.command.CommandTree;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.StatusReport;

/**
 * Run once by tools/build, while the JVM records which classes a command needs: asks for a status
 * and a help text, answers itself, and simulates a small cluster. The cache made of it takes a
 * third off every later start.
 */
final class Training {
  private static final String SOCKET = "training.sock";

  /** A little of everything that the scheduler knows. */
  private static final String CIB =
      """
      <cib have-quorum="1" validate-with="pacemaker-3.9"><configuration>
      <crm_config><cluster_property_set id="o"><nvpair id="o1" name="fencing-enabled" value="true"/>
      </cluster_property_set></crm_config>
      <nodes><node id="1" uname="a"/><node id="2" uname="b"/></nodes>
      <resources>
      <primitive id="f" class="stonith" type="fence_x"/>
      <group id="g"><primitive id="g1" class="ocf" provider="x" type="y"><operations>
      <op id="g1m" name="monitor" interval="10s"/></operations></primitive>
      <primitive id="g2" class="ocf" provider="x" type="y"/></group>
      <clone id="c"><meta_attributes id="cm"><nvpair id="cm1" name="promotable" value="true"/>
      <nvpair id="cm2" name="notify" value="true"/></meta_attributes>
      <primitive id="c1" class="ocf" provider="x" type="y"/></clone>
      </resources>
      <constraints>
      <rsc_location id="l1" rsc="g"><rule id="r" score="5"><expression id="e" attribute="#uname"
      operation="eq" value="a"/></rule></rsc_location>
      <rsc_colocation id="l2" rsc="g" with-rsc="c" with-rsc-role="Promoted" score="INFINITY"/>
      <rsc_order id="l3" first="c" first-action="promote" then="g" then-action="start"/>
      </constraints></configuration>
      <status>
      <node_state id="1" uname="a" in_ccm="true" crmd="online" join="member" expected="member">
      <lrm id="1"><lrm_resources><lrm_resource id="g1" class="ocf" provider="x" type="y">
      <lrm_rsc_op id="g1_last_0" operation_key="g1_start_0" operation="start" call-id="1"
      transition-magic="0:0;1:1:0:u" transition-key="1:1:0:u" rc-code="0" op-status="0"
      interval="0"/></lrm_resource></lrm_resources></lrm></node_state>
      <node_state id="2" uname="b" in_ccm="false" crmd="online" join="member" expected="member"/>
      </status></cib>
      """;

  private Training() {}

  /** The argument is an empty folder. */
  public static void main(String[] arguments) throws IOException {
    Path socket = Path.of(arguments[0]).resolve(SOCKET);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofPlatform().daemon().start(() -> answer(server));
      run("status", "--socket", socket.toString());
      run("status", "--output", "json", "--socket", socket.toString());
      run("resource", "list", "--socket", socket.toString());
      run("why", "web", "--socket", socket.toString());
      run("help", "status");
      Path cib = Files.writeString(Path.of(arguments[0]).resolve("cib.xml"), CIB);
      run("simulate", "-x", cib.toString(), "-S", "-s", "-G", cib + ".graph");
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  private static void run(String... arguments) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    Environment environment =
        new Environment(
            System.in,
            nowhere,
            nowhere,
            false,
            true,
            false,
            Map.of(),
            Clock.systemUTC(),
            ZoneId.systemDefault());
    CommandTree.of(environment, arguments).execute(arguments);
  }

  private static void answer(ServerSocketChannel server) {
    ByteBuffer request = ByteBuffer.allocate(1000);
    try {
      while (true) {
        try (SocketChannel channel = server.accept()) {
          channel.read(request.clear());
          byte[] reply = reply(new String(request.array(), 0, request.position(), UTF_8));
          channel.write(ByteBuffer.allocate(4).putInt(reply.length).flip());
          channel.write(ByteBuffer.wrap(reply));
        }
      }
    } catch (IOException _) {
      // the training is over
    }
  }

  private static byte[] reply(String request) {
    AdminReply.Report report =
        request.contains("\"configuration\"")
            ? new DocumentReport(
                "xml", "0.1.0", CIB.substring(0, CIB.indexOf("<status>")) + "</cib>")
            : report();
    String json = AdminJson.compact(report);
    return ("{\"exitCode\":0,\"message\":\"\",\"report\":" + json + "}").getBytes(UTF_8);
  }

  private static StatusReport report() {
    return new StatusReport(
        "training",
        "a",
        "operational",
        "1/4",
        true,
        "1 of 1 votes",
        "a",
        "0.1.0",
        true,
        List.of(new StatusReport.NodeLine("a", 1, "member", false, false, "")),
        List.of(
            new StatusReport.ResourceLine(
                "web", null, "ocf:heartbeat:nginx", "Started", List.of("a"), true, "")),
        List.of(new StatusReport.FailureLine("web", "monitor", "a", 7, "stopped", 0, 1)),
        List.of(new StatusReport.FenceLine("b", "off", "succeeded", "power", "is off", 0)),
        List.of("This is only a training."));
  }
}
