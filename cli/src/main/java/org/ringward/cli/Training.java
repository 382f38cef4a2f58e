package org.ringward.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.command.CommandTree;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.StatusReport;

/**
 * Run once by tools/build, while the JVM records which classes a command needs: asks for a status
 * and a help text, and answers itself. The cache made of it takes a third off every later start.
 */
final class Training {
  private static final String SOCKET = "training.sock";

  private Training() {}

  /** The argument is an empty folder. */
  public static void main(String[] arguments) throws IOException {
    Path socket = Path.of(arguments[0]).resolve(SOCKET);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofPlatform().daemon().start(() -> answer(server));
      run("status", "--socket", socket.toString());
      run("status", "--output", "json", "--socket", socket.toString());
      run("help", "status");
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  private static void run(String... arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
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
    CommandTree.of(environment).execute(arguments);
  }

  private static void answer(ServerSocketChannel server) {
    byte[] reply =
        ("{\"exitCode\":0,\"message\":\"\",\"report\":" + AdminJson.compact(report()) + "}")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer request = ByteBuffer.allocate(1);
    try {
      while (true) {
        try (SocketChannel channel = server.accept()) {
          channel.read(request.clear());
          channel.write(ByteBuffer.allocate(4).putInt(reply.length).flip());
          channel.write(ByteBuffer.wrap(reply));
        }
      }
    } catch (IOException _) {
      // the training is over
    }
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
