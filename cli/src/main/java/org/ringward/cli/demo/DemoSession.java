package org.ringward.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * A running demo: the lab, the power switch, the client, the truth watcher. Closing it, or the end
 * of the process by a signal, ends and removes everything in the opposite order of its making.
 */
final class DemoSession implements AutoCloseable {
  private final Environment environment;
  private final Workspace workspace;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Thread hook = new Thread(this::end, "demo-end");
  private boolean ended;
  private @Nullable Lab lab;
  private @Nullable Client client;
  private @Nullable TruthWatch truth;
  private @Nullable EventLog log;
  private @Nullable Control control;
  private @Nullable Rehearsal rehearsal;

  private DemoSession(Environment environment, Workspace workspace) {
    this.environment = environment;
    this.workspace = workspace;
    parts.push(workspace);
    // For SIGINT, SIGTERM and SIGHUP: the process ends by running its hooks.
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Builds everything but starts no daemon yet. */
  static DemoSession start(Environment environment, boolean loopback, boolean stockAgent) {
    boolean namespaces = !loopback && NamespaceLab.possible();
    DemoPackages.ensure(environment, namespaces);
    DemoSession session = new DemoSession(environment, Workspace.create());
    try {
      session.build(namespaces, stockAgent);
    } catch (RuntimeException exception) {
      session.keepLogs();
      session.close();
      throw exception;
    }
    return session;
  }

  private void build(boolean namespaces, boolean stockAgent) {
    EventLog events = new EventLog(workspace.path("events.log"));
    log = events;
    Lab built =
        namespaces
            ? new NamespaceLab(
                workspace, new DemoCluster(NamespaceLab.members(), workspace, stockAgent))
            : new LoopbackLab(workspace, new DemoCluster(LoopbackLab.members(), workspace, false));
    lab = built;
    adopt(built);
    workspace.write("demo.yaml", built.configuration());
    adopt(new PowerSwitch(built, workspace.path("switch"), events));
    built.up();
    Client watching = adopt(new Client(built, workspace.path("client.log")));
    client = watching;
    TruthWatch watch = adopt(new TruthWatch(built, events));
    truth = watch;
    Control orders = new Control(built);
    control = orders;
    rehearsal = new Rehearsal(built, orders, watching.view(), watch, events, workspace);
  }

  /** From now on closing the session closes the part, too. */
  private <T extends AutoCloseable> T adopt(T part) {
    synchronized (parts) {
      parts.push(part);
    }
    return part;
  }

  Lab lab() {
    return made(lab);
  }

  ClientView view() {
    return made(client).view();
  }

  TruthWatch truth() {
    return made(truth);
  }

  EventLog log() {
    return made(log);
  }

  Control control() {
    return made(control);
  }

  Rehearsal rehearsal() {
    return made(rehearsal);
  }

  private static <T> T made(@Nullable T part) {
    if (part == null) {
      throw new OperatorException(ExitCode.SOFTWARE, "The demo is not built yet.");
    }
    return part;
  }

  /** The files of the run stay, and their place is told at the end. */
  void keepLogs() {
    workspace.keep();
  }

  Workspace workspace() {
    return workspace;
  }

  private void end() {
    synchronized (parts) {
      if (ended) {
        return;
      }
      ended = true;
      while (!parts.isEmpty()) {
        closeQuietly(parts.pop());
      }
    }
    if (workspace.kept()) {
      environment.errors().println("The logs are kept in " + workspace.keptIn() + ".");
    }
  }

  private void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception exception) {
      environment.errors().println("ringward: the demo could not clean up: " + exception);
    }
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the process is ending anyway
    }
  }
}
