package org.ringward.core.link;

import java.util.List;
import java.util.SortedMap;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;

/**
 * Carries Totem frames between this node and the others, as a machine without sockets, clock and
 * threads. Frames may be lost, delayed, repeated and reordered, never changed (as far as the
 * transport authenticates). All times are monotonic nanoseconds. Nothing here throws for what a
 * peer sent.
 *
 * <p>After each input the owner calls {@link #expire}, and again when {@link #nextDeadline} has
 * come.
 */
public interface Transport {
  /** Bytes of the longest frame that can be sent; peers may send longer ones. */
  int frameMax();

  /** Bytes of the longest frame that goes in one datagram at present: losing it loses only it. */
  int wholeFrameMax();

  /** Begins to work. */
  void start(long now);

  /**
   * A datagram of any content.
   *
   * @param link on which of this node's links it came in
   * @param fromNode configured node that has the datagram's source address on that link, 0 when
   *     there is none
   * @return true when it completes a Totem frame: {@link #frame} has it until the next call
   */
  boolean received(int link, int fromNode, byte[] datagram, int offset, int length, long now);

  /**
   * Answers a datagram if it is a question of another node (PING, size of packets) and does nothing
   * else. For a thread that stands in while the owner is busy: never at the same time as another
   * call, but the frame that was completed last stays as it is.
   *
   * @return false when it has to be given to {@link #received} later
   */
  boolean answer(int link, int fromNode, byte[] datagram, int offset, int length);

  /**
   * How long other nodes wait for an answer before they take a link for dead, nanoseconds; as they
   * do by this node's own settings. Long.MAX_VALUE when nobody asks.
   */
  long answersWithin();

  /** The array that holds the frame that was completed last. */
  byte[] frame();

  /** Where in {@link #frame} the frame begins. */
  int frameOffset();

  int frameLength();

  /**
   * The system said that nobody listens at a node's address on a link.
   *
   * @return true when by now nobody listens at that node on any link: its daemon is not running, as
   *     far as an unauthenticated answer can tell
   */
  boolean refused(int link, int node, long now);

  /** Sends a frame to one other node. */
  void send(int toNode, byte[] frame, int length);

  /** Sends a frame to every other configured node. */
  void broadcast(byte[] frame, int length);

  /** What was sent leaves now. */
  void flush();

  /** Runs what is due. */
  void expire(long now);

  /** When {@link #expire} is needed next, Long.MAX_VALUE for never. */
  long nextDeadline();

  /**
   * Takes over changed settings: members, links, their timers and priorities, the policy. Not the
   * transport's kind, nor its keys, nor addresses (the caller moves its sockets first). Links that
   * stay keep their state.
   */
  void reconfigure(NodeSettings settings, long now);

  /**
   * First phase of a change of keys: what arrives may be sealed with this one too. The others must
   * have done it before anyone goes on. Without effect on transports that do not seal.
   *
   * @param key 128 to 4096 bytes
   */
  void loadKey(LinkSettings.Cipher cipher, LinkSettings.Hash hash, byte[] key);

  /**
   * Whether another node sends with the key that was loaded and is not used here yet. Never so for
   * clear traffic, which anyone can send.
   */
  boolean isLoadedKeyUsed();

  /** Second phase: what is sent is sealed with the key that was loaded. */
  void activateKey();

  /** Third phase: only the key in use is understood. */
  void clearOldKey();

  /** Sets who hears of changes of the links. */
  void listen(LinkListener listener);

  /** All links to all other nodes, by node and number. */
  List<LinkStatus> links();

  /** What was dropped since the start. */
  DropCounts drops();

  /** Adds everything that is counted. */
  void report(SortedMap<String, Long> report);
}
