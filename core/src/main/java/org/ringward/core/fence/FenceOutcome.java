package org.ringward.core.fence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param proof that the target can touch nothing any more; null when it failed and after ON
 * @param attempts every run of an agent, in order
 * @param reason one sentence for people
 */
public record FenceOutcome(
    FenceRequest request,
    boolean succeeded,
    @Nullable Proof proof,
    List<Attempt> attempts,
    String reason) {
  public FenceOutcome {
    attempts = List.copyOf(attempts);
  }
}
