package org.ringward.daemon;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;

/** Starts the daemon; the exit code says how it ended (base.ExitCode). */
public final class Main {
  private Main() {}

  /** Runs until the node has ended. */
  public static void main(String[] arguments) {
    int exitCode;
    try {
      exitCode = run(Options.parse(arguments)).number();
    } catch (OperatorException e) {
      System.err.println("ringward daemon: " + e.sentence());
      exitCode = e.exitCode().number();
    }
    System.err.flush();
    // Not exit(): a shutdown hook could hang, and there is nothing left to hand over.
    Runtime.getRuntime().halt(exitCode);
  }

  private static ExitCode run(Options options) {
    return switch (options.action()) {
      case HELP -> say(Options.HELP.stripTrailing());
      case VERSION -> say("ringward " + version());
      case CHECK -> {
        NodeSettings settings = settings(options.config());
        String whole = settings.members().size() + " nodes of cluster " + settings.clusterName();
        yield say(options.config() + ": node " + settings.nodeName() + ", one of " + whole);
      }
      case RUN -> new Daemon(settings(options.config()), options).run();
    };
  }

  private static ExitCode say(String text) {
    System.out.println(text);
    System.out.flush();
    return ExitCode.OK;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  private static NodeSettings settings(Path file) {
    try {
      return NodeSettingsYaml.read(file.toString(), Files.readString(file), hostName());
    } catch (NoSuchFileException e) {
      throw new OperatorException(ExitCode.NO_INPUT, "node file " + file + " does not exist");
    } catch (CharacterCodingException e) {
      throw new OperatorException(ExitCode.CONFIGURATION, "node file " + file + " is not UTF-8");
    } catch (IOException e) {
      String sentence = "node file " + file + " cannot be read: " + e.getMessage();
      throw new OperatorException(ExitCode.NO_INPUT, sentence);
    }
  }

  /** As uname -n says it, without asking a name server. */
  private static String hostName() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
  }
}
