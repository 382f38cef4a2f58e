package org.ringward.core.admin;

import java.util.List;

/**
 * Why something is as it is.
 *
 * @param subject the resource or node asked about
 * @param paragraph the answer in plain words
 * @param candidates every node with its score and what contributed, best first; empty for a node
 * @param decisions what was decided about it lately, newest first, a line each
 */
public record WhyReport(
    String subject, String paragraph, List<Candidate> candidates, List<String> decisions)
    implements AdminReply.Report {

  /**
   * @param score number, INFINITY or -INFINITY; contributions are "score: from what"
   */
  public record Candidate(String node, String score, boolean chosen, List<String> contributions) {}
}
