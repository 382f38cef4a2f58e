package org.ringward.core.admin;

import java.util.List;

/**
 * What applications share, as one node knows it.
 *
 * @param node the node that answers
 * @param grants whether its view may give leases and extend them
 * @param resources by name
 * @param groups in which programs talk with each other, by name
 */
public record LeasesReport(
    String node, boolean grants, List<ResourceLine> resources, List<GroupLine> groups)
    implements AdminReply.Report {

  public LeasesReport {
    resources = List.copyOf(resources);
    groups = List.copyOf(groups);
  }

  /**
   * A group.
   *
   * @param state open, or paused while nothing gets into its order: then it is shown as it was
   * @param members who has been there longest first
   */
  public record GroupLine(String name, String state, List<MemberLine> members) {
    public GroupLine {
      members = List.copyOf(members);
    }
  }

  /**
   * A program in a group.
   *
   * @param id the place of its joining in the order; no other member of any group has it
   */
  public record MemberLine(String node, long id) {}

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
