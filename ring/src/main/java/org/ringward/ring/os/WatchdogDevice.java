package org.ringward.ring.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.ringward.core.port.Watchdog;

/**
 * A watchdog of the kernel behind its device file (linux/watchdog.h). A thread of its own feeds it,
 * because some drivers take their time; it does so only when it was told to, each time anew.
 */
public final class WatchdogDevice implements Watchdog {
  /** The name of the thread that feeds. */
  public static final String THREAD = "ringward-dog";

  private static final int O_WRONLY_CLOEXEC = 1 | 0x80000;
  private static final int EBUSY = 16;
  private static final int ENOENT = 2;
  private static final int ENXIO = 6;
  private static final int ENODEV = 19;
  private static final int EINVAL = 22;

  private static final long GET_SUPPORT = 0x80285700L;
  private static final long KEEP_ALIVE = 0x80045705L;
  private static final long SET_TIMEOUT = 0xC0045706L;
  private static final long GET_TIMEOUT = 0x80045707L;
  private static final long SET_PRETIMEOUT = 0xC0045708L;
  private static final int CAN_SET_TIMEOUT = 0x80;
  private static final int HAS_MAGIC_CLOSE = 0x100;
  private static final int INFO_BYTES = 40;
  private static final int IDENTITY_AT = 8;

  /** The one of the misc device 10:130, /dev/watchdog, which is the first watchdog. */
  private static final long MISC_DEVICE = 10 << 8 | 130;

  private final Path file;
  private final Path classes;
  private final Consumer<String> complaints;
  private final Thread feeder = new Thread(this::feedAsTold, THREAD);
  private int descriptor = -1;
  private boolean complained;

  /** Until when the feed that was asked for last may happen; 0 when it was done. */
  private volatile long wanted;

  private volatile boolean closed;

  /**
   * @param file such as /dev/watchdog
   * @param complaints hears of feeding that fails, once, in another thread
   */
  public WatchdogDevice(String file, Consumer<String> complaints) {
    this(Path.of(file), Path.of("/sys"), complaints);
  }

  WatchdogDevice(Path file, Path sys, Consumer<String> complaints) {
    this.file = file;
    this.classes = sys.resolve("class/watchdog");
    this.complaints = complaints;
  }

  /** Where nothing can be found out, it is taken for ticking: then it is not touched too early. */
  @Override
  public boolean isTicking() {
    return Files.exists(file) && !about("state", "active").equals("inactive");
  }

  @Override
  public Arming arm(int timeoutSeconds, int pretimeoutSeconds) {
    int opened = NativeCalls.open(file.toString(), O_WRONLY_CLOEXEC);
    if (opened < 0) {
      return Arming.refused(cannotOpen(-opened));
    }
    descriptor = opened;
    Arming arming = set(timeoutSeconds, pretimeoutSeconds);
    if (arming.isRefused()) {
      disarm();
    } else {
      feeder.setDaemon(true);
      feeder.start();
    }
    return arming;
  }

  private String cannotOpen(int error) {
    String reason =
        switch (error) {
          case EBUSY -> "another program has it open (systemd's RuntimeWatchdogSec, sbd, watchdog)";
          case ENOENT -> "there is no such device; load its driver, or softdog where there is none";
          case ENXIO, ENODEV -> "no driver is behind it";
          default -> OperatingSystem.text(-error);
        };
    return "watchdog.device is " + file + ": " + reason;
  }

  private Arming set(int timeoutSeconds, int pretimeoutSeconds) {
    byte[] info = new byte[INFO_BYTES];
    int result = NativeCalls.ioctl(descriptor, GET_SUPPORT, info);
    if (result < 0) {
      return Arming.refused("watchdog.device is " + file + ", which is no watchdog");
    }
    int options = ByteBuffer.wrap(info).order(ByteOrder.nativeOrder()).getInt(0);
    String identity = text(info);
    if ((options & HAS_MAGIC_CLOSE) == 0 && !about("nowayout", "0").equals("1")) {
      return Arming.refused(
          "%s (%s) stops counting when this daemon dies, so it guards nothing"
              .formatted(file, identity));
    }
    int taken = timeout(options, timeoutSeconds);
    if (taken != timeoutSeconds) {
      return Arming.refused(wrongTimeout(identity, timeoutSeconds, taken));
    }
    if (pretimeoutSeconds > 0
        && NativeCalls.ioctl(descriptor, SET_PRETIMEOUT, number(pretimeoutSeconds)) < 0) {
      return Arming.refused(
          "watchdog.pretimeout is %d s, which %s (%s) does not take"
              .formatted(pretimeoutSeconds, file, identity));
    }
    NativeCalls.ioctl(descriptor, KEEP_ALIVE, number(0));
    return new Arming(identity, taken, pretimeoutSeconds, "");
  }

  /** The timeout it has in the end, or a negative number. */
  private int timeout(int options, int seconds) {
    if ((options & CAN_SET_TIMEOUT) != 0) {
      int result = NativeCalls.ioctl(descriptor, SET_TIMEOUT, number(seconds));
      if (result < 0) {
        return result;
      }
    }
    byte[] found = number(0);
    int result = NativeCalls.ioctl(descriptor, GET_TIMEOUT, found);
    return result < 0 ? result : number(found);
  }

  private String wrongTimeout(String identity, int wanted, int taken) {
    String limits =
        taken == -EINVAL || taken > 0
            ? "; it takes %s to %s s"
                .formatted(about("min_timeout", "?"), about("max_timeout", "?"))
            : " (" + OperatingSystem.text(taken) + ")";
    String instead = taken > 0 ? " and has " + taken + " s instead" : "";
    return "watchdog.timeout is %d s, which %s (%s) does not take%s%s"
        .formatted(wanted, file, identity, instead, limits);
  }

  /** What the kernel says about the device, without touching it. */
  private String about(String attribute, String otherwise) {
    try {
      long number = ((Number) Files.getAttribute(file, "unix:rdev")).longValue();
      String name = number == MISC_DEVICE ? "watchdog0" : file.getFileName().toString();
      return Files.readString(classes.resolve(name).resolve(attribute)).strip();
    } catch (IOException | UnsupportedOperationException e) {
      return otherwise;
    }
  }

  @Override
  public void feed(long validUntilNanos) {
    wanted = validUntilNanos == 0 ? 1 : validUntilNanos;
    LockSupport.unpark(feeder);
  }

  private void feedAsTold() {
    while (!closed) {
      long until = wanted;
      if (until == 0) {
        LockSupport.park(this);
      } else {
        wanted = 0;
        feedNow(until);
      }
    }
  }

  private synchronized void feedNow(long until) {
    if (closed || System.nanoTime() - until > 0) {
      return;
    }
    int result = NativeCalls.ioctl(descriptor, KEEP_ALIVE, new byte[4]);
    if (result < 0 && !complained) {
      complained = true;
      complaints.accept(file + " cannot be fed: " + OperatingSystem.text(result));
    }
  }

  @Override
  public synchronized String disarm() {
    closed = true;
    LockSupport.unpark(feeder);
    if (descriptor < 0) {
      return "";
    }
    int written = NativeCalls.write(descriptor, new byte[] {'V'});
    NativeCalls.close(descriptor);
    descriptor = -1;
    if (written != 1 || about("nowayout", "0").equals("1")) {
      return file + " cannot be switched off (nowayout): it will reset this machine";
    }
    return "";
  }

  private static String text(byte[] info) {
    int end = IDENTITY_AT;
    while (end < info.length && info[end] != 0) {
      end++;
    }
    return new String(info, IDENTITY_AT, end - IDENTITY_AT, StandardCharsets.US_ASCII).strip();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  private static int number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt();
  }
}
