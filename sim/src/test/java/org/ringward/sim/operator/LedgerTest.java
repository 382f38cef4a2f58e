package org.ringward.sim.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.base.ExitCode;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  @Test
  void anAcknowledgedChangeMustBeThere() {
    ledger.asked("mark-1");
    ledger.answered("mark-1", "id=\"mark-1\"", AdminReply.done(""));
    assertThat(ledger.missingIn("<x id=\"mark-1\"/>")).isEmpty();
    assertThat(ledger.missingIn("<x/>")).containsExactly("id=\"mark-1\"");
  }

  @Test
  void aRefusedOrUnknownChangeMayBeThereOrNot() {
    ledger.asked("a");
    ledger.answered("a", "a", AdminReply.failed(ExitCode.OLD.number(), ""));
    ledger.asked("b");
    ledger.answered("b", "b", AdminReply.failed(ExitCode.TIMEOUT.number(), ""));
    assertThat(ledger.missingIn("")).isEmpty();
  }
}
