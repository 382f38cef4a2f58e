package org.ringward.bench.regions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ringward.interop.lab.LabException;
import org.ringward.ring.os.PseudoTerminal;

/** A ring of serial lines: from each node to the next; one thread carries all bytes. */
final class Lines implements AutoCloseable {
  private static final int PAUSE_MILLIS = 5;

  private final List<PseudoTerminal> near = new ArrayList<>();
  private final List<PseudoTerminal> far = new ArrayList<>();
  private final Thread carrier = new Thread(this::carry, "lines");
  private volatile boolean closed;

  Lines(int nodes) {
    try {
      for (int line = 0; line < nodes; line++) {
        near.add(PseudoTerminal.open());
        far.add(PseudoTerminal.open());
      }
    } catch (IOException e) {
      throw new LabException(String.valueOf(e.getMessage()), e);
    }
    carrier.setDaemon(true);
    carrier.start();
  }

  /** The two ends that a node has. */
  List<String> devices(int node) {
    int line = node - 1;
    int before = (line + near.size() - 1) % near.size();
    return List.of(near.get(line).device(), far.get(before).device());
  }

  private void carry() {
    byte[] bytes = new byte[4096];
    while (!closed) {
      for (int line = 0; line < near.size(); line++) {
        carry(near.get(line), far.get(line), bytes);
        carry(far.get(line), near.get(line), bytes);
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private static void carry(PseudoTerminal from, PseudoTerminal to, byte[] bytes) {
    int count = from.read(bytes);
    if (count > 0) {
      to.write(bytes, count);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      carrier.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    near.forEach(PseudoTerminal::close);
    far.forEach(PseudoTerminal::close);
  }
}
