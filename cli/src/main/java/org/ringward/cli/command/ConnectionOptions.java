package org.ringward.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Option;

/** How to reach the daemon, and who asks. */
final class ConnectionOptions {
  private static final String DEFAULT_SOCKET = "/run/ringward/ringward.sock";

  @Option(
      names = "--socket",
      order = 91,
      paramLabel = "PATH",
      description =
          "Control socket of the daemon (default: $RINGWARD_SOCKET, else " + DEFAULT_SOCKET + ").")
  private @Nullable Path socket;

  @Option(
      names = "--author",
      order = 92,
      paramLabel = "NAME",
      description = "Who is recorded as the author (default: the user who ran sudo, else you).")
  private @Nullable String author;

  @Option(
      names = "--timeout",
      order = 93,
      paramLabel = "TIME",
      description = "How long to wait for an answer (default: 120s).")
  private @Nullable Duration timeout;

  Path socket(Environment environment) {
    if (socket != null) {
      return socket;
    }
    String variable = environment.variables().getOrDefault("RINGWARD_SOCKET", "");
    return Path.of(variable.isEmpty() ? DEFAULT_SOCKET : variable);
  }

  /** Empty lets the daemon take the user the socket's credentials tell. */
  String author(Environment environment) {
    return author != null ? author : environment.variables().getOrDefault("SUDO_USER", "");
  }

  Duration timeout() {
    return timeout == null ? Duration.ofMinutes(2) : timeout;
  }

  /** Takes what was given before the subcommand and not again behind it. */
  void inherit(ConnectionOptions parent) {
    socket = socket == null ? parent.socket : socket;
    author = author == null ? parent.author : author;
    timeout = timeout == null ? parent.timeout : timeout;
  }
}
