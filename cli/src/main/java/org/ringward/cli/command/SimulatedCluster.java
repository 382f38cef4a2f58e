package org.ringward.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.render.GraphDot;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.graph.GraphXml;
import org.ringward.core.policy.PolicySimulator;
import org.ringward.core.policy.model.Values;
import org.ringward.core.policy.report.OperationSpec;
import org.ringward.core.policy.report.SimulationRun;
import org.ringward.core.policy.report.Simulator;
import org.ringward.core.policy.report.StatusModifications;
import org.ringward.ring.settings.FileTrouble;

/**
 * One saved cluster that was simulated as the options say.
 *
 * @param input the cib that was scheduled
 */
record SimulatedCluster(
    SimulateOptions options,
    String timeLine,
    StatusModifications.Result input,
    SimulationRun result) {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Simulates.
   *
   * @param scores whether scores are wanted even if the options do not ask for them
   */
  static SimulatedCluster of(
      Cib cib, SimulateOptions options, boolean scores, Environment environment) {
    String time = options.time;
    String recorded = cib.attributes().get("execution-date");
    long now = now(time, recorded, environment);
    StatusModifications.Result input = StatusModifications.apply(cib, options.modifications(), now);
    SimulationRun result =
        new PolicySimulator()
            .run(
                new Simulator.Request(
                    input.lines().isEmpty() ? null : cib,
                    input.cib(),
                    now,
                    failures(options.failures),
                    options.scores || scores,
                    options.utilization));
    return new SimulatedCluster(options, timeLine(time, recorded, now), input, result);
  }

  private static long now(
      @Nullable String time, @Nullable String recorded, Environment environment) {
    if (time != null) {
      return Instants.epochSeconds(time);
    }
    long present = environment.clock().instant().getEpochSecond();
    return recorded == null ? present : Values.number(recorded, present);
  }

  private static String timeLine(@Nullable String time, @Nullable String recorded, long now) {
    if (time != null) {
      return "Setting effective cluster time: " + time;
    }
    return recorded == null
        ? ""
        : "Using the original execution date of: " + MOMENT.format(Instant.ofEpochSecond(now));
  }

  private static List<OperationSpec> failures(List<String> texts) {
    List<OperationSpec> failures = new ArrayList<>();
    for (String text : texts) {
      OperationSpec spec = OperationSpec.parse(text);
      if (spec == null) {
        throw new OperatorException(
            ExitCode.USAGE,
            "'%s' is no operation; write RESOURCE_TASK_INTERVALMS@NODE=EXITCODE, such as vip_start_0@n1=1."
                .formatted(text));
      }
      failures.add(spec);
    }
    return failures;
  }

  /** Writes the files that the options ask for. */
  void save() {
    if (options.input != null) {
      write(options.input, CibXml.write(input.cib()));
    }
    if (options.graph != null) {
      write(options.graph, GraphXml.write(result.graph()));
    }
    if (options.dot != null) {
      write(options.dot, GraphDot.write(result.graph()));
    }
    if (options.output != null) {
      write(options.output, CibXml.write(options.simulate ? result.after() : input.cib()));
    }
  }

  /** The text that the options ask for. */
  List<String> lines() {
    return result.lines(
        new SimulationRun.Shown(
            timeLine,
            input.lines(),
            options.quiet,
            true,
            options.simulate,
            options.scores,
            options.utilization));
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE,
          "%s cannot be written (%s).".formatted(file, FileTrouble.reason(exception)));
    }
  }
}
