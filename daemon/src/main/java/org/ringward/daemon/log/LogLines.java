package org.ringward.daemon.log;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import org.ringward.core.config.LogForm;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Journal.Level;
import org.ringward.daemon.json.RecordJson;
import org.ringward.ring.os.JournalSocket;
import tools.jackson.core.JsonGenerator;

/**
 * How a log looks. Whatever an agent or a peer put into a text: an entry stays one entry, and is no
 * longer than {@link #ENTRY_MOST_CHARS} (a cut one says so).
 */
public abstract sealed class LogLines {
  /** The longest text of an entry; journald and most collectors take no longer one whole. */
  static final int ENTRY_MOST_CHARS = 16 * 1024;

  /** Facts and reasons behind which a decision's entry has only its sentence. */
  private static final int FIELDS_MOST_BYTES = 64 * 1024;

  private final PrintStream out;

  private LogLines(PrintStream out) {
    this.out = out;
  }

  /** Text on that stream; with levels for journald in place of times, or with times. */
  public static LogLines text(PrintStream out, boolean forJournald) {
    return new TextLines(out, forJournald);
  }

  /**
   * What the settings of a node want.
   *
   * @param forJournald whether systemd reads that stream
   */
  public static LogLines of(NodeSettings settings, PrintStream out, boolean forJournald) {
    return of(settings, out, forJournald, new JournalSocket());
  }

  static LogLines of(
      NodeSettings settings, PrintStream out, boolean forJournald, JournalSocket journald) {
    LogForm form = settings.daemon().log();
    return switch (form) {
      case AUTO -> new TextLines(out, forJournald);
      case TEXT -> new TextLines(out, false);
      case JSON -> new JsonLines(out, settings.nodeName());
      case JOURNALD -> new JournaldFields(out, forJournald, settings.nodeName(), journald);
    };
  }

  /** Writes an entry; the decision is null for an ordinary one. */
  abstract void write(Level level, long wallMillis, String text, @Nullable Decision told);

  final PrintStream out() {
    return out;
  }

  final void flush() {
    out.flush();
  }

  /** One line, and not longer than it may be. */
  static String clean(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    if (line.length() <= ENTRY_MOST_CHARS) {
      return line;
    }
    int more = line.length() - ENTRY_MOST_CHARS;
    return line.substring(0, ENTRY_MOST_CHARS) + "... (" + more + " more characters)";
  }

  /** A decision as a sentence; for an ordinary entry its text. */
  static String sentence(String text, @Nullable Decision told) {
    if (told == null) {
      return clean(text);
    }
    StringBuilder whole = new StringBuilder();
    whole.append(told.kind()).append(' ').append(told.subject()).append(": ").append(told.what());
    if (!told.why().isEmpty()) {
      whole.append(" (because ").append(String.join("; ", told.why())).append(')');
    }
    return clean(whole.toString());
  }

  /** The numbers of syslog(3). */
  static int syslogLevel(Level level) {
    return switch (level) {
      case ERROR -> 3;
      case WARNING -> 4;
      case NOTICE -> 5;
      case INFO -> 6;
      case DEBUG -> 7;
    };
  }

  private static Instant time(long wallMillis) {
    return Instant.ofEpochMilli(wallMillis).truncatedTo(ChronoUnit.MILLIS);
  }

  private static final class TextLines extends LogLines {
    private final boolean forJournald;

    TextLines(PrintStream out, boolean forJournald) {
      super(out);
      this.forJournald = forJournald;
    }

    @Override
    void write(Level level, long wallMillis, String text, @Nullable Decision told) {
      String start =
          forJournald ? "<" + syslogLevel(level) + ">" : time(wallMillis) + " " + level + " ";
      out().println(start + sentence(text, told));
    }
  }

  private static final class JsonLines extends LogLines {
    private final String node;

    JsonLines(PrintStream out, String node) {
      super(out);
      this.node = node;
    }

    @Override
    void write(Level level, long wallMillis, String text, @Nullable Decision told) {
      byte[] line = bytes(level, wallMillis, text, told, true);
      if (line.length > FIELDS_MOST_BYTES) {
        line = bytes(level, wallMillis, text, told, false);
      }
      out().write(line, 0, line.length);
      out().println();
    }

    private byte[] bytes(
        Level level, long wallMillis, String text, @Nullable Decision told, boolean whole) {
      return RecordJson.bytes(json -> {
        json.writeStartObject();
        json.writeStringProperty("time", time(wallMillis).toString());
        json.writeStringProperty("level", level.name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("node", node);
        json.writeStringProperty("message", told == null ? clean(text) : clean(told.what()));
        if (told != null) {
          decision(json, told, whole);
        }
        json.writeEndObject();
      });
    }

    private static void decision(JsonGenerator json, Decision told, boolean whole) {
      json.writeStringProperty("kind", told.kind().name());
      json.writeStringProperty("subject", clean(told.subject()));
      json.writeStringProperty("by", clean(told.node()));
      json.writeStringProperty("clock", told.clock());
      if (!whole) {
        json.writeBooleanProperty("cut", true);
        return;
      }
      json.writeName("why");
      RecordJson.value(json, told.why());
      json.writeName("rejected");
      RecordJson.value(json, told.rejected());
      json.writeName("facts");
      RecordJson.value(json, told.facts());
    }
  }

  /** journald's own protocol: a datagram an entry, KEY=value a line (systemd's JOURNAL_NATIVE). */
  private static final class JournaldFields extends LogLines {
    private final String node;
    private final JournalSocket journald;
    private final TextLines otherwise;

    JournaldFields(PrintStream out, boolean forJournald, String node, JournalSocket journald) {
      super(out);
      this.node = node;
      this.journald = journald;
      this.otherwise = new TextLines(out, forJournald);
    }

    @Override
    void write(Level level, long wallMillis, String text, @Nullable Decision told) {
      StringBuilder entry = new StringBuilder();
      field(entry, "MESSAGE", sentence(text, told));
      field(entry, "PRIORITY", String.valueOf(syslogLevel(level)));
      field(entry, "SYSLOG_IDENTIFIER", "ringward");
      field(entry, "RINGWARD_NODE", node);
      if (told != null) {
        field(entry, "RINGWARD_KIND", told.kind().name());
        field(entry, "RINGWARD_SUBJECT", told.subject());
        field(entry, "RINGWARD_BY", told.node());
        field(entry, "RINGWARD_CLOCK", told.clock());
        told.facts().forEach((name, value) -> fact(entry, name, value));
      }
      if (!journald.send(entry.toString())) {
        otherwise.write(level, wallMillis, text, told);
      }
    }

    private static void fact(StringBuilder entry, String name, String value) {
      String key = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
      if (key.length() <= 48 && entry.length() < FIELDS_MOST_BYTES) {
        field(entry, "RINGWARD_FACT_" + key, value);
      }
    }

    private static void field(StringBuilder entry, String name, String value) {
      entry.append(name).append('=').append(clean(value)).append('\n');
    }
  }
}
