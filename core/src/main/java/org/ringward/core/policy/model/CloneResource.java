package org.ringward.core.policy.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;

/**
 * Instances of one primitive or group; promotable or not. Also what a bundle wraps its child in.
 */
public final class CloneResource extends CollectiveResource {
  /** Instances in the order of their numbers; assignment sorts its own copies. */
  public final List<PolicyResource> instances = new ArrayList<>();

  /** The element that every instance is made from. */
  public final Element child;

  public int cloneMax;
  public int cloneNodeMax = 1;
  public int cloneMin;
  public boolean ordered;
  public boolean interleave;
  public boolean globallyUnique;
  public boolean notify;
  public boolean promotable;
  public int promotedMax;
  public int promotedNodeMax;

  /** Set while it is decided which instances are promoted. */
  public boolean choosingRoles;

  /**
   * Instances as they were asked for promotion, the most deserving first; without promotion as they
   * were asked where they go. Empty before.
   */
  public final List<PolicyResource> ranking = new ArrayList<>();

  /** How many instances were promoted by this schedule. */
  public int promoted;

  /** What its notifications carry; null until they are planned. */
  public @Nullable Object notifications;

  public CloneResource(
      String id, Element element, Element child, @Nullable CollectiveResource parent, int nodes) {
    super(id, id, element, parent, nodes);
    this.child = child;
  }

  @Override
  public List<PolicyResource> members() {
    return instances;
  }
}
