package org.ringward.core.region;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.wire.Bytes;
import org.ringward.core.wire.HeartbeatFrame;

/**
 * Questions to single nodes and their answers, over whatever region gets through; one line of text
 * each. A question that was not answered in time ends without an answer, and whether the other has
 * heard it is not known then.
 *
 * <p>Message: kind (1: question, 2: answer), number of the question (8, little-endian), UTF-8 text.
 * Numbers begin with the incarnation of the asker, so that an answer to a former life, which may
 * have taken its time, is not taken for one to this life.
 */
public final class Inquiries implements Mailbox.Listener {
  private static final byte QUESTION = 1;
  private static final byte ANSWER = 2;
  private static final int HEADER = 9;

  /** How long an answer is tried to be delivered. */
  private static final long ANSWER_NANOS = 10_000_000_000L;

  /** Questions without an answer yet; more are refused. */
  private static final int OPEN_MOST = 256;

  /** Sends a message; Regions does. */
  public interface Sender {
    /** As {@link Regions#post}. */
    int post(int node, byte[] content, long until, long now);
  }

  /** Hears what became of a question. */
  public interface Ended {
    /** The answer, null when there was none in time. */
    void ended(@Nullable String answer);
  }

  /** Answers questions of other nodes. */
  public interface Respondent {
    /** A question; give the answer at once or later, or never. */
    void asked(int node, String question, Answer answer);
  }

  /** Takes the answer to one question. */
  public interface Answer {
    void give(String text);
  }

  private record Open(int node, long until, Ended ended) {}

  private final Respondent respondent;
  private final Map<Long, Open> open = new TreeMap<>();
  private Sender sender = (_, _, _, _) -> 0;
  private long lastNumber;
  private long now;

  /**
   * Inquiries of one node.
   *
   * @param incarnation of this life of its daemon; those of two lives are far from each other
   */
  public Inquiries(long incarnation, Respondent respondent) {
    this.lastNumber = incarnation;
    this.respondent = respondent;
  }

  /** What sends; once, before anything is asked. */
  public void through(Sender through) {
    sender = through;
  }

  /** The time of the inputs that follow. */
  public void at(long nanos) {
    now = nanos;
  }

  /**
   * Asks a node.
   *
   * @param question one line, cut to what fits into a message
   * @param patienceNanos after which the question ends without an answer
   * @return false when it cannot be asked: no region, not configured, or too much asked already
   */
  public boolean ask(int node, String question, long patienceNanos, Ended ended) {
    if (open.size() >= OPEN_MOST) {
      return false;
    }
    long number = ++lastNumber;
    long until = now + patienceNanos;
    if (sender.post(node, message(QUESTION, number, question), until, now) == 0) {
      return false;
    }
    open.put(number, new Open(node, until, ended));
    return true;
  }

  private static byte[] message(byte kind, long number, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(utf8.length, HeartbeatFrame.MESSAGE_MAX - HEADER);
    byte[] message = new byte[HEADER + length];
    message[0] = kind;
    Bytes.put64(message, 1, number);
    System.arraycopy(utf8, 0, message, HEADER, length);
    return message;
  }

  @Override
  public void message(int fromNode, byte[] bytes, int offset, int length) {
    if (length < HEADER) {
      return; // of a later version, perhaps
    }
    long number = Bytes.int64(bytes, offset + 1, false);
    String text =
        new String(bytes, offset + HEADER, length - HEADER, StandardCharsets.UTF_8)
            .replaceAll("\\p{Cntrl}", " ");
    if (bytes[offset] == QUESTION) {
      respondent.asked(fromNode, text, answer -> answer(fromNode, number, answer));
    } else if (bytes[offset] == ANSWER) {
      Open question = open.get(number);
      if (question != null && question.node() == fromNode) {
        open.remove(number);
        question.ended().ended(text);
      }
    }
  }

  private void answer(int node, long number, String text) {
    sender.post(node, message(ANSWER, number, text), now + ANSWER_NANOS, now);
  }

  @Override
  public void taken(int node, int number) {
    // The answer is what counts.
  }

  @Override
  public void expired(int node, int number) {
    // The question has the same time and ends by itself.
  }

  /** Ends what waited too long. */
  public void turn(long nanos) {
    now = nanos;
    if (nextDeadline() > nanos) {
      return;
    }
    for (Map.Entry<Long, Open> each : new TreeMap<>(open).entrySet()) {
      if (each.getValue().until() <= nanos) {
        open.remove(each.getKey());
        each.getValue().ended().ended(null);
      }
    }
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    long next = Long.MAX_VALUE;
    if (open.isEmpty()) {
      return next;
    }
    for (Open each : open.values()) {
      next = Math.min(next, each.until());
    }
    return next;
  }
}
