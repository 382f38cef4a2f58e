package org.ringward.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.render.GraphDot;
import org.ringward.cli.render.ScheduleText;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Progress;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.policy.GraphSimulation;
import org.ringward.core.graph.GraphXml;
import org.ringward.core.policy.Schedule;
import org.ringward.core.policy.Scheduler;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    header = "Show what the scheduler would do with a saved cluster.",
    description = {
      "Reads a whole CIB with its status and shows what would be started, stopped, moved and fenced,"
          + " and why. Nothing is asked of a cluster, so it works on any machine and on CIBs of"
          + " Pacemaker.",
      "The time is the --time given, else the execution-date of the CIB, else now."
    },
    exitCodeList = {
      "65:the file is no CIB",
      "66:the file cannot be read",
      "73:an output file cannot be written"
    },
    footer = {
      "Examples:",
      "  ringward config --format xml --with-status > cib.xml",
      "  ringward simulate --xml-file cib.xml --simulate --scores",
      "  ringward simulate -x cib.xml -D graph.dot && dot -Tsvg graph.dot > graph.svg"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final Pattern COLUMNS = Pattern.compile("\t");

  private final Environment environment;

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /** One file or a list of them. */
  private static final class Source {
    @Option(
        names = {"-x", "--xml-file"},
        required = true,
        paramLabel = "FILE",
        description = "The CIB as XML; - reads standard input.")
    private @Nullable String file;

    @Option(
        names = "--batch",
        required = true,
        paramLabel = "LIST",
        description =
            "Many of them: each line of the list has, separated by tabs, the XML file, arguments (-t"
                + " TIME or nothing), the file for the graph, the file for this command's text.")
    private @Nullable Path list;
  }

  @Option(
      names = {"-G", "--save-graph"},
      paramLabel = "FILE",
      description = "Write the transition graph as XML.")
  private @Nullable Path graph;

  @Option(
      names = {"-D", "--save-dotfile"},
      paramLabel = "FILE",
      description = "Write the transition graph for Graphviz.")
  private @Nullable Path dot;

  @Option(
      names = {"-O", "--save-output"},
      paramLabel = "FILE",
      description = "Write the CIB as it is after all actions succeeded.")
  private @Nullable Path cib;

  @Option(
      names = {"-S", "--simulate"},
      description = "Carry out the actions on paper and show where everything is afterwards.")
  private boolean simulate;

  @Option(
      names = {"-s", "--scores"},
      description = "Show every node's score for every resource.")
  private boolean scores;

  @Option(
      names = {"-t", "--time"},
      paramLabel = "TIME",
      description = "The time there: 2026-11-21T12:00:00Z or seconds since 1970.")
  private @Nullable String time;

  SimulateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (source.list != null) {
      return batch(source.list);
    }
    String file = String.valueOf(source.file);
    Saved saved = read(file, time);
    Schedule schedule = Scheduler.schedule(saved.cib, saved.now);
    if (graph != null) {
      write(graph, GraphXml.write(schedule.graph()));
    }
    if (dot != null) {
      write(dot, GraphDot.write(schedule.graph()));
    }
    if (cib != null) {
      write(cib, CibXml.write(GraphSimulation.apply(saved.cib, schedule.graph(), saved.now)));
    }
    text(saved, schedule).forEach(environment.output()::println);
    return 0;
  }

  /** A cluster and the time at which it is looked at. */
  private record Saved(Cib cib, long now) {}

  private Saved read(String file, @Nullable String time) {
    try {
      byte[] bytes =
          file.equals("-") ? environment.input().readAllBytes() : Files.readAllBytes(Path.of(file));
      Cib cib = CibXml.read(file.equals("-") ? "standard input" : file, bytes);
      String fixed = time != null ? time : cib.attributes().get("execution-date");
      return new Saved(
          cib,
          fixed == null
              ? environment.clock().instant().getEpochSecond()
              : Instants.epochSeconds(fixed));
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.NO_INPUT, "%s cannot be read (%s).".formatted(file, reason(exception)));
    }
  }

  private List<String> text(Saved saved, Schedule schedule) {
    Schedule after =
        simulate
            ? Scheduler.schedule(
                GraphSimulation.apply(saved.cib, schedule.graph(), saved.now), saved.now)
            : null;
    return ScheduleText.lines(schedule, scores, after, environment);
  }

  /** A line that fails is told and the others are done all the same. */
  private int batch(Path list) {
    List<String> failures = new ArrayList<>();
    try (Progress _ = new Progress(environment, "simulating " + list)) {
      for (String line : Files.readAllLines(list)) {
        if (!line.isBlank()) {
          one(line).ifPresent(failures::add);
        }
      }
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.NO_INPUT, "%s cannot be read (%s).".formatted(list, reason(exception)));
    }
    failures.forEach(failure -> environment.errors().println("ringward: " + failure));
    return failures.isEmpty() ? 0 : ExitCode.DATA_ERROR.number();
  }

  private Optional<String> one(String line) {
    String[] columns = COLUMNS.split(line, -1);
    if (columns.length != 4) {
      return Optional.of(
          "'%s' has %d columns, expected 4 separated by tabs.".formatted(line, columns.length));
    }
    try {
      Saved saved = read(columns[0], time(columns[1]));
      Schedule schedule = Scheduler.schedule(saved.cib, saved.now);
      write(Path.of(columns[2]), GraphXml.write(schedule.graph()));
      write(Path.of(columns[3]), String.join("\n", text(saved, schedule)) + "\n");
      return Optional.empty();
    } catch (OperatorException exception) {
      return Optional.of(exception.sentence());
    }
  }

  /** The time in a list's arguments, which may be quoted as for a shell. */
  private @Nullable String time(String arguments) {
    String text = arguments.strip();
    return text.startsWith("-t") ? text.substring(2).strip().replaceAll("['\"]", "") : time;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE, "%s cannot be written (%s).".formatted(file, reason(exception)));
    }
  }

  private static String reason(IOException exception) {
    return exception instanceof NoSuchFileException
        ? "there is no such file or folder"
        : String.valueOf(exception.getMessage());
  }
}
