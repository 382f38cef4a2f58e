package org.ringward.cli.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ringward.cli.load.RingLoad;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.RingException;
import org.ringward.ring.RingGroup;
import org.ringward.ring.local.RingClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    header = "Send in the running ring and tell rate and latency.",
    description = {
      "Joins the group ringward-bench through the client socket of 'ringward ring run', sends, and"
          + " tells how many messages a second the ring took and how long each needed until it came"
          + " back in agreed order.",
      "Run it on several nodes at once to let all of them send; each counts the others' messages."
          + " The ring is busy meanwhile: what else uses it waits longer."
    },
    exitCodeList = "69:no ring serves the socket, or it ended",
    footer = {
      "Examples:",
      "  ringward ring bench --size 1024 --seconds 10",
      "  ringward ring bench --rate 1000"
    })
final class RingBenchCommand implements Callable<Integer> {
  private static final int KILO = 1000;

  private final Environment environment;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "The client socket (default: /run/ringward/ring.sock).")
  private Path socket = Path.of("/run/ringward/ring.sock");

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Length of a message, 8 to 16777216 (default: 1024).")
  private int size = 1024;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Messages a second, 1 to 1000000 (default: as many as the ring takes).")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to send, up to 3600 (default: 5).")
  private double seconds = 5;

  RingBenchCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    require(
        size >= RingLoad.LEAST_BYTES && size <= RingGroup.MESSAGE_MOST,
        "--size " + size + " is not within 8 and 16777216");
    require(rate >= 0 && rate <= 1_000_000, "--rate " + rate + " is not within 1 and 1000000");
    require(
        seconds > 0 && seconds <= 3600, "--seconds " + seconds + " is not above 0 and up to 3600");
    try (RingClient ring = RingClient.connect(socket)) {
      print(ring.nodeId(), new RingLoad().run(ring, size, rate, seconds));
      return 0;
    } catch (RingException e) {
      throw new OperatorException(
          ExitCode.UNAVAILABLE, e.getMessage() + " ('ringward ring run' serves one).");
    } catch (InterruptedException e) {
      throw new OperatorException(ExitCode.SOFTWARE, "The measure was interrupted.");
    }
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new OperatorException(ExitCode.USAGE, sentence + ".");
    }
  }

  private void print(int node, RingLoad.Result result) {
    double perSecond = result.sent() / result.seconds();
    String lines =
        String.format(
            Locale.ROOT,
            """
            node %d, %d members of %s, messages of %,d bytes, %.1f s
            sent        %,12d  %,10.0f a second  %,.1f MB/s
            came back   %,12d
            of others   %,12d  %,10.0f a second
            latency     median %,.0f us, 99 %% within %,.0f us, longest %,.0f us
            """,
            node,
            result.members(),
            RingLoad.GROUP,
            size,
            result.seconds(),
            result.sent(),
            perSecond,
            perSecond * size / KILO / KILO,
            result.delivered(),
            result.others(),
            result.others() / result.seconds(),
            result.median(),
            result.percentile99(),
            result.longest());
    environment.output().print(lines);
  }
}
