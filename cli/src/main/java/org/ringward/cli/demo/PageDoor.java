package org.ringward.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * Brings a browser of this computer to the page of a machine that is a namespace: each connection
 * is carried by a shell inside, whose only work is to copy bytes.
 */
final class PageDoor implements AutoCloseable {
  /** The page's port inside every machine, and from which on ports are tried here. */
  static final int PORT = 7630;

  private static final int PORTS_TRIED_MAX = 200;
  private static final String COPY =
      "exec 3<>/dev/tcp/127.0.0.1/%d 4<&0 || exit; cat <&4 >&3 & cat <&3; kill $! 2>/dev/null"
          .formatted(PORT);

  private final ServerSocket server;
  private final UnaryOperator<List<String>> inside;
  private final Set<Process> carriers = ConcurrentHashMap.newKeySet();

  private PageDoor(ServerSocket server, UnaryOperator<List<String>> inside) {
    this.server = server;
    this.inside = inside;
  }

  /**
   * A door on a free port of this computer's loopback address.
   *
   * @param inside the command line that runs a command in the machine as it is now
   */
  static PageDoor open(UnaryOperator<List<String>> inside) {
    PageDoor door = new PageDoor(socket(PORT + 1), inside);
    Thread.ofVirtual().start(door::serve);
    return door;
  }

  /** A port not below that one which is free at the moment. */
  static int freePort(int from) {
    try (ServerSocket socket = socket(from)) {
      return socket.getLocalPort();
    } catch (IOException exception) {
      throw none(exception);
    }
  }

  private static ServerSocket socket(int from) {
    IOException last = new IOException("none was tried");
    for (int port = from; port < from + PORTS_TRIED_MAX; port++) {
      try {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        return socket;
      } catch (IOException exception) {
        last = exception;
      }
    }
    throw none(last);
  }

  private static OperatorException none(IOException cause) {
    return new OperatorException(
        ExitCode.UNAVAILABLE, "The demo found no free port for its pages: " + cause.getMessage());
  }

  /** Where a browser of this computer finds the page. */
  String address() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> carry(socket));
      } catch (IOException _) {
        // closed; or the browser has gone again
      }
    }
  }

  private void carry(Socket browser) {
    try (browser) {
      Process carrier =
          Programs.builder(inside.apply(List.of("bash", "-c", COPY)))
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      carriers.add(carrier);
      try {
        Thread asks =
            Thread.ofVirtual().start(() -> copy(browser, carrier.getOutputStream(), carrier));
        InputStream answers = carrier.getInputStream();
        answers.transferTo(browser.getOutputStream());
        asks.interrupt();
      } finally {
        carriers.remove(carrier);
        end(carrier);
      }
    } catch (IOException _) {
      // the browser or the machine has gone
    }
  }

  private static void copy(Socket from, OutputStream to, Process carrier) {
    byte[] some = new byte[8192];
    try (to) {
      InputStream asks = from.getInputStream();
      for (int count = asks.read(some); count >= 0; count = asks.read(some)) {
        to.write(some, 0, count);
        to.flush();
      }
    } catch (IOException _) {
      // the browser or the machine has gone
    }
    end(carrier);
  }

  private static void end(Process carrier) {
    carrier.descendants().forEach(ProcessHandle::destroyForcibly);
    carrier.destroyForcibly();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException _) {
      // it was closed already
    }
    carriers.forEach(PageDoor::end);
  }
}
