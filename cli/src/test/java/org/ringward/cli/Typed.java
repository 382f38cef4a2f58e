package org.ringward.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ringward.cli.command.CommandTree;
import org.ringward.cli.terminal.Environment;

/** Types a command and keeps what it says; the time is always 2026-11-21 12:00 UTC. */
final class Typed {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Map<String, String> variables = new LinkedHashMap<>();
  private String input = "";
  private boolean terminal;
  private String output = "";
  private String errors = "";
  private int exitCode = -1;

  Typed variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Typed input(String text) {
    input = text;
    return this;
  }

  /** All three streams are a terminal. */
  Typed onTerminal() {
    terminal = true;
    return this;
  }

  Environment environment(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Environment(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        terminal,
        terminal,
        variables,
        Clock.fixed(NOON, ZoneOffset.UTC),
        ZoneOffset.UTC);
  }

  Typed run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    exitCode = CommandTree.of(environment(out, err), arguments).execute(arguments);
    output = out.toString(StandardCharsets.UTF_8);
    errors = err.toString(StandardCharsets.UTF_8);
    return this;
  }

  String output() {
    return output;
  }

  String errors() {
    return errors;
  }

  int exitCode() {
    return exitCode;
  }
}
