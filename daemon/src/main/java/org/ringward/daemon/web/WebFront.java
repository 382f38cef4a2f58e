package org.ringward.daemon.web;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.node.Lookout;
import org.ringward.core.port.Journal;
import org.ringward.daemon.loop.NodeInputs;
import org.ringward.daemon.loop.NodeMachine;
import org.ringward.ring.loop.Inbox;

/**
 * All that a daemon has for its page: what looks at the node after each turn, and the server. With
 * web.listen off it does nothing.
 */
public final class WebFront implements NodeMachine.Onlooker, AutoCloseable {
  private final NodeSettings settings;
  private final Path nodeFile;
  private final Path folder;
  private final Journal journal;
  private final @Nullable Measures measures;
  private final LoopWindow window;
  private @Nullable WebServer server;

  /**
   * A front; {@link #serve} opens it.
   *
   * @param nodeFile where the settings were read from
   * @param folder the state directory
   */
  public WebFront(
      NodeSettings settings, Path nodeFile, Path folder, Inbox<NodeInputs> inbox, Journal journal) {
    this.settings = settings;
    this.nodeFile = nodeFile;
    this.folder = folder;
    this.journal = journal;
    this.measures = settings.daemon().web().isOn() ? new Measures(journal) : null;
    this.window = new LoopWindow(new InboxDoor(inbox));
  }

  private record InboxDoor(Inbox<NodeInputs> inbox) implements LoopWindow.Door {
    @Override
    public void wake() {
      inbox.put(_ -> {
        // The turn that follows is what counts.
      });
    }

    @Override
    public void asked(long requestId, AdminRequest request) {
      inbox.put(machine -> machine.asked(requestId, request));
    }

    @Override
    public void askerGone(long requestId) {
      inbox.put(machine -> machine.askerGone(requestId));
    }
  }

  /** What the node is to tell its decisions to. */
  public Journal journal() {
    return measures == null ? journal : measures;
  }

  /**
   * Opens the server, if there is to be one. A cluster goes on without its page: what is in the way
   * is told in the log.
   */
  public void serve() {
    Measures counts = measures;
    if (counts == null) {
      return;
    }
    try {
      RehearsalRun rehearsal =
          RehearsalRun.of(System.getenv(), nodeFile, settings.paths().socket());
      WebServer opened = WebServer.open(settings, folder, window, counts, rehearsal, journal);
      server = opened;
      journal.log(Journal.Level.NOTICE, "the page of this node is " + opened.address());
    } catch (OperatorException e) {
      journal.log(Journal.Level.ERROR, e.sentence());
    }
  }

  /** Whether a reply belongs to a question of the page. */
  public boolean isOurs(long requestId) {
    return LoopWindow.isOurs(requestId);
  }

  /** The node has answered. */
  public void reply(long requestId, AdminReply reply) {
    window.reply(requestId, reply);
  }

  @Override
  public void turned(Lookout lookout, long nowNanos, long wallMillis) {
    Measures counts = measures;
    if (counts != null) {
      counts.turned(lookout, nowNanos, wallMillis);
      window.turned(lookout, nowNanos, wallMillis);
    }
  }

  @Override
  public long nextDeadline() {
    return window.nextDeadline();
  }

  @Override
  public void close() {
    WebServer opened = server;
    if (opened != null) {
      opened.close();
    }
  }
}
