package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Nvpair;

/** Node attributes that last until the node leaves: kept in the status, set by pure functions. */
public final class TransientAttributes {
  private TransientAttributes() {}

  /** A copy with the attribute set. */
  public static Cib set(Cib cib, String nodeName, String name, String value) {
    return StatusEdits.edit(
        cib,
        nodeName,
        state -> {
          List<AttributeSet> sets = new ArrayList<>(state.transientAttributes());
          if (sets.isEmpty()) {
            Attributes attributes = Attributes.of("id", "status-" + state.id());
            sets.add(new AttributeSet("instance_attributes", attributes, List.of(), List.of()));
          }
          int at = 0;
          for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).value(name) != null) {
              at = i;
            }
          }
          sets.set(at, with(sets.get(at), state.id(), name, value));
          return withSets(state, sets);
        });
  }

  /** A copy without the attributes whose name matches; the same cib when there are none. */
  public static Cib removeIf(Cib cib, String nodeName, Predicate<String> matches) {
    NodeState present = StatusEdits.find(cib, nodeName);
    if (present == null || !any(present, matches)) {
      return cib;
    }
    return StatusEdits.edit(
        cib,
        nodeName,
        state -> {
          List<AttributeSet> sets = new ArrayList<>();
          for (AttributeSet set : state.transientAttributes()) {
            List<Nvpair> pairs = new ArrayList<>(set.pairs());
            pairs.removeIf(pair -> matches.test(pair.name()));
            sets.add(new AttributeSet(set.element(), set.attributes(), pairs, set.others()));
          }
          return withSets(state, sets);
        });
  }

  private static boolean any(NodeState state, Predicate<String> matches) {
    for (AttributeSet set : state.transientAttributes()) {
      for (Nvpair pair : set.pairs()) {
        if (matches.test(pair.name())) {
          return true;
        }
      }
    }
    return false;
  }

  private static NodeState withSets(NodeState state, List<AttributeSet> sets) {
    return new NodeState(state.attributes(), sets, state.histories(), state.others());
  }

  private static AttributeSet with(AttributeSet set, String nodeId, String name, String value) {
    List<Nvpair> pairs = new ArrayList<>(set.pairs());
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).name().equals(name)) {
        pairs.set(i, new Nvpair(pairs.get(i).attributes().with("value", value)));
        return new AttributeSet(set.element(), set.attributes(), pairs, set.others());
      }
    }
    String id = "status-" + nodeId + "-" + name.replace('#', '.');
    pairs.add(new Nvpair(Attributes.of("id", id, "name", name, "value", value)));
    return new AttributeSet(set.element(), set.attributes(), pairs, set.others());
  }
}
