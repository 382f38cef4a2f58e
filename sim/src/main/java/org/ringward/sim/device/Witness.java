package org.ringward.sim.device;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.quorum.witness.WitnessOutlet;
import org.ringward.core.quorum.witness.WitnessServer;
import org.ringward.core.quorum.witness.WitnessServer.Identity;
import org.ringward.core.wire.WitnessMessage.Enrol;

/** The production witness in one life of its host; all machines have certificates. */
public final class Witness implements DeviceProgram {
  private static final int SESSIONS_MOST = 1000;

  private final String cluster;
  private final DeviceHost host;
  private final WitnessServer server;
  private final TreeMap<Long, Integer> machines = new TreeMap<>();
  private final Set<Long> secured = new TreeSet<>();

  /** A witness of one cluster. */
  public Witness(String cluster, DeviceHost host, long now) {
    this.cluster = cluster;
    this.host = host;
    this.server = new WitnessServer("place", SESSIONS_MOST, new Outlet());
    server.serve(cluster, host.file(), now);
  }

  @Override
  public void accepted(long session, int machine, long now) {
    machines.put(session, machine);
  }

  @Override
  public void secured(long session, long now) {
    Integer machine = machines.get(session);
    if (machine != null && secured.add(session)) {
      server.connected(session, new Identity(cluster, machine), "10.0.0." + machine, now);
    }
  }

  @Override
  public void received(long session, byte[] bytes, long now) {
    server.received(session, bytes, 0, bytes.length, now);
  }

  @Override
  public void ended(long session, long now) {
    machines.remove(session);
    secured.remove(session);
    server.disconnected(session, now);
  }

  @Override
  public void turn(long now) {
    server.turn(now);
  }

  @Override
  public long nextDeadline() {
    return server.nextDeadline();
  }

  private final class Outlet implements WitnessOutlet {
    @Override
    public void send(long session, byte[] bytes) {
      host.send(session, bytes);
    }

    @Override
    public void close(long session) {
      machines.remove(session);
      secured.remove(session);
      host.close(session);
    }

    @Override
    public void keep(String of, byte[] content) {
      host.write(content, error -> server.stored(of, error, host.now()));
    }

    @Override
    public void enrol(long session, Enrol request) {
      throw new IllegalStateException("nobody enrols here");
    }

    @Override
    public void log(Level level, String text) {
      host.tell("says: " + text);
    }
  }
}
