package org.ringward.core.config;

import static org.ringward.core.config.SettingsDiff.Effect.AT_ONCE;
import static org.ringward.core.config.SettingsDiff.Effect.REFUSED;
import static org.ringward.core.config.SettingsDiff.Effect.RESTART;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.SettingsDiff.Change;

/**
 * What lies between two node lists: who comes, who goes, and who has other addresses. Nodes come
 * and go at once. An address changes at once too when another link to the node stays as it is and
 * carries its data meanwhile; Corosync never changes one, which only a link to its nodes feels.
 */
final class NodeListDiff {
  private static final String DEVICE_HINT =
      "a quorum device decides for the nodes it was told of when they started: stop all nodes";

  private final NodeSettings before;
  private final NodeSettings after;
  private final Consumer<Change> changes;

  NodeListDiff(NodeSettings before, NodeSettings after, Consumer<Change> changes) {
    this.before = before;
    this.after = after;
    this.changes = changes;
  }

  void compare() {
    for (Member old : before.members()) {
      if (member(after, old.id()).isEmpty()) {
        gone(old);
      }
    }
    for (Member member : after.members()) {
      Optional<Member> old = member(before, member.id());
      if (old.isPresent()) {
        kept(old.get(), member);
      } else {
        come(member);
      }
    }
  }

  private void gone(Member old) {
    if (old.id() == before.self().id()) {
      String hint =
          "this node's own id cannot change while it runs, nor can it be removed; stop it";
      String now = Integer.toString(after.self().id());
      refuse("nodes." + old.name() + ".id", Integer.toString(old.id()), now, hint);
    } else if (hasDevice()) {
      refuse("nodes", old.name(), "", DEVICE_HINT);
    } else {
      changes.accept(new Change("nodes", old.name(), "", AT_ONCE));
    }
  }

  private void come(Member member) {
    boolean nameInUse =
        before.members().stream()
            .filter(each -> each.name().equals(member.name()))
            .anyMatch(each -> member(after, each.id()).isPresent());
    if (nameInUse) {
      refuse("nodes", "", member.name(), "a running node keeps its name: that one is taken");
    } else if (hasDevice()) {
      refuse("nodes", "", member.name(), DEVICE_HINT);
    } else if (member.id() != after.self().id()) {
      changes.accept(new Change("nodes", "", member.name(), AT_ONCE));
    }
  }

  private boolean hasDevice() {
    return before.quorum().device().isPresent();
  }

  private void kept(Member old, Member member) {
    String key = "nodes." + old.name();
    different(key + ".name", old.name(), member.name(), RESTART);
    different(
        key + ".votes", Integer.toString(old.votes()), Integer.toString(member.votes()), AT_ONCE);
    for (Interface link : before.links().interfaces()) {
      String address = before.address(old.id(), link.number());
      String changed = after.address(old.id(), link.number());
      if (!changed.isEmpty() && !changed.equals(address)) {
        moved(key + ".ring" + link.number() + "_addr", address, changed);
      }
    }
  }

  private void moved(String key, String address, String changed) {
    if (aLinkStays()) {
      changes.accept(new Change(key, address, changed, AT_ONCE));
    } else {
      String hint =
          "an address in use cannot change unless another link stays: remove the link or node"
              + " first, then add it";
      refuse(key, address, changed, hint);
    }
  }

  /** Whether there is a link on which all nodes that stay have the addresses from before. */
  private boolean aLinkStays() {
    return before.links().interfaces().stream()
        .anyMatch(link ->
            before.members().stream()
                .filter(each -> member(after, each.id()).isPresent())
                .allMatch(each ->
                    before
                        .address(each.id(), link.number())
                        .equals(after.address(each.id(), link.number()))));
  }

  private void different(String key, String old, String value, SettingsDiff.Effect effect) {
    if (!old.equals(value)) {
      changes.accept(new Change(key, old, value, effect));
    }
  }

  private void refuse(String key, String old, String value, String hint) {
    changes.accept(new Change(key, old, value, REFUSED, hint));
  }

  private static Optional<Member> member(NodeSettings settings, int id) {
    return settings.members().stream().filter(each -> each.id() == id).findFirst();
  }

  /** The nodes of now, under the names of before, on the links of now. */
  List<Member> applied() {
    List<Member> members = new ArrayList<>();
    for (Member now : after.members()) {
      String name = member(before, now.id()).map(Member::name).orElse(now.name());
      members.add(new Member(now.id(), name, now.addresses(), now.votes()));
    }
    return members;
  }
}
