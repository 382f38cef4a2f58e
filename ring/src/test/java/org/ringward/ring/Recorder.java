package org.ringward.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.ringward.core.group.GroupChange;
import org.ringward.core.group.GroupMember;
import org.ringward.core.group.RingConfiguration;
import org.ringward.ring.queue.LittleEndian;

/** Writes down what a member is told, as lines. */
public class Recorder implements RingListener {
  private final List<String> lines = new ArrayList<>();

  synchronized void add(String line) {
    lines.add(line);
  }

  /** Everything up to now. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** The messages up to now. */
  public List<String> messages() {
    return lines().stream().filter(each -> each.startsWith("message")).toList();
  }

  public boolean has(String line) {
    return lines().contains(line);
  }

  public long count(Predicate<String> which) {
    return lines().stream().filter(which).count();
  }

  @Override
  public void delivered(int node, int process, byte[] bytes, int offset, int length) {
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    int number = length >= Integer.BYTES ? LittleEndian.getInt(copy, 0) : -1;
    add("message " + node + " #" + number + " " + length + " " + Arrays.hashCode(copy));
  }

  @Override
  public void membershipChanged(GroupChange change) {
    add(
        "members "
            + nodes(change.members())
            + " joined "
            + nodes(change.joined())
            + " left "
            + nodes(change.left())
            + " "
            + change.reason());
  }

  private static List<Integer> nodes(List<GroupMember> members) {
    return members.stream().map(GroupMember::node).toList();
  }

  @Override
  public void configurationChanged(RingConfiguration configuration) {
    add(configuration.kind() + " " + configuration.members());
  }

  @Override
  public void synchronised() {
    add("synchronised");
  }

  @Override
  public void ended(String reason) {
    add("ended " + reason);
  }
}
