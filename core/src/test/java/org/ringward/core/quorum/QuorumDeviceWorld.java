package org.ringward.core.quorum;

import org.ringward.core.base.NodeSet;

/**
 * Nodes of one cluster and their quorum device on virtual time, with faults. After each step it
 * checks what every device promises: the nodes that count the vote are all in one ring.
 */
public interface QuorumDeviceWorld {
  /** How long a vote may count without the device, milliseconds. */
  int timeoutMillis();

  /** The longest that it takes until a side has the vote, whatever happened before. */
  long settleMillis();

  NodeSet ids();

  /** The nodes that count the vote now. */
  NodeSet voters();

  /** What that node's votequorum is told. */
  DeviceModel device(int node);

  void startAll();

  /** Nodes see each other as these numbers say, one for each node in order; rings follow. */
  void partition(int... of);

  void start(int node);

  void crash(int node);

  /** The node ends orderly. */
  void leave(int node);

  void pause(int node);

  void resume(int node);

  /** Cuts one node off from the device, or mends that. */
  void link(int node, boolean up);

  /** The device dies for all nodes, or comes back. */
  void deviceWorks(boolean works);

  /** One of the faults that only this kind of device has. */
  void ownFault();

  /** All faults end. */
  void heal();

  void run(long millis);
}
