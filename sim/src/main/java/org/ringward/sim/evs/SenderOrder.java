package org.ringward.sim.evs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ringward.sim.world.Violation;

/**
 * Messages of one sender to a group arrive in the order it sent them, and within a configuration
 * without a gap (specification 5 of the paper for one sender); only behind the transitional
 * configuration, those of senders that do not come along may have gaps.
 */
final class SenderOrder {
  private static final String RULE = "EVS 5 order of one sender";

  private final MessageChecks messages;

  SenderOrder(MessageChecks messages) {
    this.messages = messages;
  }

  void check(Piece piece) {
    Map<History, Integer> last = new HashMap<>();
    part(piece, piece.regular, last, -1L);
    Entry.Transitional change = piece.stretch.transitional();
    if (change != null) {
      part(piece, piece.rest, last, change.members());
    }
  }

  private void part(Piece piece, List<Entry> part, Map<History, Integer> last, long company) {
    for (Entry entry : part) {
      if (!(entry instanceof Entry.Delivered delivered)) {
        continue;
      }
      if (!Piece.isAnchor(entry)) {
        // It takes a number of its sender's life now.
        last.replaceAll((sender, ordinal) ->
            sender.node() == delivered.from() ? Integer.valueOf(ordinal + 1) : ordinal);
        continue;
      }
      MessageChecks.Sent sent = messages.sent(delivered.message());
      if (sent == null) {
        continue;
      }
      Integer before = last.put(sent.sender(), sent.ordinal());
      if (before == null) {
        continue;
      }
      boolean gapless = Nodes.has(company, delivered.from());
      if (gapless ? sent.ordinal() != before + 1 : sent.ordinal() <= before) {
        throw new Violation(
            RULE,
            "%s: %s, which is number %d, behind number %d"
                .formatted(piece, MessageId.text(delivered.message()), sent.ordinal(), before));
      }
    }
  }
}
