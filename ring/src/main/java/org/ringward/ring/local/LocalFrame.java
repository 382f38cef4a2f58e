package org.ringward.ring.local;

import org.ringward.ring.program.FramedConnection;

/** Kinds of frames and the places of their parts (docs/client-protocol.md). */
final class LocalFrame {
  /** Begin of HELLO: "RING" in ASCII. */
  static final int MAGIC = 0x474E4952;

  static final int VERSION = 1;

  /** Length of a frame, then its kind, then a number that says what it belongs to. */
  static final int HEAD = FramedConnection.HEAD;

  static final int KIND = 4;
  static final int NUMBER = 8;

  // From a client.
  static final int HELLO = 1;
  static final int JOIN = 2;
  static final int LEAVE = 3;
  static final int SEND = 4;
  static final int STATUS = 5;

  // To a client.
  static final int WELCOME = 17;
  static final int JOINED = 18;
  static final int DELIVERED = 19;
  static final int MEMBERS = 20;
  static final int CONFIGURATION = 21;
  static final int SYNCHRONISED = 22;
  static final int STATUS_IS = 23;
  static final int ENDED = 24;

  static final int HELLO_LENGTH = HEAD + 8;
  static final int WELCOME_NODE = HEAD + 4;
  static final int WELCOME_PROCESS = HEAD + 8;
  static final int WELCOME_LENGTH = HEAD + 12;

  // Answers in JOINED.
  static final int ACCEPTED = 0;
  static final int EXISTS = 1;
  static final int TRY_AGAIN = 2;

  static final int JOINED_LENGTH = HEAD + 4;

  static final int DELIVERED_NODE = HEAD;
  static final int DELIVERED_PROCESS = HEAD + 4;
  static final int DELIVERED_BYTES = HEAD + 8;

  private LocalFrame() {}
}
