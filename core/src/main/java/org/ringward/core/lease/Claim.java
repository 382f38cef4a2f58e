package org.ringward.core.lease;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringward.core.lease.Holder.State;

/** One program's wish for one resource, and what it was told of it. */
final class Claim {
  final long session;
  final int handle;
  final String resource;
  final LeaseOwner owner;
  final LeaseMode mode;
  final long leaseMillis;
  final long stopNanos;

  Wish wish = Wish.HOLD;

  /** Reason for what it says of itself. */
  String reason = "";

  /** The token it was told, 0 while it was not told any. */
  long token;

  /** The token with which it lost its access: it is never told that one again, 0 for none. */
  long givenUp;

  /** Until when it was told that it holds; monotonic nanoseconds. */
  long expiry;

  /** It was told to stop, or that it is released: nothing more is told. */
  boolean silent;

  /** Whether it is a holder by the agreed state, with the token it was told, at the last look. */
  boolean confirmedHolder;

  /** The ring in which the last step went out, -1 when none is under way. */
  long sentIn = -1;

  /** Where its being a holder was seen first: everybody has it when this message is everywhere. */
  long markRing = -1;

  int mark;

  /** Other holders by token, as it was told. */
  final Map<Long, State> peers = new TreeMap<>();

  final Map<Long, String> peerNodes = new TreeMap<>();

  /** Tokens whose takeover it was told of, and of those its own. */
  final Set<Long> recoveries = new TreeSet<>();

  final Set<Long> ownRecoveries = new TreeSet<>();

  /** What the program has taken over, and the others do not know yet. */
  final Set<Long> recovered = new TreeSet<>();

  boolean unsettled;

  enum Wish {
    HOLD,
    READ,
    /** It is to end; all is in order. */
    RELEASE,
    /** It is to end when its lease has run out. */
    END
  }

  Claim(
      long session,
      int handle,
      String resource,
      LeaseOwner owner,
      LeaseMode mode,
      long leaseMillis,
      long stopMillis) {
    this.session = session;
    this.handle = handle;
    this.resource = resource;
    this.owner = owner;
    this.mode = mode;
    this.leaseMillis = leaseMillis;
    this.stopNanos = LeaseTimes.nanos(stopMillis);
  }

  boolean isTold() {
    return token != 0;
  }

  /** Whether the program may believe that it holds. */
  boolean mayWrite(long now) {
    return isTold() && now < expiry;
  }
}
