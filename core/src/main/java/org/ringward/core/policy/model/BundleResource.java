package org.ringward.core.policy.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;

/** Containers, each with an address, a connection and an instance of the bundled primitive. */
public final class BundleResource extends CollectiveResource {
  public final List<Replica> replicas = new ArrayList<>();

  /** The implicit clone of the bundled primitive, null when nothing is bundled. */
  public @Nullable CloneResource child;

  /** docker, podman or rkt. */
  public String technology = "";

  public String image = "";
  public int replicaCount = 1;
  public int replicasPerHost = 1;
  public int promotedMax;
  public boolean unique;
  public @Nullable String controlPort;
  public @Nullable String ipRangeStart;
  public @Nullable String hostInterface;
  public @Nullable String hostNetmask;
  public boolean addHost = true;

  /**
   * One container with what is in it.
   *
   * @param address the IPaddr2 resource, null without ip-range-start
   * @param connection the remote connection into it, null without a bundled primitive
   * @param node the guest node inside, null without a bundled primitive
   * @param child the instance that may run only there, null without a bundled primitive
   */
  public record Replica(
      int number,
      PrimitiveResource container,
      @Nullable String ipAddress,
      @Nullable PrimitiveResource address,
      @Nullable PrimitiveResource connection,
      @Nullable PolicyNode node,
      @Nullable PolicyResource child) {}

  public BundleResource(String id, Element element, int nodeCount) {
    super(id, id, element, null, nodeCount);
  }

  /** For each replica address, child, container, connection; parts that do not exist are absent. */
  @Override
  public List<PolicyResource> members() {
    List<PolicyResource> members = new ArrayList<>();
    if (child != null) {
      members.add(child);
    }
    for (Replica replica : replicas) {
      if (replica.address() != null) {
        members.add(replica.address());
      }
      members.add(replica.container());
      if (replica.connection() != null) {
        members.add(replica.connection());
      }
    }
    return members;
  }
}
