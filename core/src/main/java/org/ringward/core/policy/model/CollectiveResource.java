package org.ringward.core.policy.model;

import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;

/** A resource made of others. */
public abstract sealed class CollectiveResource extends PolicyResource
    permits GroupResource, CloneResource, BundleResource {
  protected CollectiveResource(
      String id,
      String configuredId,
      Element element,
      @Nullable CollectiveResource parent,
      int nodeCount) {
    super(id, configuredId, element, parent, nodeCount);
  }
}
