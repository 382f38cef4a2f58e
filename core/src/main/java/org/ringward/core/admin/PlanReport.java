package org.ringward.core.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration means, before or after it was applied.
 *
 * @param version version it was computed against, or the new one when applied
 * @param digest of the configuration with that version, for expect-digest; null from a daemon that
 *     does not tell
 * @param applied false for a plan
 * @param configurationChanges what differs in the configuration, a line each
 * @param changes what will start, stop, move
 * @param warnings what the operator should know, a sentence each
 * @param timeouts times that are unsafe or not sensible together, a sentence each with numbers
 * @param outlook what each single failure would lead to once this is in force; empty when nobody
 *     asked for it
 */
public record PlanReport(
    String version,
    @Nullable String digest,
    boolean applied,
    List<String> configurationChanges,
    List<Change> changes,
    List<String> warnings,
    List<String> timeouts,
    List<Failure> outlook)
    implements AdminReply.Report {

  public PlanReport {
    configurationChanges = List.copyOf(configurationChanges);
    changes = List.copyOf(changes);
    warnings = List.copyOf(warnings);
    // A daemon before this version does not tell.
    timeouts = timeouts == null ? List.of() : List.copyOf(timeouts);
    outlook = outlook == null ? List.of() : List.copyOf(outlook);
  }

  /** Without a look at what may happen later. */
  public PlanReport(
      String version,
      @Nullable String digest,
      boolean applied,
      List<String> configurationChanges,
      List<Change> changes,
      List<String> warnings) {
    this(version, digest, applied, configurationChanges, changes, warnings, List.of(), List.of());
  }

  /** The same with what was foreseen. */
  public PlanReport foreseen(List<String> unsafeTimes, List<Failure> failures) {
    return new PlanReport(
        version, digest, applied, configurationChanges, changes, warnings, unsafeTimes, failures);
  }

  /**
   * A single failure.
   *
   * @param part node, link, region, fence device or resource
   * @param subject which one
   * @param verdict untouched, recovers, loses, waits (for a person or a repair) or unsafe
   * @param effects what happens to each resource that is touched, a few words each
   */
  public record Failure(
      String part, String subject, String verdict, String sentence, List<String> effects) {
    public Failure {
      effects = List.copyOf(effects);
    }
  }

  /**
   * @param action Start, Stop, Move, Restart, Recover, Fence, Probe
   * @param from node, empty when it is not active
   * @param to node, empty when it ends up stopped
   */
  public record Change(String resource, String action, String from, String to, String reason) {}
}
