package org.ringward.daemon;

import java.nio.file.Path;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.CorosyncConf.Reading;
import org.ringward.core.config.NodeSettings;
import org.ringward.ring.settings.ConfigurationFile;

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
      case CHECK -> check(options.config());
      case RUN -> new Daemon(ConfigurationFile.read(options.config()), options).run();
    };
  }

  private static ExitCode check(Path file) {
    Reading reading = ConfigurationFile.read(file);
    NodeSettings settings = reading.settings();
    ClusterQuorum.check(settings);
    reading.warnings().forEach(Main::say);
    String whole = settings.members().size() + " nodes of cluster " + settings.clusterName();
    return say(file + ": node " + settings.nodeName() + ", one of " + whole);
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
}
