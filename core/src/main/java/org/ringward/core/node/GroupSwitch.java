package org.ringward.core.node;

import java.util.function.BooleanSupplier;
import org.ringward.core.base.NodeSet;
import org.ringward.core.control.ClusterControl;
import org.ringward.core.forum.ForumDesk;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.RingConfiguration;

/**
 * The nodes' process group carries the cluster layer's own messages and, in the same order, those
 * of programs that talk in groups: each gets its own, and the programs' desk hears at which place
 * of the order a view may go on.
 */
final class GroupSwitch implements ProcessGroupListener {
  private final ClusterControl control;
  private final ForumDesk forum;
  private final BooleanSupplier operational;
  private long sequence;

  /**
   * @param operational whether the ring turns; what is delivered while it does not is of a ring
   *     that is over, and says nothing of a view
   */
  GroupSwitch(ClusterControl control, ForumDesk forum, BooleanSupplier operational) {
    this.control = control;
    this.forum = forum;
    this.operational = operational;
    control.leases().groups(forum::report);
  }

  @Override
  public void configurationChanged(RingConfiguration configuration) {
    control.configurationChanged(configuration);
    if (configuration.kind() == RingConfiguration.Kind.TRANSITIONAL) {
      forum.transitional();
    } else {
      sequence = configuration.sequence();
      forum.regular();
    }
  }

  @Override
  public void synchronised(long ringSequence) {
    control.synchronised(ringSequence);
    look();
  }

  @Override
  public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {
    control.membershipChanged(group, members, joined, left);
    look();
  }

  @Override
  public void delivered(String group, int from, byte[] bytes, int offset, int length) {
    if (ForumDesk.isForum(bytes, offset, length)) {
      forum.delivered(from, bytes, offset, length);
    } else {
      control.delivered(group, from, bytes, offset, length);
      look();
    }
  }

  private void look() {
    if (operational.getAsBoolean()) {
      forum.standing(
          control.leases().mayGrant(), control.members(), sequence, control.formerPrimary());
    }
  }
}
