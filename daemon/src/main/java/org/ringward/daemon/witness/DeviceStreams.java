package org.ringward.daemon.witness;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Streams;
import org.ringward.daemon.loop.NodeInputs;
import org.ringward.ring.loop.Inbox;
import org.ringward.ring.witness.NodeIdentity;
import org.ringward.ring.witness.NodeStreams;
import org.ringward.ring.witness.QnetdFile;
import org.ringward.ring.witness.Tls;
import org.ringward.ring.witness.WitnessFiles;

/** Carries what comes from a node's quorum device into the node's loop. */
public final class DeviceStreams implements NodeStreams.Events, AutoCloseable {
  private final Inbox<NodeInputs> inbox;
  private final @Nullable NodeStreams streams;

  /** Each connection has a thread that waits until what it brought was dealt with. */
  private final ThreadLocal<Arrival> arrivals = ThreadLocal.withInitial(Arrival::new);

  public DeviceStreams(NodeSettings settings, Inbox<NodeInputs> inbox) {
    this.inbox = inbox;
    DeviceSettings.Net net = settings.quorum().device().net();
    this.streams =
        net == null
            ? null
            : new NodeStreams(net.host(), net.port(), net.ipVersion(), tls(settings, net), this);
  }

  private static NodeStreams.TlsSource tls(NodeSettings settings, DeviceSettings.Net net) {
    if (settings.quorum().device().model() == DeviceSettings.Model.NET) {
      QnetdFile file = new QnetdFile(Path.of(net.pkcs12()), settings.clusterName());
      if (net.tls() != DeviceSettings.Net.Tls.OFF) {
        Thread.ofVirtual().start(file::prepare);
      }
      return file::context;
    }
    NodeIdentity node = new NodeIdentity(settings.clusterName(), settings.self().id());
    WitnessFiles files = WitnessFiles.in(settings.paths().stateDir());
    return () -> {
      WitnessFiles.Identity identity = files.read(node, Instant.now());
      return Tls.context(identity.own(), Tls.trust(identity.authority()));
    };
  }

  /** The port of the node. */
  public Streams port() {
    return streams == null ? Streams.NONE : streams;
  }

  @Override
  public void opened(long connection, Runnable dealtWith) {
    inbox.put(machine -> {
      machine.deviceOpened(connection, System.nanoTime());
      dealtWith.run();
    });
  }

  @Override
  public void secured(long connection, Runnable dealtWith) {
    inbox.put(machine -> {
      machine.deviceSecured(connection, System.nanoTime());
      dealtWith.run();
    });
  }

  @Override
  public void received(long connection, byte[] bytes, int length, Runnable dealtWith) {
    Arrival arrival = arrivals.get();
    arrival.connection = connection;
    arrival.bytes = bytes;
    arrival.length = length;
    arrival.dealtWith = dealtWith;
    inbox.put(arrival);
  }

  /** Bytes on their way into the loop, the same again and again. */
  private static final class Arrival implements Consumer<NodeInputs> {
    private long connection;
    private byte[] bytes = {};
    private int length;
    private Runnable dealtWith = () -> {};

    @Override
    public void accept(NodeInputs machine) {
      machine.deviceReceived(connection, bytes, length, System.nanoTime());
      dealtWith.run();
    }
  }

  @Override
  public void closed(long connection, String why) {
    inbox.put(machine -> machine.deviceClosed(connection, why, System.nanoTime()));
  }

  @Override
  public void close() {
    if (streams != null) {
      streams.close();
    }
  }
}
