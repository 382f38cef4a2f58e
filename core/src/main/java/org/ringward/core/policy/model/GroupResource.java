package org.ringward.core.policy.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;

/** Primitives that run together, one after the other. */
public final class GroupResource extends CollectiveResource {
  public final List<PrimitiveResource> members = new ArrayList<>();
  public boolean ordered = true;
  public boolean collocated = true;

  public GroupResource(
      String id,
      String configuredId,
      Element element,
      @Nullable CollectiveResource parent,
      int nodeCount) {
    super(id, configuredId, element, parent, nodeCount);
  }

  @Override
  public List<PrimitiveResource> members() {
    return members;
  }
}
