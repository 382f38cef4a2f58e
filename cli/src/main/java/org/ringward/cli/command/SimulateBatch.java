package org.ringward.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Progress;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.graph.GraphXml;
import org.ringward.core.policy.report.SimulationRun;
import org.ringward.ring.settings.FileTrouble;
import picocli.CommandLine;

/** Simulates a list of saved clusters; one that fails is told and does not stop the others. */
final class SimulateBatch {
  private static final Pattern COLUMNS = Pattern.compile("\t");

  private final Environment environment;

  SimulateBatch(Environment environment) {
    this.environment = environment;
  }

  /** The exit code: 0 when all went well. What failed is told in the order of the list. */
  int run(Path list) {
    boolean failed = false;
    try (Progress _ = new Progress(environment, "simulating " + list);
        ExecutorService workers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<Optional<String>>> failures = new ArrayList<>();
      for (String line : Files.readAllLines(list)) {
        if (!line.isBlank()) {
          failures.add(workers.submit(() -> Optional.ofNullable(failure(line))));
        }
      }
      for (Future<Optional<String>> each : failures) {
        Optional<String> failure = each.get();
        failed |= failure.isPresent();
        failure.ifPresent(sentence -> environment.errors().println("ringward: " + sentence));
      }
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.NO_INPUT,
          "%s cannot be read (%s).".formatted(list, FileTrouble.reason(exception)));
    } catch (InterruptedException | ExecutionException exception) {
      throw new IllegalStateException(exception);
    }
    return failed ? ExitCode.ERROR.number() : 0;
  }

  /** What is wrong with a line or its case, null when nothing is. */
  @SuppressWarnings("CatchingUnchecked") // a defect in one case must not cost the others
  private @Nullable String failure(String line) {
    String[] columns = COLUMNS.split(line, -1);
    if (columns.length < 4 || columns.length > 5) {
      return "'%s' has %d columns, expected 4 or 5 separated by tabs."
          .formatted(line, columns.length);
    }
    try {
      one(columns);
      return null;
    } catch (OperatorException exception) {
      return exception.sentence();
    } catch (CommandLine.ParameterException exception) {
      return "%s: %s".formatted(columns[0], exception.getMessage());
    } catch (RuntimeException | StackOverflowError defect) {
      StackTraceElement[] trace = defect.getStackTrace();
      return "%s: a defect, please report it: %s%s"
          .formatted(columns[0], defect, trace.length == 0 ? "" : " at " + trace[0]);
    }
  }

  private void one(String[] columns) {
    SimulateOptions options = new SimulateOptions();
    List<String> arguments = words(columns[1]);
    if (!arguments.isEmpty()) {
      new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
    }
    options.simulate = true;
    boolean scores = columns.length == 5 && !columns[4].isEmpty();
    SimulatedCluster cluster =
        SimulatedCluster.of(CibFile.read(columns[0], environment), options, scores, environment);
    cluster.save();
    SimulatedCluster.write(Path.of(columns[2]), GraphXml.write(cluster.result().graph()));
    SimulatedCluster.write(Path.of(columns[3]), text(cluster.lines()));
    if (scores) {
      SimulationRun result = cluster.result();
      List<String> lines = new ArrayList<>(result.scores());
      lines.addAll(result.utilization());
      SimulatedCluster.write(Path.of(columns[4]), text(lines));
    }
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  /** Splits as a shell does: at blanks, except in quotes and behind a backslash. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
        inWord = true;
      } else if (quote != 0 ? c == quote : c == '\'' || c == '"') {
        quote = quote == 0 ? c : 0;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
