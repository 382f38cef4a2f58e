package org.ringward.core.policy.actions;

import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.PolicyNode;

/** Actions and orderings that only bundles have. */
final class Bundles {
  private Bundles() {}

  static boolean probe(Probes probes, BundleResource bundle, PolicyNode node) {
    boolean any = false;
    for (BundleResource.Replica replica : bundle.replicas) {
      if (replica.address() != null) {
        any |= probes.probe(replica.address(), node);
      }
      if (replica.child() != null && replica.node() == node && bundle.child != null) {
        for (var each : replica.child().primitives()) {
          any |= probes.probe(each, node);
        }
      }
      any |= probes.probe(replica.container(), node);
      if (replica.connection() != null) {
        any |= probes.probe(replica.connection(), node);
      }
    }
    return any;
  }
}
