package org.ringward.core.group;

import org.ringward.core.wire.CfgKill;
import org.ringward.core.wire.CfgMessage;
import org.ringward.core.wire.ServiceHeader;

/** Orders of the configuration service (reference/totem-pg-sync-services.md, section 6). */
final class ConfigurationService extends RingService {
  /** Makes a ring usable again after a fault, in Corosync 2; without meaning in 3. */
  private static final int RING_REENABLE = 0;

  private final int self;
  private CfgListener listener = CfgListener.NONE;

  ConfigurationService(int self) {
    super(ServiceHeader.CFG);
    this.self = self;
  }

  /** Sets who hears the orders. */
  void listen(CfgListener hearer) {
    listener = hearer;
  }

  @Override
  boolean synchronises() {
    return false;
  }

  @Override
  Outcome message(
      int function, int author, byte[] bytes, int offset, int length, boolean bigEndian) {
    return switch (function) {
      case RING_REENABLE -> Outcome.TAKEN;
      case CfgKill.FUNCTION -> {
        CfgKill kill = CfgKill.read(bytes, offset, length, bigEndian);
        if (kill != null && kill.node() == self) {
          listener.killOrdered(author, kill.reason());
        }
        yield kill == null ? Outcome.MALFORMED : Outcome.TAKEN;
      }
      case CfgMessage.SHUTDOWN, CfgMessage.RELOAD, CfgMessage.CRYPTO -> {
        CfgMessage order = CfgMessage.read(bytes, offset, length, bigEndian);
        if (order != null) {
          tell(author, order);
        }
        yield order == null ? Outcome.MALFORMED : Outcome.TAKEN;
      }
      default -> Outcome.UNKNOWN_FUNCTION;
    };
  }

  private void tell(int author, CfgMessage order) {
    switch (order.function()) {
      case CfgMessage.RELOAD -> listener.reloadOrdered(author);
      case CfgMessage.CRYPTO -> listener.keyPhase(author, order.value());
      default -> {
        if (author == self) {
          listener.shutdownOrdered();
        }
      }
    }
  }
}
