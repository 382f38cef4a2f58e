package org.ringward.daemon.witness;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.quorum.witness.WitnessReport;
import org.ringward.daemon.json.RecordJson;

/**
 * Answers whoever of this machine connects with what there is to see, as JSON, and closes. The
 * folder of the socket is open to the witness's own user only.
 */
final class StatusSocket implements AutoCloseable {
  private static final int ANSWER_SECONDS = 5;

  private final WitnessLoop loop;
  private final Path path;
  private final ServerSocketChannel server;

  /**
   * @throws OperatorException when the socket cannot be made
   */
  StatusSocket(Path path, WitnessLoop loop) {
    this.loop = loop;
    this.path = path;
    try {
      Files.deleteIfExists(path);
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE, "the socket %s cannot be made: %s".formatted(path, e));
    }
  }

  void serve() {
    while (server.isOpen()) {
      try (SocketChannel asker = server.accept()) {
        answer(asker);
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException _) {
        // The asker has gone; the next one may stay.
      }
    }
  }

  private void answer(SocketChannel asker) throws IOException {
    CompletableFuture<WitnessReport> report = new CompletableFuture<>();
    loop.put((witness, now) -> report.complete(witness.report(now)));
    try {
      WitnessReport found = report.get(ANSWER_SECONDS, TimeUnit.SECONDS);
      ByteBuffer bytes = ByteBuffer.wrap(RecordJson.bytes(json -> RecordJson.value(json, found)));
      while (bytes.hasRemaining()) {
        asker.write(bytes);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the witness does not answer", e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // The next start replaces it.
    }
  }
}
