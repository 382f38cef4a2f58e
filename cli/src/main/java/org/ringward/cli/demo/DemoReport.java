package org.ringward.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Progress;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import tools.jackson.databind.json.JsonMapper;

/** The demo without a terminal: scenarios in turn, a line each. */
final class DemoReport {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DemoSession session;
  private final Environment environment;
  private final boolean json;

  DemoReport(DemoSession session, Environment environment, boolean json) {
    this.session = session;
    this.environment = environment;
    this.json = json;
  }

  /**
   * Runs each scenario so many times.
   *
   * @return exit code: 0 only if everything recovered and never two nodes were active at once
   */
  int run(List<Scenario> scenarios, int runs) {
    try {
      return measure(scenarios, runs);
    } catch (OperatorException exception) {
      session.keepLogs();
      throw exception;
    }
  }

  private int measure(List<Scenario> scenarios, int runs) {
    long coldStart;
    try (Progress _ = new Progress(environment, "starting " + session.lab().description())) {
      coldStart = session.rehearsal().coldStart();
    }
    print(new Result("cold-start", coldStart, ""));
    if (!json) {
      environment.output().println(DemoStay.sentence(session.lab()));
    }
    boolean good = true;
    for (Scenario scenario : scenarios) {
      List<Long> outages = new ArrayList<>();
      for (int i = 0; i < runs && good; i++) {
        Result result = session.rehearsal().run(scenario);
        print(result);
        good = result.ok();
        outages.add(result.outageMillis());
      }
      if (runs > 1 && good) {
        print(scenario, Statistics.of(outages));
      }
      if (!good) {
        break;
      }
    }
    return verdict(good);
  }

  private int verdict(boolean good) {
    List<String> violations = session.truth().violations();
    if (!violations.isEmpty()) {
      environment.errors().println("Two nodes were active at once: " + violations.getFirst() + ".");
    }
    if (good && violations.isEmpty()) {
      return 0;
    }
    session.keepLogs();
    return ExitCode.ERROR.number();
  }

  private void print(Result result) {
    session.log().add(result.line());
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("scenario", result.name());
      values.put("outageMillis", result.outageMillis());
      values.put("ok", result.ok());
      values.put("problem", result.problem());
      values.put("note", result.note());
      environment.output().println(JSON.writeValueAsString(values));
    } else {
      environment.output().println(result.line());
    }
    environment.output().flush();
  }

  private void print(Scenario scenario, Statistics statistics) {
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("scenario", scenario.label());
      values.put("runs", statistics.runs());
      values.put("medianMillis", statistics.median());
      values.put("minMillis", statistics.min());
      values.put("maxMillis", statistics.max());
      environment.output().println(JSON.writeValueAsString(values));
    } else {
      environment.output().println(scenario.label() + " " + statistics);
    }
  }
}
