package org.ringward.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.client.AdminClient;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Progress;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Mixin;

/** A command that asks the daemon. */
abstract class ClusterCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  ClusterCommand(Environment environment) {
    this.environment = environment;
  }

  /** What exit codes mean for every command of this kind; a command's own words come first. */
  Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("77", "you may not use the daemon's socket");
    codes.put("102", "no daemon answers on this machine");
    codes.put("124", "no answer in time");
    return codes;
  }

  final Environment environment() {
    return environment;
  }

  /** The daemon's control socket. */
  final Path socket() {
    return connection.socket(environment);
  }

  /** Connects as the command around this one was told, where this one was not told otherwise. */
  final void connectAs(@Nullable ClusterCommand parent) {
    if (parent != null) {
      connection.inherit(parent.connection);
    }
  }

  /** Options by name from names and values in turn; a null value leaves its option out. */
  static Map<String, String> options(@Nullable String... namesAndValues) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      String value = namesAndValues[i + 1];
      if (name != null && value != null) {
        options.put(name, value);
      }
    }
    return options;
  }

  /** The daemon's reply to a request without document. */
  final AdminReply ask(Verb verb, Map<String, String> options) {
    return ask(verb, options, null);
  }

  /** The daemon's reply; tells that it waits when the reply takes longer than a second. */
  final AdminReply ask(Verb verb, Map<String, String> options, @Nullable String document) {
    AdminClient client = new AdminClient(connection.socket(environment), connection.timeout());
    try (Progress _ = new Progress(environment, "waiting for the cluster")) {
      AdminRequest request =
          new AdminRequest(verb, connection.author(environment), options, document);
      AdminReply reply = client.ask(request);
      long until = System.nanoTime() + findingTime().toNanos();
      while (findsItsRing(reply) && System.nanoTime() < until) {
        pause();
        reply = client.ask(request);
      }
      return reply;
    }
  }

  /** A node that has just started, or whose ring forms anew, is ready in a moment. */
  private static boolean findsItsRing(AdminReply reply) {
    return reply.exitCode() == ExitCode.UNAVAILABLE.number()
        && reply.message().contains("try again soon");
  }

  private Duration findingTime() {
    Duration most = Duration.ofSeconds(10);
    return connection.timeout().compareTo(most) < 0 ? connection.timeout() : most;
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(300));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new OperatorException(ExitCode.ERROR, "Interrupted.");
    }
  }

  /** Says what the reply says in its one sentence; the exit code. */
  final int tell(AdminReply reply) {
    if (reply.exitCode() != 0) {
      environment
          .errors()
          .println(environment.errorPalette().paint(Tone.BAD, "ringward: ") + reply.message());
    } else if (!reply.message().isEmpty()) {
      environment.output().println(reply.message());
    }
    return reply.exitCode();
  }

  final void print(List<String> lines) {
    lines.forEach(environment.output()::println);
  }

  final void printJson(AdminReply.Report report) {
    environment.output().println(AdminJson.pretty(report));
  }

  /** The report of a successful reply as the type it must have. */
  static <T extends AdminReply.Report> T report(AdminReply reply, Class<T> type) {
    if (!type.isInstance(reply.report())) {
      throw new OperatorException(
          ExitCode.PROTOCOL,
          "The daemon answered without the report that was asked for; are daemon and command line"
              + " of the same version?");
    }
    return type.cast(reply.report());
  }
}
