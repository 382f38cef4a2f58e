package org.ringward.core.quorum.witness;

import org.ringward.core.wire.WitnessMessage.Answer;

/** An answer and why. */
record Answering(Answer answer, String reason) {
  static final Answering NOTHING = new Answering(Answer.WAIT, "");

  static Answering no(String reason) {
    return new Answering(Answer.NO, reason);
  }

  static Answering later(String reason) {
    return new Answering(Answer.WAIT, reason);
  }
}
