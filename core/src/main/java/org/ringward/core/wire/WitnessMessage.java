package org.ringward.core.wire;

import java.util.List;
import org.ringward.core.base.NodeSet;

/**
 * What a node and a witness say to each other. The layout is Ringward's own: {@link WitnessCodec}.
 */
public sealed interface WitnessMessage {
  /** The version of the layout that is spoken here. */
  int VERSION = 2;

  /** The longest name of a cluster, in bytes. */
  int CLUSTER_MOST = 128;

  /** The most nodes of a cluster. */
  int NODES_MOST = 256;

  /** The longest sentence, in bytes; longer ones are cut. */
  int TEXT_MOST = 400;

  /** The longest frame that is passed on from node to node. */
  int RELAY_MOST = 1500;

  /**
   * The first message of a node.
   *
   * @param incarnation differs for each start of the node
   * @param algorithm number of the algorithm
   * @param tieBreaker 0 lowest, -1 highest, else a node id
   * @param keepActive whether a tie is won by the side that had the vote
   * @param timeoutMillis how long a vote is valid
   * @param nodes ids of all configured nodes
   */
  record Hello(
      int version,
      String cluster,
      int node,
      long incarnation,
      int algorithm,
      int tieBreaker,
      boolean keepActive,
      int timeoutMillis,
      long configVersion,
      NodeSet nodes)
      implements WitnessMessage {}

  /**
   * Where a node stands; also its heartbeat. Whoever reports another ring than before, or gives the
   * vote back, counts no vote that was given in answer to an earlier report.
   *
   * @param sequence grows by one with each report of a connection, from 1
   * @param answered the newest report of this connection that this node has an answer to, 0 for
   *     none
   * @param representative of the ring, 0 while there is none
   * @param ringSequence of the ring
   * @param quorate whether the node is, for the eyes of operators
   * @param givesBack the node counts no vote, and none that answers an earlier report
   * @param held sequence of the last quorate ring of the cluster state that the node holds, 0 for
   *     none, -1 when it keeps none
   * @param members of the ring; empty when the node asks for no vote
   */
  record Report(
      int sequence,
      int answered,
      int representative,
      long ringSequence,
      boolean quorate,
      boolean givesBack,
      long held,
      NodeSet members)
      implements WitnessMessage {}

  /**
   * A frame for other nodes of the cluster.
   *
   * @param to node, 0 for all others
   */
  record Relay(int to, byte[] frame) implements WitnessMessage {}

  /** The answer to {@link Hello}; {@code witness} is the name that the witness gives itself. */
  record Welcome(int version, String witness) implements WitnessMessage {}

  /**
   * The answer to a report, also sent again when it changes.
   *
   * @param sequence of the report that it is about
   * @param answer what it is
   * @param leaseMillis how long a vote is valid, counted from when the report was sent
   * @param connected nodes of the cluster that the witness hears
   * @param reason one sentence
   */
  record Verdict(int sequence, Answer answer, int leaseMillis, NodeSet connected, String reason)
      implements WitnessMessage {}

  /** The last message before the witness closes the connection. */
  record Refused(String reason) implements WitnessMessage {}

  /** A frame from another node of the cluster. */
  record Relayed(int from, byte[] frame) implements WitnessMessage {}

  /**
   * Asks for a certificate.
   *
   * @param secret of the token
   * @param publicKey in the form of X.509 (SubjectPublicKeyInfo)
   */
  record Enrol(byte[] secret, String cluster, int node, byte[] publicKey)
      implements WitnessMessage {}

  /** Certificates in DER: the node's own, then the authority's. */
  record Enrolled(List<byte[]> certificates) implements WitnessMessage {
    public Enrolled {
      certificates = List.copyOf(certificates);
    }
  }

  /** What a witness says about its vote. */
  enum Answer {
    /** The vote is for the side of this node. */
    VOTE,
    /** It is not, and as things are it will not be. */
    NO,
    /** It cannot tell yet. */
    WAIT
  }
}
