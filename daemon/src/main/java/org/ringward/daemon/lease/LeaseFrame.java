package org.ringward.daemon.lease;

import org.ringward.core.forum.ForumDesk;
import org.ringward.ring.program.FramedConnection;

/** Kinds of frames and their lengths (docs/leases.md). */
final class LeaseFrame {
  /** Begin of HELLO: "RWLS" in ASCII. */
  static final int MAGIC = 0x534C5752;

  static final int VERSION = 1;

  /** Names and reasons are short. */
  static final int LONGEST = 1024;

  // From a program.
  static final int HELLO = 1;
  static final int OPEN = 2;
  static final int RENEW = 3;
  static final int RELEASE = 4;
  static final int READ_ONLY = 5;
  static final int ONLINE = 6;
  static final int RECOVERED = 7;
  static final int JOIN = 8;
  static final int LEAVE = 9;
  static final int SAY = 10;

  // To a program.
  static final int WELCOME = 17;
  static final int WAITING = 18;
  static final int HELD = 19;
  static final int PEER = 20;
  static final int SUSPEND = 21;
  static final int RECOVER = 22;
  static final int RESUME = 23;
  static final int READS = 24;
  static final int LOST = 25;
  static final int RELEASED = 26;
  static final int REFUSED = 27;
  static final int ENDED = 28;
  static final int MEMBERS = 29;
  static final int MESSAGE = 30;
  static final int PAUSED = 31;
  static final int RESUMED = 32;
  static final int OUT = 33;

  private LeaseFrame() {}

  /** Whether a frame from a program can be of that length. */
  static boolean isLegal(int kind, int length) {
    int content = length - FramedConnection.HEAD;
    return switch (kind) {
      case HELLO, RECOVERED -> content == 8;
      case OPEN -> content > 12 && length <= LONGEST;
      case RENEW, ONLINE, LEAVE -> content == 0;
      case JOIN -> content > 0 && length <= LONGEST;
      case SAY -> content >= 0 && content <= ForumDesk.MESSAGE_MOST;
      case RELEASE -> content == 4;
      case READ_ONLY -> content >= 0 && length <= LONGEST;
      default -> false;
    };
  }
}
