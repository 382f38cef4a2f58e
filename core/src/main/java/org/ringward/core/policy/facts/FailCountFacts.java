package org.ringward.core.policy.facts;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.NodeHistory;
import org.ringward.core.policy.model.OnFail;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;

/**
 * How often resources failed, from the node attributes {@code fail-count-RSC#OP_INTERVALMS} and
 * {@code last-failure-RSC#OP_INTERVALMS}.
 */
public final class FailCountFacts {
  private static final String COUNT = "fail-count-";
  private static final String LAST = "last-failure-";

  private final Situation situation;
  private final OperationFacts operations;
  private final Map<PolicyNode, Map<String, Failures>> byNode = new LinkedHashMap<>();

  /**
   * All failures of one resource on one node.
   *
   * @param lastSeconds when it failed last, seconds since 1970, 0 when nobody noted it
   */
  public record Failures(int count, long lastSeconds) {
    static final Failures NONE = new Failures(0, 0);

    Failures plus(Failures other) {
      return new Failures(Scores.add(count, other.count), Math.max(lastSeconds, other.lastSeconds));
    }
  }

  FailCountFacts(Situation situation, OperationFacts operations) {
    this.situation = situation;
    this.operations = operations;
  }

  /** What is recorded of the resource itself, expired or not. */
  public Failures recorded(PrimitiveResource resource, PolicyNode node) {
    Map<String, Failures> failures = byNode.computeIfAbsent(node, FailCountFacts::read);
    Failures found = failures.getOrDefault(resource.id, Failures.NONE);
    if (!resource.unique()) {
      // Older statuses count failures of an anonymous instance under its number.
      for (Map.Entry<String, Failures> entry : failures.entrySet()) {
        String name = entry.getKey();
        if (!name.equals(resource.id) && withoutNumber(name).equals(resource.configuredId)) {
          found = found.plus(entry.getValue());
        }
      }
    }
    return found;
  }

  /** How many failures of the resource itself count now. */
  public Failures effective(PrimitiveResource resource, PolicyNode node) {
    Failures failures = recorded(resource, node);
    if (failures.count() > 0 && resource.failureTimeoutMs > 0 && blocking(resource, node)) {
      // A failure that waits for a person does not go away by itself.
      resource.failureTimeoutMs = 0;
    }
    boolean expired =
        failures.count() > 0
            && failures.lastSeconds() > 0
            && resource.failureTimeoutMs > 0
            && situation.now > failures.lastSeconds() + resource.failureTimeoutMs / 1000;
    return expired ? new Failures(0, failures.lastSeconds()) : failures;
  }

  /** As {@link #effective}, with the failures of what runs inside of it. */
  public Failures withFillers(PrimitiveResource resource, PolicyNode node) {
    Failures failures = effective(resource, node);
    if (resource.bundleAround() == null) {
      for (PrimitiveResource filler : resource.fillers) {
        failures = failures.plus(effective(filler, node));
      }
    }
    return failures;
  }

  private static Map<String, Failures> read(PolicyNode node) {
    Map<String, Failures> failures = new LinkedHashMap<>();
    node.attributes.forEach((name, value) -> read(name, value, failures));
    return failures;
  }

  private static void read(String name, @Nullable String value, Map<String, Failures> into) {
    boolean count = name.startsWith(COUNT);
    if (!count && !name.startsWith(LAST)) {
      return;
    }
    int start = count ? COUNT.length() : LAST.length();
    int end = name.lastIndexOf('#');
    if (end <= start) {
      return;
    }
    Failures more =
        count
            ? new Failures(Math.max(0, Values.score(value, 0)), 0)
            : new Failures(0, Values.number(value, 0));
    into.merge(name.substring(start, end), more, Failures::plus);
  }

  static String withoutNumber(String id) {
    int end = id.length();
    while (end > 0 && Character.isDigit(id.charAt(end - 1))) {
      end--;
    }
    return end > 0 && end < id.length() && id.charAt(end - 1) == ':'
        ? id.substring(0, end - 1)
        : id;
  }

  private boolean blocking(PrimitiveResource resource, PolicyNode node) {
    NodeHistory history = resource.histories.get(node);
    if (history == null) {
      return false;
    }
    for (HistoryEntry entry : history.entries()) {
      boolean failed =
          entry.status() != HistoryEntry.PENDING
              && (entry.status() > HistoryEntry.CANCELLED
                  || (entry.expectedExitCode() >= 0
                      && entry.exitCode() != entry.expectedExitCode()
                      && !entry.isProbe()));
      if (failed
          && OperationFacts.find(resource, entry.task(), entry.intervalMs()) != null
          && operations.onFail(resource, entry.task(), entry.intervalMs()) == OnFail.BLOCK) {
        return true;
      }
    }
    return false;
  }
}
