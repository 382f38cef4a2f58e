package org.ringward.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ringward.cli.client.WitnessJson;
import org.ringward.cli.render.WitnessText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    header = "Show whom the witness of this machine hears and who has its vote.",
    description =
        "For each cluster: who has the vote and why, and for each node when it was heard, which ring"
            + " it is in and whether it may count the vote. Warnings name who was refused and why.",
    exitCodeList = {"102:no witness answers on this machine"},
    footer = {"Examples:", "  ringward witness status", "  ringward witness status --output json"})
final class WitnessStatusCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private WitnessFolderOption files = new WitnessFolderOption();
  @Mixin private OutputOption output = new OutputOption();

  WitnessStatusCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    byte[] json = ask(files.folder().socket());
    if (output.json()) {
      environment.output().println(WitnessJson.pretty(json));
    } else {
      WitnessText.lines(WitnessJson.report(json)).forEach(environment.output()::println);
    }
    return 0;
  }

  private static byte[] ask(Path socket) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer buffer = ByteBuffer.allocate(8192);
      while (channel.read(buffer) >= 0) {
        answer.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
    } catch (IOException e) {
      throw new OperatorException(
          ExitCode.DISCONNECTED,
          "No witness answers at %s (%s); start one with 'ringward witness run'."
              .formatted(socket, e.getMessage()));
    }
    return answer.toByteArray();
  }
}
