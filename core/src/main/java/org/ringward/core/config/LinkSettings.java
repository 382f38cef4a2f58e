package org.ringward.core.config;

import java.util.ArrayList;
import java.util.List;

/**
 * How frames get from node to node, under Corosync's names (reference/corosync-conf.md, section 2;
 * reference/knet-wire.md). Times in milliseconds unless said otherwise.
 *
 * @param cipher {@link Cipher#NONE} and {@link Hash#NONE} for clear traffic; a cipher needs a hash
 * @param blockUnlistedIps whether datagrams from addresses that are not configured are dropped
 * @param pmtudIntervalSeconds how often the way's largest packet is looked for
 * @param knetMtu largest IP packet of a link, 0 to find out
 * @param interfaces links in use, ascending by number, no number twice, at least one
 */
public record LinkSettings(
    Transport transport,
    Cipher cipher,
    Hash hash,
    Mode mode,
    boolean blockUnlistedIps,
    int pmtudIntervalSeconds,
    int knetMtu,
    List<Interface> interfaces) {

  /** Links a node can have, numbered from 0. */
  public static final int LINKS_MOST = 8;

  public static final LinkSettings DEFAULT =
      new LinkSettings(
          Transport.KNET,
          Cipher.AES256,
          Hash.SHA256,
          Mode.PASSIVE,
          true,
          30,
          0,
          List.of(Interface.ofLink(0)));

  public LinkSettings {
    interfaces = List.copyOf(interfaces);
  }

  /** Whether the nodes must share a key. */
  public boolean needsKey() {
    return transport == Transport.KNET && (cipher != Cipher.NONE || hash != Hash.NONE);
  }

  /** The same with another port on the first link. */
  public LinkSettings withPort(int port) {
    List<Interface> changed = new ArrayList<>(interfaces);
    changed.set(0, interfaces.getFirst().withPort(port));
    return toBuilder().interfaces(changed).build();
  }

  /** The same in clear: anybody may read and forge the traffic. */
  public LinkSettings clear() {
    return toBuilder().cipher(Cipher.NONE).hash(Hash.NONE).build();
  }

  /** What carries Totem frames. */
  public enum Transport {
    /** Kronosnet: several links, encryption, fragments. */
    KNET,
    /** UDP unicast, a frame in a datagram, neither encrypted nor authenticated. */
    UDPU,
    /** As UDPU, and frames for all go to a multicast group. */
    UDP
  }

  /** Encryption: AES in CBC mode with a key of so many bits. */
  public enum Cipher {
    NONE(0),
    AES128(16),
    AES192(24),
    AES256(32);

    private final int keyBytes;

    Cipher(int keyBytes) {
      this.keyBytes = keyBytes;
    }

    public int keyBytes() {
      return keyBytes;
    }
  }

  /** Authentication: an HMAC with this hash. */
  public enum Hash {
    NONE,
    MD5,
    SHA1,
    SHA256,
    SHA384,
    SHA512
  }

  /** Which of the links that are up carries data. */
  public enum Mode {
    /** The one with the highest priority. */
    PASSIVE,
    /** Every one gets a copy. */
    ACTIVE,
    /** One after the other. */
    RR
  }

  /**
   * One link.
   *
   * @param number 0 to 7
   * @param multicastAddress of transport udp, empty for the one derived from the cluster's name
   * @param broadcast transport udp: the network's broadcast address instead of a multicast group
   * @param priority 0 to 255, higher is preferred
   * @param pingInterval 0 for the one derived from the token timeout
   * @param pingTimeout 0 for the one derived from the token timeout
   * @param pingPrecision samples of the latency's average
   * @param pongCount answers in a row before a link counts as up
   */
  public record Interface(
      int number,
      int port,
      String multicastAddress,
      boolean broadcast,
      int ttl,
      int priority,
      int pingInterval,
      int pingTimeout,
      int pingPrecision,
      int pongCount) {

    /** The defaults of a link; ports begin at 5405. */
    public static Interface ofLink(int number) {
      return new Interface(number, 5405 + number, "", false, 1, 1, 0, 0, 2048, 2);
    }

    /** The same link on another port. */
    public Interface withPort(int otherPort) {
      return new Interface(
          number,
          otherPort,
          multicastAddress,
          broadcast,
          ttl,
          priority,
          pingInterval,
          pingTimeout,
          pingPrecision,
          pongCount);
    }
  }

  /** These settings, to be changed. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Settings under construction; each method takes the value of the component of its name. */
  public static final class Builder {
    private Transport transport;
    private Cipher cipher;
    private Hash hash;
    private Mode mode;
    private boolean blockUnlistedIps;
    private int pmtudIntervalSeconds;
    private int knetMtu;
    private List<Interface> interfaces;

    private Builder(LinkSettings from) {
      transport = from.transport;
      cipher = from.cipher;
      hash = from.hash;
      mode = from.mode;
      blockUnlistedIps = from.blockUnlistedIps;
      pmtudIntervalSeconds = from.pmtudIntervalSeconds;
      knetMtu = from.knetMtu;
      interfaces = from.interfaces;
    }

    public Builder transport(Transport value) {
      transport = value;
      return this;
    }

    public Builder cipher(Cipher value) {
      cipher = value;
      return this;
    }

    public Builder hash(Hash value) {
      hash = value;
      return this;
    }

    public Builder mode(Mode value) {
      mode = value;
      return this;
    }

    public Builder blockUnlistedIps(boolean value) {
      blockUnlistedIps = value;
      return this;
    }

    public Builder pmtudIntervalSeconds(int value) {
      pmtudIntervalSeconds = value;
      return this;
    }

    public Builder knetMtu(int value) {
      knetMtu = value;
      return this;
    }

    public Builder interfaces(List<Interface> value) {
      interfaces = value;
      return this;
    }

    public LinkSettings build() {
      return new LinkSettings(
          transport,
          cipher,
          hash,
          mode,
          blockUnlistedIps,
          pmtudIntervalSeconds,
          knetMtu,
          interfaces);
    }
  }
}
