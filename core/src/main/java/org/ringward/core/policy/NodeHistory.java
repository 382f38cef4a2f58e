package org.ringward.core.policy;

import java.util.List;
import org.ringward.core.cib.ResourceHistory;

/** What one node remembers of one resource, in the order in which it happened. */
record NodeHistory(ClusterNode node, ResourceHistory source, List<HistoryEntry> entries) {}
