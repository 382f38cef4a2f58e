package org.ringward.sim.evs;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.world.Violation;

/**
 * Closed process groups, one process at a time: what is delivered goes to members only; every
 * change of a group follows from the one before; no message comes between a configuration and its
 * synchronisation; who comes along stays a member, who does not is taken out
 * (reference/totem-pg-sync-services.md, section 8). Cuts a history into {@link Piece}s on the way.
 */
final class GroupChecks {
  private static final String RULE = "groups";

  private final History process;
  private final List<Piece> pieces = new ArrayList<>();
  private final TreeMap<Integer, View> views = new TreeMap<>();
  private boolean synchronised;

  /** Those who came along with this process since messages flowed last. */
  private long cameAlong;

  /** What the process knows of a group. */
  private static final class View {
    long members;
    long membersWhenLastSynchronised;
    boolean joined;
    @Nullable Piece piece;
  }

  GroupChecks(History process) {
    this.process = process;
    this.cameAlong = Nodes.of(process.node());
  }

  /** The members of each group the process was in when a ring was synchronised. */
  record SynchronisedView(RingId ring, int group, long members, History process) {}

  List<Piece> pieces() {
    return pieces;
  }

  /** Goes through all stretches of the process. */
  List<SynchronisedView> check(List<Stretch> stretches) {
    List<SynchronisedView> found = new ArrayList<>();
    for (Stretch stretch : stretches) {
      synchronised = false;
      views.values().forEach(view -> view.piece = null);
      for (Entry entry : stretch.regular()) {
        if (entry instanceof Entry.Synchronised step) {
          synchronise(stretch, step, found);
        } else {
          entry(stretch, entry, false);
        }
      }
      for (Entry entry : stretch.rest()) {
        if (entry instanceof Entry.Synchronised) {
          throw broken("was synchronised in the transitional configuration after " + stretch);
        }
        entry(stretch, entry, true);
      }
      if (stretch.transitional() != null) {
        cameAlong &= stretch.transitional().members();
      }
    }
    return found;
  }

  private void synchronise(Stretch stretch, Entry.Synchronised step, List<SynchronisedView> found) {
    if (synchronised || step.sequence() != stretch.ring().sequence()) {
      throw broken("was synchronised out of turn in ring " + stretch.ring());
    }
    synchronised = true;
    views.forEach((group, view) -> {
      if (view.joined) {
        long stay = view.membersWhenLastSynchronised & cameAlong;
        if ((view.members & cameAlong) != stay) {
          throw broken(
              "has %s in group %d after ring %s was synchronised; of %s, %s came along"
                  .formatted(
                      Nodes.text(view.members),
                      group,
                      stretch.ring(),
                      Nodes.text(view.membersWhenLastSynchronised),
                      Nodes.text(cameAlong)));
        }
        view.piece = piece(stretch, group, true);
        found.add(new SynchronisedView(stretch.ring(), group, view.members, process));
      }
    });
    cameAlong = stretch.installed().members();
    remember();
  }

  private void remember() {
    views.values().forEach(view -> view.membersWhenLastSynchronised = view.members);
  }

  private Piece piece(Stretch stretch, int group, boolean fromStart) {
    Piece piece = new Piece(stretch, group, fromStart);
    pieces.add(piece);
    return piece;
  }

  private void entry(Stretch stretch, Entry entry, boolean behind) {
    switch (entry) {
      case Entry.Delivered delivered -> {
        View view = views.get(delivered.group());
        if (!synchronised) {
          throw broken(
              "got %s in ring %s before it was synchronised"
                  .formatted(MessageId.text(delivered.message()), stretch.ring()));
        }
        if (view == null || view.piece == null) {
          throw broken(
              "got %s without being in its group".formatted(MessageId.text(delivered.message())));
        }
        if (!Nodes.has(view.members, delivered.from())) {
          throw broken(
              "got %s from outside of the group".formatted(MessageId.text(delivered.message())));
        }
        (behind ? view.piece.rest : view.piece.regular).add(delivered);
      }
      case Entry.GroupChange change -> change(stretch, change, behind);
      default -> {}
    }
  }

  private void change(Stretch stretch, Entry.GroupChange change, boolean behind) {
    View view = views.computeIfAbsent(change.group(), _ -> new View());
    boolean self = Nodes.has(change.members(), process.node());
    if (view.joined && change.members() != ((view.members & ~change.left()) | change.joined())) {
      throw broken("had %s in a group, then %s".formatted(Nodes.text(view.members), change));
    }
    if ((change.left() & change.members() & ~change.joined()) != 0
        || ((change.members() & ~stretch.installed().members()) != 0 && synchronised)) {
      throw broken("got %s in ring %s".formatted(change, stretch.ring()));
    }
    if (synchronised && view.piece != null) {
      (behind ? view.piece.rest : view.piece.regular).add(change);
    }
    view.members = change.members();
    if (synchronised) {
      view.membersWhenLastSynchronised = view.members;
    }
    if (self && !view.joined) {
      view.joined = true;
      if (synchronised) {
        view.piece = piece(stretch, change.group(), false);
        (behind ? view.piece.rest : view.piece.regular).add(change);
      }
    } else if (!self && view.joined) {
      view.joined = false;
      if (view.piece != null) {
        view.piece.toEnd = false;
        view.piece = null;
      }
    }
  }

  private Violation broken(String what) {
    return new Violation(RULE, process + " " + what);
  }
}
