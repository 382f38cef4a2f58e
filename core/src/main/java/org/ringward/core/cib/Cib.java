package org.ringward.core.cib;

import java.util.List;

/**
 * The whole cluster information base: attributes of the cib element (admin_epoch, epoch,
 * num_updates, have-quorum, dc-uuid, validate-with, execution-date ...), configuration and status.
 */
public record Cib(
    Attributes attributes, Configuration configuration, Status status, List<Element> others) {
  public Cib {
    others = List.copyOf(others);
  }
}
