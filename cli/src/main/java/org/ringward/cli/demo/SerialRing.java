package org.ringward.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.ringward.ring.os.PseudoTerminal;

/**
 * A ring of serial lines: one between each machine and the next. A thread carries the bytes from
 * one end of each line to the other, unless the line is cut.
 */
final class SerialRing implements AutoCloseable {
  private static final int CARRY_EVERY_MILLIS = 5;
  private static final int RELEASE_EVERY = 100;

  private final List<PseudoTerminal[]> lines = new ArrayList<>();
  private final Set<Integer> cut = ConcurrentHashMap.newKeySet();
  private final Thread carrier;
  private final AtomicLong lostBytes = new AtomicLong();
  private volatile boolean over;

  private SerialRing() {
    carrier = Thread.ofPlatform().daemon().name("serial-ring").unstarted(this::carry);
  }

  /**
   * A ring of so many machines.
   *
   * @throws IOException where there are no pseudo terminals
   */
  static SerialRing lay(int machines) throws IOException {
    SerialRing ring = new SerialRing();
    try {
      for (int line = 0; line < machines; line++) {
        PseudoTerminal near = PseudoTerminal.open();
        PseudoTerminal far;
        try {
          far = PseudoTerminal.open();
        } catch (IOException exception) {
          near.close();
          throw exception;
        }
        ring.lines.add(new PseudoTerminal[] {near, far});
      }
    } catch (IOException exception) {
      ring.closeLines();
      throw exception;
    }
    ring.carrier.start();
    return ring;
  }

  /** The devices of a machine, numbered from 0: its line to the next one, that to the last one. */
  List<String> devices(int machine) {
    return List.of(lines.get(machine)[0].device(), lines.get(before(machine))[1].device());
  }

  private int before(int machine) {
    return (machine + lines.size() - 1) % lines.size();
  }

  /** Pulls the plugs of both lines of a machine. */
  void cut(int machine) {
    cut.add(machine);
  }

  void mend(int machine) {
    cut.remove(machine);
  }

  /** Bytes that were sent where a line was cut. */
  long lostBytes() {
    return lostBytes.get();
  }

  private void carry() {
    byte[] bytes = new byte[4096];
    try {
      for (int round = 0; !over; round++) {
        for (int line = 0; line < lines.size(); line++) {
          boolean whole = !cut.contains(line) && !cut.contains((line + 1) % lines.size());
          PseudoTerminal[] ends = lines.get(line);
          pass(ends[0], ends[1], whole, bytes);
          pass(ends[1], ends[0], whole, bytes);
          if (round % RELEASE_EVERY == 0) {
            ends[0].release();
            ends[1].release();
          }
        }
        Thread.sleep(CARRY_EVERY_MILLIS);
      }
    } catch (InterruptedException _) {
      // the demo ends
    }
  }

  private void pass(PseudoTerminal from, PseudoTerminal to, boolean whole, byte[] bytes) {
    int count = from.read(bytes);
    while (count > 0) {
      if (whole) {
        to.write(bytes, count);
      } else {
        lostBytes.addAndGet(count);
      }
      count = from.read(bytes);
    }
  }

  private void closeLines() {
    for (PseudoTerminal[] ends : lines) {
      ends[0].close();
      ends[1].close();
    }
  }

  @Override
  public void close() {
    over = true;
    carrier.interrupt();
    try {
      carrier.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    closeLines();
  }
}
