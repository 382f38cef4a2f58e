package org.ringward.cli.command;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together and turns what they throw into a sentence and an exit code. */
public final class CommandTree {
  private static final int HELP_WIDTH = 90;

  /** They speak of the other commands. */
  private static final List<Class<?>> NEED_ALL =
      List.of(HelpCommand.class, CompletionCommand.class, ManCommand.class);

  private final Environment environment;

  private CommandTree(Environment environment) {
    this.environment = environment;
  }

  /** The whole command line over that environment. */
  public static CommandLine of(Environment environment) {
    CommandTree tree = new CommandTree(environment);
    return tree.finished(new CommandLine(new RingwardCommand(), tree.factory()));
  }

  /**
   * As much of the command line as these arguments need: making all commands ready takes longer
   * than most of them run.
   */
  public static CommandLine of(Environment environment, String... arguments) {
    Class<?> wanted = arguments.length == 0 ? null : command(arguments[0]);
    if (wanted == null) {
      return of(environment);
    }
    CommandTree tree = new CommandTree(environment);
    CommandSpec root = CommandSpec.create().name("ringward");
    CommandLine line = new CommandLine(root, tree.factory());
    line.addSubcommand(wanted);
    return tree.finished(line);
  }

  /**
   * The class of a command by its name; null for other names, and for those that need all commands.
   */
  private static @Nullable Class<?> command(String word) {
    if (word.startsWith("-")) {
      return null;
    }
    StringBuilder name = new StringBuilder();
    for (String part : word.split("-", -1)) {
      if (!part.isEmpty()) {
        name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    name.append("Command");
    for (Class<?> each : RingwardCommand.class.getAnnotation(Command.class).subcommands()) {
      if (each.getSimpleName().contentEquals(name) && !NEED_ALL.contains(each)) {
        return each;
      }
    }
    return null;
  }

  private CommandLine finished(CommandLine line) {
    CommandTree tree = this;
    // A drill of fencing is found where one looks for it.
    CommandLine fence = line.getSubcommands().get("fence");
    if (fence != null) {
      CommandLine drill = new CommandLine(new DrillFenceCommand(environment), fence.getFactory());
      drill.getCommandSpec().name("drill");
      fence.addSubcommand(drill);
    }
    line.registerConverter(Duration.class, new Durations());
    line.registerConverter(Integer.class, new WholeNumbers());
    line.registerConverter(int.class, new WholeNumbers());
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setOut(writer(environment.output()));
    line.setErr(writer(environment.errors()));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(environment.palette().colours() ? Ansi.ON : Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((exception, _) -> tree.misused(exception));
    line.setExecutionExceptionHandler((exception, _, _) -> tree.failed(exception));
    line.getSubcommands().values().forEach(CommandTree::teach);
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }

  /** Every command's help has its options in the order of the source and all its exit codes. */
  private static void teach(CommandLine command) {
    if (command.getCommandSpec().findOption("-h") == null) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .order(99)
                  .description("Show this help.")
                  .build());
    }
    if (command.getCommandSpec().userObject() instanceof ConstraintColocationCommand) {
      // A score may begin with a minus.
      command.setUnmatchedOptionsArePositionalParams(true);
    }
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.sortOptions(false);
    usage.exitCodeListHeading("%nExit codes:%n");
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done");
    codes.put("64", "the command was not understood");
    if (command.getCommandSpec().userObject() instanceof ClusterCommand each) {
      codes.putAll(each.exitCodes());
    }
    codes.putAll(usage.exitCodeList());
    Map<String, String> sorted = new TreeMap<>(Comparator.comparingInt(Integer::parseInt));
    sorted.putAll(codes);
    usage.exitCodeList(sorted);
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%n");
    usage.optionListHeading("%n");
    usage.footerHeading("%n");
    command.getSubcommands().values().forEach(CommandTree::teach);
  }

  /** Commands get the environment through their constructor. */
  private IFactory factory() {
    IFactory plain = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
          if (constructor.getParameterCount() == 1
              && constructor.getParameterTypes()[0] == Environment.class) {
            return type.cast(make(constructor));
          }
        }
        return plain.create(type);
      }
    };
  }

  private Object make(Constructor<?> constructor) throws ReflectiveOperationException {
    try {
      constructor.setAccessible(true);
      return constructor.newInstance(environment);
    } catch (InvocationTargetException exception) {
      throw new IllegalStateException(exception.getCause());
    }
  }

  private int misused(ParameterException exception) {
    complain(misuse(exception));
    environment
        .errors()
        .println(
            "Try '%s --help'."
                .formatted(exception.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.USAGE.number();
  }

  private int failed(Exception exception) {
    if (exception instanceof OperatorException operator) {
      complain(operator.sentence());
      return operator.exitCode().number();
    }
    complain("This is a defect of the command line, please report it: " + exception);
    return ExitCode.SOFTWARE.number();
  }

  private void complain(String sentence) {
    environment
        .errors()
        .println(environment.errorPalette().paint(Tone.BAD, "ringward: ") + sentence);
  }

  /** What was not understood, with the nearest thing that would have been. */
  private static String misuse(ParameterException exception) {
    String message = String.valueOf(exception.getMessage()).replaceFirst("^Error: ", "");
    if (exception instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      message =
          "'%s' is not understood".formatted(String.join(" ", unmatched.getUnmatched()))
              + (suggestions.isEmpty() ? "" : "; did you mean " + suggestions.getFirst() + "?");
    }
    return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
  }
}
