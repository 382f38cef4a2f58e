package org.ringward.core.quorum.witness;

import java.util.List;

/**
 * What a node knows of its witness.
 *
 * @param witness the name that it gives itself, empty before the first connection
 * @param state of the connection: waiting, connecting, greeting, connected
 * @param trouble why there is no connection, empty when there is or nothing was tried
 * @param answer the last about this ring: vote, no, wait, none
 * @param reason the witness's sentence
 * @param leftMillis how long the vote counts without another answer, 0 when it does not
 * @param roundTripMillis of the last report
 * @param heard nodes that the witness hears
 */
public record WitnessView(
    String witness,
    String state,
    String trouble,
    String answer,
    String reason,
    long leftMillis,
    long roundTripMillis,
    List<Integer> heard) {
  public WitnessView {
    heard = List.copyOf(heard);
  }
}
