package org.ringward.core.config;

import static org.ringward.core.config.InterfaceKeys.*;
import static org.ringward.core.config.TotemKeys.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.ringward.core.config.LinkSettings.Cipher;
import org.ringward.core.config.LinkSettings.Hash;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.LinkSettings.Mode;
import org.ringward.core.config.LinkSettings.Transport;

/** Links out of a section totem, and what must hold between them and the node list. */
final class LinksReader {
  private final Values totem;
  private final IntFunction<Values> interfaces;
  private final SortedMap<Integer, Boolean> links;
  private final String clusterName;
  private final Transport transport;

  /**
   * A reader of one file.
   *
   * @param interfaces what the file says about a link, perhaps nothing
   * @param links the links that every node has an address on, and whether these are of IPv4
   */
  LinksReader(
      Values totem,
      IntFunction<Values> interfaces,
      SortedMap<Integer, Boolean> links,
      String clusterName) {
    this.totem = totem;
    this.interfaces = interfaces;
    this.links = links;
    this.clusterName = clusterName;
    this.transport = transport(totem);
  }

  static Transport transport(Values totem) {
    return Transport.valueOf(totem.text(TRANSPORT).toUpperCase(Locale.ROOT));
  }

  LinkSettings read() {
    if (transport != Transport.KNET && !links.keySet().stream().allMatch(link -> link == 0)) {
      String sentence = " is " + totem.text(TRANSPORT) + ", which has link 0 only; the nodes have";
      throw totem.refuse(
          TRANSPORT, totem.name(TRANSPORT) + sentence + " addresses on links " + links.keySet());
    }
    List<Interface> all = new ArrayList<>();
    for (Map.Entry<Integer, Boolean> link : links.entrySet()) {
      all.add(link(link.getKey(), link.getValue()));
    }
    checkPorts(all);
    return new LinkSettings(
        transport,
        cipher(),
        hash(),
        mode(),
        totem.yes(BLOCK_UNLISTED_IPS),
        totem.number(PMTUD_INTERVAL) == 0
            ? LinkSettings.DEFAULT.pmtudIntervalSeconds()
            : totem.number(PMTUD_INTERVAL),
        totem.number(KNET_MTU),
        all);
  }

  /** What has one link only has nothing to choose from. */
  private Mode mode() {
    Mode mode = Mode.valueOf(totem.text(LINK_MODE).toUpperCase(Locale.ROOT));
    return transport == Transport.KNET && links.size() > 1 ? mode : Mode.PASSIVE;
  }

  private Cipher cipher() {
    Cipher cipher = Cipher.valueOf(word(CIPHER, "aes256").toUpperCase(Locale.ROOT));
    if (cipher != Cipher.NONE && transport != Transport.KNET) {
      throw onlyKnet(CIPHER, word(CIPHER, "aes256"));
    }
    if (cipher != Cipher.NONE && word(HASH, "sha256").equals("none")) {
      Setting given = totem.has(CIPHER) ? CIPHER : HASH;
      String found = totem.name(CIPHER) + " is " + word(CIPHER, "aes256");
      throw totem.refuse(
          given, found + " and " + totem.name(HASH) + " is none; a cipher needs a hash");
    }
    return cipher;
  }

  private Hash hash() {
    Hash hash = Hash.valueOf(word(HASH, "sha256").toUpperCase(Locale.ROOT));
    if (hash != Hash.NONE && transport != Transport.KNET) {
      throw onlyKnet(HASH, word(HASH, "sha256"));
    }
    return hash;
  }

  private RuntimeException onlyKnet(Setting setting, String found) {
    String sentence = totem.name(setting) + " is " + found + " and " + totem.name(TRANSPORT);
    String cure = " is " + totem.text(TRANSPORT) + "; only transport knet encrypts: set it to none";
    return totem.refuse(totem.has(setting) ? setting : TRANSPORT, sentence + cure);
  }

  /** The word itself, or what secauth says, or the default where the transport can do it. */
  private String word(Setting setting, String secure) {
    if (totem.has(setting)) {
      return totem.text(setting);
    }
    if (totem.has(SECAUTH)) {
      return totem.yes(SECAUTH) ? secure : "none";
    }
    return transport == Transport.KNET ? totem.text(setting) : "none";
  }

  private Interface link(int number, boolean v4) {
    Values values = interfaces.apply(number);
    if (transport != Transport.UDP && values.number(TTL) != 1) {
      String sentence = values.name(TTL) + " is " + values.number(TTL);
      throw values.refuse(TTL, sentence + "; only transport udp has hops to count, allowed: 1");
    }
    if (transport != Transport.KNET && values.number(PRIORITY) != 1) {
      String sentence = values.name(PRIORITY) + " is " + values.number(PRIORITY);
      throw values.refuse(PRIORITY, sentence + "; only transport knet has several links");
    }
    int step = transport == Transport.UDP ? 2 : 1;
    int port =
        values.has(MCASTPORT)
            ? Integer.parseInt(values.text(MCASTPORT))
            : totem.number(PORT) + step * number;
    if (port > 65_535) {
      String sentence = totem.name(PORT) + " is " + totem.number(PORT) + ", so link " + number;
      throw totem.refuse(PORT, sentence + " would have port " + port + "; ports end at 65535");
    }
    return new Interface(
        number,
        port,
        group(values, number, v4),
        values.yes(BROADCAST),
        values.number(TTL),
        values.number(PRIORITY),
        values.number(PING_INTERVAL),
        values.number(PING_TIMEOUT),
        values.number(PING_PRECISION),
        values.number(PONG_COUNT));
  }

  private String group(Values values, int link, boolean v4) {
    if (transport != Transport.UDP) {
      return "";
    }
    if (!values.has(MCASTADDR)) {
      return MulticastAddress.derived(clusterName, link, !v4);
    }
    String group = values.text(MCASTADDR);
    if (v4 == group.contains(":")) {
      String sentence = values.name(MCASTADDR) + " is " + group + ", the nodes' addresses are ";
      throw values.refuse(MCASTADDR, sentence + (v4 ? "IPv4" : "IPv6") + "; both must be the same");
    }
    return group;
  }

  private void checkPorts(List<Interface> all) {
    for (Interface one : all) {
      for (Interface other : all) {
        if (one.number() < other.number() && one.port() == other.port()) {
          Values values = interfaces.apply(other.number());
          String sentence = "links " + one.number() + " and " + other.number() + " both have port ";
          throw values.refuse(MCASTPORT, sentence + one.port() + "; each link needs its own");
        }
      }
    }
  }
}
