package org.ringward.core.cib;

import java.util.List;

/**
 * The whole cluster information base: attributes of the cib element (admin_epoch, epoch,
 * num_updates, have-quorum, dc-uuid, validate-with, execution-date ...), configuration and status.
 */
public record Cib(
    Attributes attributes, Configuration configuration, Status status, List<Element> others) {
  /** Version 0.0.0 with nothing in it. */
  public static final Cib EMPTY =
      new Cib(Attributes.NONE, Configuration.EMPTY, Status.EMPTY, List.of())
          .withVersion(CibVersion.ZERO);

  public Cib {
    others = List.copyOf(others);
  }

  /** The version; a part that is missing or no number counts as 0. */
  public CibVersion version() {
    return new CibVersion(
        Numbers.longOr(attributes.get("admin_epoch"), 0),
        Numbers.longOr(attributes.get("epoch"), 0),
        Numbers.longOr(attributes.get("num_updates"), 0));
  }

  /** Whether the partition that wrote this had quorum; false when it does not say. */
  public boolean haveQuorum() {
    return Booleans.isTrue(attributes.get("have-quorum"));
  }

  public Cib withVersion(CibVersion version) {
    return withAttribute("admin_epoch", Long.toString(version.adminEpoch()))
        .withAttribute("epoch", Long.toString(version.epoch()))
        .withAttribute("num_updates", Long.toString(version.numUpdates()));
  }

  public Cib withQuorum(boolean haveQuorum) {
    return withAttribute("have-quorum", haveQuorum ? "1" : "0");
  }

  public Cib withAttribute(String name, String value) {
    return new Cib(attributes.with(name, value), configuration, status, others);
  }

  public Cib withConfiguration(Configuration changed) {
    return new Cib(attributes, changed, status, others);
  }

  public Cib withStatus(Status changed) {
    return new Cib(attributes, configuration, changed, others);
  }
}
