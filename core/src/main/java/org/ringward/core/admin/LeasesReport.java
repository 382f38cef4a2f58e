package org.ringward.core.admin;

import java.util.List;

/**
 * What applications share, as one node knows it.
 *
 * @param node the node that answers
 * @param grants whether its view may give leases and extend them
 * @param resources by name
 */
public record LeasesReport(String node, boolean grants, List<ResourceLine> resources)
    implements AdminReply.Report {

  public LeasesReport {
    resources = List.copyOf(resources);
  }

  /**
   * A resource.
   *
   * @param waiters nodes of those who wait, in their order
   * @param recoveries what is to be taken over
   */
  public record ResourceLine(
      String name, List<HolderLine> holders, List<String> waiters, List<RecoveryLine> recoveries) {
    public ResourceLine {
      holders = List.copyOf(holders);
      waiters = List.copyOf(waiters);
      recoveries = List.copyOf(recoveries);
    }
  }

  /**
   * Who holds it.
   *
   * @param mode exclusive or shared
   * @param state held, suspended or read-only
   */
  public record HolderLine(String node, long token, String mode, String state, long leaseMillis) {}

  /**
   * What a holder left.
   *
   * @param proof why it can no longer use the resource
   * @param author who vouches for that
   * @param by node that takes over, empty while there is none
   */
  public record RecoveryLine(
      String node, long token, String proof, String author, long wallMillis, String by) {}
}
