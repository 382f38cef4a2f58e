package org.ringward.core.admin;

import java.util.List;
import org.ringward.core.base.Decision;

/** The decisions of the cluster in their agreed order, oldest first. */
public record TimelineReport(List<Decision> decisions) implements AdminReply.Report {}
