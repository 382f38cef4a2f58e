package org.ringward.core.admin;

import java.util.List;

/**
 * Why something is as it is.
 *
 * @param subject the resource or node asked about
 * @param paragraph the answer in plain words
 * @param parts the resource itself, or each member or instance of what is made of several, with
 *     what its place follows from; empty for a node
 * @param steps what the plan of this moment would do with it
 * @param decisions what was decided about it lately, newest first, a line each
 * @param rungs for a node: what each rung of the fencing ladder is for it, from mild to severe
 * @param facts what else it follows from, a sentence each
 * @param differences what, if it alone were different, would change the answer
 */
public record WhyReport(
    String subject,
    String paragraph,
    List<Part> parts,
    List<Step> steps,
    List<String> decisions,
    List<RungLine> rungs,
    List<String> facts,
    List<Difference> differences)
    implements AdminReply.Report {

  /** Without facts and differences. */
  public WhyReport(
      String subject,
      String paragraph,
      List<Part> parts,
      List<Step> steps,
      List<String> decisions,
      List<RungLine> rungs) {
    this(subject, paragraph, parts, steps, decisions, rungs, List.of(), List.of());
  }

  /** The same with what would have made it different. */
  public WhyReport differing(List<Difference> found) {
    return new WhyReport(subject, paragraph, parts, steps, decisions, rungs, facts, found);
  }

  /**
   * A single change that would have made it different, found by trying.
   *
   * @param change a condition: without location web-n3
   * @param outcome what would be then
   */
  public record Difference(String change, String outcome) {}

  public WhyReport {
    // A daemon before this version does not tell.
    rungs = rungs == null ? List.of() : List.copyOf(rungs);
    facts = facts == null ? List.of() : List.copyOf(facts);
    differences = differences == null ? List.of() : List.copyOf(differences);
  }

  /**
   * A rung of the ladder, for a node that is here: what it would give; for a lost one: what it
   * gave.
   *
   * @param number 1 to 7, docs/fencing.md
   * @param state proof, failed, running, ready (not needed, or its turn has not come), missing,
   *     none
   * @param sentence the proof, what went wrong, or with what
   */
  public record RungLine(int number, String name, String state, String sentence) {}

  /**
   * One primitive or instance.
   *
   * @param candidates every node with its score and what contributed, best first
   */
  public record Part(String resource, List<Candidate> candidates) {}

  /**
   * @param score number, INFINITY or -INFINITY; contributions are "score: from what"
   */
  public record Candidate(String node, String score, boolean chosen, List<String> contributions) {}

  /**
   * One action of the plan.
   *
   * @param action what and where, such as "web_start_0 on n2"
   * @param reason why it is in the plan
   * @param waitsFor the actions that must be done first
   */
  public record Step(String action, String reason, List<String> waitsFor) {}
}
