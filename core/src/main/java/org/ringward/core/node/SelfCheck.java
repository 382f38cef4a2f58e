package org.ringward.core.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.guard.StallGuard;
import org.ringward.core.port.Store;
import org.ringward.core.port.Vitals;
import org.ringward.core.region.Inquiries;

/**
 * The node tests itself because another asks it to, over whatever region is left: its network
 * interfaces, its own disk by a durable write, memory, its regions, and how its loop ran. The
 * answer is one line that begins with <em>well</em> or <em>ill</em>; what is wrong comes first.
 *
 * <p>Times are monotonic nanoseconds. A disk that does not answer in five seconds is part of the
 * answer, not a reason to give none.
 */
final class SelfCheck {
  /** The question. */
  static final String WORD = "check";

  /** Requests of others have positive ids, or -1. */
  private static final long REQUEST = -2;

  private static final String FILE = "self-check";
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long PATIENCE = 5_000 * NANOS_PER_MILLI;

  /** A stall that is longer ago is history. */
  private static final long RECENT = 3_600_000 * NANOS_PER_MILLI;

  private static final int STALL_PERCENT = 10;
  private static final int AVAILABLE_PERCENT = 5;
  private static final int SLOW_MILLIS = 1000;

  private final Vitals vitals;
  private final Store store;
  private final Supplier<List<String>> troubles;
  private final Supplier<StallGuard.Statistics> stalls;
  private final List<Inquiries.Answer> waiting = new ArrayList<>();

  /** A write that hangs is not asked for again. */
  private boolean writing;

  private long writingSince;
  private long askedAt;

  /**
   * @param troubles of the regions, a few words each
   * @param stalls how the loop ran
   */
  SelfCheck(
      Vitals vitals,
      Store store,
      Supplier<List<String>> troubles,
      Supplier<StallGuard.Statistics> stalls) {
    this.vitals = vitals;
    this.store = store;
    this.troubles = troubles;
    this.stalls = stalls;
  }

  /** Another node asks; several may at once, they get the same answer. */
  void asked(Inquiries.Answer answer, long now) {
    if (waiting.isEmpty()) {
      askedAt = now;
    }
    waiting.add(answer);
    if (!writing) {
      writing = true;
      writingSince = now;
      store.write(REQUEST, FILE, Long.toString(now).getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** A write has ended; whether it was this one. */
  boolean stored(long request, @Nullable String error, long now) {
    if (request != REQUEST) {
      return false;
    }
    writing = false;
    long millis = (now - writingSince) / NANOS_PER_MILLI;
    if (error != null) {
      answer("the own disk fails: " + error, "", now);
    } else if (millis > SLOW_MILLIS) {
      answer("the own disk needed " + millis + " ms", "", now);
    } else {
      answer("", "disk " + millis + " ms", now);
    }
    return true;
  }

  /** Answers without the disk when that takes too long. */
  void turn(long now) {
    if (!waiting.isEmpty() && now - askedAt >= PATIENCE) {
      long seconds = (now - writingSince) / (1000 * NANOS_PER_MILLI);
      answer("the own disk has not answered for " + seconds + " s", "", now);
    }
  }

  /** When {@link #turn} is needed next. */
  long nextDeadline() {
    return waiting.isEmpty() ? Long.MAX_VALUE : askedAt + PATIENCE;
  }

  private void answer(String diskTrouble, String disk, long now) {
    if (waiting.isEmpty()) {
      return;
    }
    String text = text(diskTrouble, disk, now);
    List<Inquiries.Answer> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(each -> each.give(text));
  }

  private String text(String diskTrouble, String disk, long now) {
    Vitals.Reading reading = vitals.read();
    List<String> wrong = new ArrayList<>();
    List<String> right = new ArrayList<>();
    (diskTrouble.isEmpty() ? right : wrong).add(diskTrouble.isEmpty() ? disk : diskTrouble);
    memory(reading, wrong, right);
    stall(wrong, now);
    if (!reading.down().isEmpty()) {
      wrong.add("down: " + String.join(" ", reading.down()));
    }
    if (!reading.up().isEmpty()) {
      right.add("up: " + String.join(" ", reading.up()));
    }
    wrong.addAll(troubles.get());
    String verdict = wrong.isEmpty() ? "well" : "ill: " + String.join("; ", wrong);
    return right.isEmpty() ? verdict : verdict + "; " + String.join("; ", right);
  }

  private static void memory(Vitals.Reading reading, List<String> wrong, List<String> right) {
    if (reading.memoryStallPercent() >= STALL_PERCENT) {
      wrong.add("everything waits for memory " + reading.memoryStallPercent() + " % of the time");
    }
    if (reading.memoryKib() > 0) {
      long percent = 100 * reading.availableKib() / reading.memoryKib();
      (percent < AVAILABLE_PERCENT ? wrong : right).add("memory " + percent + " % available");
    }
  }

  private void stall(List<String> wrong, long now) {
    StallGuard.Statistics known = stalls.get();
    if (known.count() > 0 && now - known.lastStallEnded() < RECENT) {
      wrong.add(
          "did not run for %d ms, %d s ago"
              .formatted(
                  known.lastStallNanos() / NANOS_PER_MILLI,
                  (now - known.lastStallEnded()) / (1000 * NANOS_PER_MILLI)));
    }
  }
}
