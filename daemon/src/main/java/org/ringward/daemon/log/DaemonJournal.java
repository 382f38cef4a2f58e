package org.ringward.daemon.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import org.ringward.core.base.SavedConfiguration;
import org.ringward.core.port.Journal;

/**
 * Log lines, and decisions to a file as well. Callers never wait: a thread of its own writes, and
 * when it cannot keep up, lines are dropped and counted.
 */
public final class DaemonJournal implements Journal, AutoCloseable {
  private static final int ENTRIES_MOST = 8192;
  private static final long DECISION_FILE_MOST_BYTES = 8L * 1024 * 1024;
  private static final long CLOSE_MILLIS = 2000;

  /** What waits to be written; the last one has the level null. */
  private record Entry(
      @Nullable Level level,
      long wallMillis,
      String text,
      @Nullable Decision told,
      @Nullable SavedConfiguration saved) {
    Entry(@Nullable Level level, long wallMillis, String text, @Nullable Decision told) {
      this(level, wallMillis, text, told, null);
    }
  }

  private final LogLines lines;
  private final Level lowest;
  private final ArrayBlockingQueue<Entry> entries = new ArrayBlockingQueue<>(ENTRIES_MOST);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer;
  private volatile @Nullable DecisionFile decisions;
  private volatile @Nullable ConfigurationFiles configurations;
  private boolean decisionsFail;

  /**
   * @param forJournald lines begin with a level that journald understands and have no time
   * @param lowest less severe lines are left out
   */
  public DaemonJournal(PrintStream out, boolean forJournald, Level lowest) {
    this(LogLines.text(out, forJournald), lowest);
  }

  /**
   * @param lines how the log looks
   * @param lowest less severe lines are left out
   */
  public DaemonJournal(LogLines lines, Level lowest) {
    this.lines = lines;
    this.lowest = lowest;
    this.writer = new Thread(this::write, "ringward-log");
    writer.setDaemon(true);
    writer.start();
  }

  /** From now on decisions are appended to that file too. */
  public void decisionsTo(Path file) {
    decisionsTo(file, DECISION_FILE_MOST_BYTES);
  }

  void decisionsTo(Path file, long mostBytes) {
    decisions = new DecisionFile(file, mostBytes);
  }

  @Override
  public void decision(Decision decision) {
    offer(new Entry(Level.NOTICE, decision.wallMillis(), "", decision));
  }

  /** From now on configurations are kept in that folder too. */
  public void configurationsTo(ConfigurationFiles kept) {
    configurations = kept;
  }

  @Override
  public void configuration(SavedConfiguration saved) {
    String text = "configuration " + saved.version() + ": " + saved.what();
    offer(new Entry(Level.INFO, saved.wallMillis(), text, null, saved));
  }

  @Override
  public void log(Level level, String text) {
    if (level.compareTo(lowest) <= 0) {
      offer(new Entry(level, System.currentTimeMillis(), text, null));
    }
  }

  /** Writes a line before returning; for the last words of a process that ends at once. */
  public void logNow(Level level, String text) {
    lines.write(level, System.currentTimeMillis(), text, null);
    lines.flush();
  }

  private void offer(Entry entry) {
    if (!entries.offer(entry)) {
      dropped.incrementAndGet();
    }
  }

  private void write() {
    try {
      for (Entry entry = entries.take(); entry.level() != null; entry = entries.take()) {
        write(entry.level(), entry);
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
          String text = lost + " lines were dropped: the log could not keep up";
          lines.write(Level.WARNING, System.currentTimeMillis(), text, null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Level level, Entry entry) {
    keep(entry.saved());
    if (level.compareTo(lowest) > 0) {
      return;
    }
    Decision told = entry.told();
    lines.write(level, entry.wallMillis(), entry.text(), told);
    DecisionFile file = decisions;
    if (told == null || file == null) {
      return;
    }
    try {
      file.append(told);
      decisionsFail = false;
    } catch (IOException | RuntimeException e) {
      if (!decisionsFail) {
        String text = "decisions are not recorded on disk: " + e.getMessage();
        lines.write(Level.ERROR, System.currentTimeMillis(), text, null);
      }
      decisionsFail = true;
    }
  }

  private void keep(@Nullable SavedConfiguration saved) {
    ConfigurationFiles folder = configurations;
    if (saved != null && folder != null) {
      try {
        folder.write(saved);
      } catch (IOException | RuntimeException e) {
        String text = "the configuration is not kept for its history: " + e.getMessage();
        lines.write(Level.ERROR, System.currentTimeMillis(), text, null);
      }
    }
  }

  /** Writes what waits, at most for two seconds. */
  @Override
  public void close() {
    try {
      if (entries.offer(new Entry(null, 0, "", null), CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        writer.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lines.flush();
  }
}
