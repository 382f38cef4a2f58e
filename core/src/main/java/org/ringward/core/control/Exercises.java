package org.ringward.core.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Store;

/**
 * When this cluster was last rehearsed and drilled, as its operators told this node, and the last
 * rehearsal's whole report. Kept in a durable file; a file that cannot be read counts as none.
 */
public final class Exercises {
  /** The durable file. */
  public static final String FILE = "exercises";

  /** Requests of others have positive ids, or -1 and -2. */
  private static final long REQUEST = -3;

  private static final int FORM = 1;
  private static final int DOCUMENT_MOST = 1024 * 1024;
  private static final List<String> KINDS = List.of("rehearsal", "failover", "fence");

  private final Store store;
  private final Map<String, StatusReport.ExerciseLine> last = new TreeMap<>();
  private String document = "";

  /**
   * @param file what port.Store kept of an earlier life, null for nothing
   */
  public Exercises(Store store, byte @Nullable [] file) {
    this.store = store;
    if (file != null) {
      read(file);
    }
  }

  private void read(byte[] file) {
    try {
      MessageReader in = new MessageReader(file, 0, file.length);
      if (in.i32() == FORM) {
        for (StatusReport.ExerciseLine each : in.list(Exercises::line)) {
          last.put(each.kind(), each);
        }
        document = in.text();
      }
    } catch (MalformedMessageException _) {
      last.clear(); // it is only shown
    }
  }

  private static StatusReport.ExerciseLine line(MessageReader in) {
    return new StatusReport.ExerciseLine(in.text(), in.i64(), in.text(), in.text());
  }

  /** A write has ended; whether it was this one. What could not be written is still shown. */
  public boolean stored(long request) {
    return request == REQUEST;
  }

  /** The latest of each kind, the newest first. */
  List<StatusReport.ExerciseLine> lines() {
    List<StatusReport.ExerciseLine> lines = new ArrayList<>(last.values());
    lines.sort(Comparator.comparingLong(StatusReport.ExerciseLine::wallMillis).reversed());
    return lines;
  }

  /** The last rehearsal as JSON. */
  DocumentReport rehearsal() {
    StatusReport.ExerciseLine line = last.get("rehearsal");
    if (line == null || document.isEmpty()) {
      throw new OperatorException(
          ExitCode.NO_SUCH_OBJECT,
          "this node knows of no rehearsal; begin one with: ringward rehearse");
    }
    return new DocumentReport("json", line.version(), document);
  }

  /** An operator tells of an exercise. */
  void note(AdminRequest request, long wallMillis) {
    String kind = request.option("kind", "");
    if (!KINDS.contains(kind)) {
      throw new OperatorException(
          ExitCode.USAGE, "kind is '%s'; allowed are %s".formatted(kind, String.join(", ", KINDS)));
    }
    String text = request.document();
    if (text != null && text.length() > DOCUMENT_MOST) {
      throw new OperatorException(
          ExitCode.DATA_ERROR,
          "the report has %d characters; at most %d are kept"
              .formatted(text.length(), DOCUMENT_MOST));
    }
    last.put(
        kind,
        new StatusReport.ExerciseLine(
            kind, wallMillis, request.option("version", ""), request.option("sentence", "")));
    if (kind.equals("rehearsal")) {
      document = text == null ? "" : text;
    }
    MessageWriter out = new MessageWriter();
    out.i32(FORM);
    out.list(
        List.copyOf(last.values()),
        (to, each) ->
            to.text(each.kind()).i64(each.wallMillis()).text(each.version()).text(each.sentence()));
    store.write(REQUEST, FILE, out.text(document).toBytes());
  }
}
