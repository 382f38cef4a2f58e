package org.ringward.ring.loop;

/** Room for one datagram and where it came from; used again and again. */
public final class Datagram {
  /** Bytes of the largest. */
  public static final int MOST_BYTES = 65_536;

  private final byte[] bytes = new byte[MOST_BYTES];
  private int length;
  private int link;
  private int fromNode;

  /** The array that holds it, from its beginning on. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** On which of this node's links it came in. */
  public int link() {
    return link;
  }

  /** The configured node that has its source address on that link, 0 for none. */
  public int fromNode() {
    return fromNode;
  }

  /** Says what is in the array now. */
  public void is(int newLength, int newLink, int newFromNode) {
    length = newLength;
    link = newLink;
    fromNode = newFromNode;
  }
}
