package org.ringward.core.lease;

import java.util.List;
import java.util.Locale;
import org.ringward.core.admin.LeasesReport;
import org.ringward.core.admin.LeasesReport.GroupLine;
import org.ringward.core.admin.LeasesReport.HolderLine;
import org.ringward.core.admin.LeasesReport.RecoveryLine;
import org.ringward.core.admin.LeasesReport.ResourceLine;

/** What operators are shown of the leases. */
final class LeaseReports {
  private LeaseReports() {}

  static LeasesReport of(String node, boolean grants, Leases leases, List<GroupLine> groups) {
    return new LeasesReport(
        node, grants, leases.byName().values().stream().map(LeaseReports::line).toList(), groups);
  }

  private static ResourceLine line(Lease lease) {
    return new ResourceLine(
        lease.name(),
        lease.holders().stream().map(LeaseReports::line).toList(),
        lease.waiters().stream().map(each -> each.owner().node()).toList(),
        lease.recoveries().stream().map(each -> line(lease, each)).toList());
  }

  private static HolderLine line(Holder holder) {
    return new HolderLine(
        holder.owner().node(),
        holder.token(),
        word(holder.mode().name()),
        word(holder.state().name()),
        holder.leaseMillis());
  }

  private static RecoveryLine line(Lease lease, Recovery recovery) {
    String by =
        lease.holders().stream()
            .filter(each -> each.token() == recovery.by())
            .map(each -> each.owner().node())
            .findFirst()
            .orElse("");
    return new RecoveryLine(
        recovery.owner().node(),
        recovery.token(),
        recovery.proof(),
        recovery.author(),
        recovery.wallMillis(),
        by);
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
