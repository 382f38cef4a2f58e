package org.ringward.ring.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A serial line made of software (pty(7)): what a program writes to the device is read here, and
 * the other way round. Bytes pass as they are. For one thread at a time.
 */
public final class PseudoTerminal implements AutoCloseable {
  private static final int READ_WRITE = 2;
  private static final int NO_CONTROL = 0x100;
  private static final int NO_WAITING = 0x800;
  private static final int CLOSE_ON_EXEC = 0x80000;

  // ioctl_tty(2)
  private static final long TCGETS = 0x5401;
  private static final long TCSETS = 0x5402;
  private static final long TIOCNXCL = 0x540d;
  private static final long TIOCSPTLCK = 0x40045431;
  private static final long TIOCGPTN = 0x80045430L;

  private static final int TERMIOS_BYTES = 60;
  private static final int CONTROL_MODES_AT = 8;
  private static final int LEAST_COUNT_AT = 17 + 6;
  private static final int EIGHT_BITS_READABLE_LOCAL = 0x30 | 0x80 | 0x800;

  private final SocketCalls calls = new SocketCalls();
  private final NativeMemory memory = new NativeMemory(4096);
  private final int master;
  private final int slave;
  private final String device;

  private PseudoTerminal(int master, int slave, String device) {
    this.master = master;
    this.slave = slave;
    this.device = device;
  }

  /**
   * Makes one.
   *
   * @throws IOException with one sentence, where the system has none to give
   */
  public static PseudoTerminal open() throws IOException {
    int how = READ_WRITE | NO_CONTROL | CLOSE_ON_EXEC;
    int master = checked(NativeCalls.open("/dev/ptmx", how | NO_WAITING), "/dev/ptmx");
    try {
      byte[] word = new byte[Integer.BYTES];
      checked(NativeCalls.ioctl(master, TIOCSPTLCK, word), "unlocking it");
      checked(NativeCalls.ioctl(master, TIOCGPTN, word), "asking for its number");
      int number = ByteBuffer.wrap(word).order(ByteOrder.nativeOrder()).getInt();
      String device = "/dev/pts/" + number;
      // Held open here, too: the line stays up while the program at its other end starts anew.
      int slave = checked(NativeCalls.open(device, how), device);
      raw(slave);
      return new PseudoTerminal(master, slave, device);
    } catch (IOException e) {
      NativeCalls.close(master);
      throw e;
    }
  }

  private static int checked(int result, String what) throws IOException {
    if (result < 0) {
      throw new IOException(
          "no pseudo terminal can be made: " + what + ": " + OperatingSystem.text(result));
    }
    return result;
  }

  /** No echo, no lines, no signals: before a program sets it up nothing may come back. */
  private static void raw(int slave) {
    byte[] modes = new byte[TERMIOS_BYTES];
    NativeCalls.ioctl(slave, TCGETS, modes);
    ByteBuffer words = ByteBuffer.wrap(modes).order(ByteOrder.nativeOrder());
    int speed = words.getInt(CONTROL_MODES_AT) & 0x100f;
    for (int at = 0; at < 16; at += Integer.BYTES) {
      words.putInt(at, 0);
    }
    words.putInt(CONTROL_MODES_AT, speed | EIGHT_BITS_READABLE_LOCAL);
    modes[LEAST_COUNT_AT] = 1;
    NativeCalls.ioctl(slave, TCSETS, modes);
  }

  /** The path by which a program opens it as a serial line. */
  public String device() {
    return device;
  }

  /** Takes what the program has written; the number of bytes, 0 or less when there is nothing. */
  public int read(byte[] target) {
    int most = Math.min(target.length, memory.bytes().capacity());
    int count = calls.read(master, memory.address(0), most);
    if (count > 0) {
      memory.bytes().get(0, target, 0, count);
    }
    return count;
  }

  /** Gives bytes to the program; what has no room is lost, as on a line that nobody reads. */
  public void write(byte[] bytes, int count) {
    int length = Math.min(count, memory.bytes().capacity());
    memory.bytes().put(0, bytes, 0, length);
    calls.write(master, memory.address(0), length);
  }

  /** A program that took it for itself alone and was killed is in nobody's way. */
  public void release() {
    NativeCalls.ioctl(slave, TIOCNXCL, new byte[Integer.BYTES]);
  }

  @Override
  public void close() {
    NativeCalls.close(slave);
    NativeCalls.close(master);
  }
}
