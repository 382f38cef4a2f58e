package org.ringward.core.node;

import org.jspecify.annotations.Nullable;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.LinkSettings.Transport;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.link.LinkDrop;

/**
 * Says in a sentence what dropped datagrams mean: who sent them, what they are, what to look at.
 */
final class DropSentences {
  private final NodeSettings settings;

  DropSentences(NodeSettings settings) {
    this.settings = settings;
  }

  /**
   * The sentence.
   *
   * @param node who has the source address, 0 for nobody
   */
  String of(LinkDrop reason, int link, int node, long count) {
    String packets = count == 1 ? "1 packet" : count + " packets";
    return packets + " from " + source(node, link) + " on link " + link + " " + meaning(reason);
  }

  private String source(int node, int link) {
    @Nullable Member member =
        settings.members().stream().filter(each -> each.id() == node).findFirst().orElse(null);
    if (member == null) {
      return "an address that is not in the node list";
    }
    String address = address(member, link);
    return member.name() + (address.isEmpty() ? "" : " (" + address + ")");
  }

  /** The member's address on the link, empty when it has none there. */
  private String address(Member member, int link) {
    int at = 0;
    for (Interface each : settings.links().interfaces()) {
      if (each.number() == link && at < member.addresses().size()) {
        return member.addresses().get(at);
      }
      at++;
    }
    return "";
  }

  private String meaning(LinkDrop reason) {
    LinkSettings links = settings.links();
    boolean clear = !links.needsKey();
    return switch (reason) {
      case BAD_SEAL ->
          "could not be authenticated: another key, cipher or hash there, another cluster, or a"
              + " forgery";
      case CLEAR_TRAFFIC ->
          "had neither encryption nor authentication: crypto_cipher and crypto_hash differ, or it"
              + " is another cluster";
      case WRONG_VERSION, UNKNOWN_TYPE, TOO_SHORT, MALFORMED ->
          clear && links.transport() == Transport.KNET
              ? "did not look like kronosnet: encrypted there and not here, or another program"
              : "did not look like this ring's: another version, or another program";
      case TOO_LONG -> "had more bytes than a frame may have: netmtu differs, or another program";
      case UNKNOWN_SENDER ->
          "came from no configured node: another cluster on this port, or the node list differs";
      case WRONG_ADDRESS ->
          "had another node's id: a node id in use twice, addresses mixed up, or a forgery";
      case OWN_SENDER ->
          "had the id of this node: node id "
              + settings.self().id()
              + " is in use twice, or somebody sends this node's packets back to it";
      case UNKNOWN_LINK -> "spoke of a link that is not configured here: the node lists differ";
      case COMPRESSED ->
          "had compressed content, which is not built: set knet_compression_model: none";
      case FOREIGN_CHANNEL ->
          "went to another channel than the ring's: nozzle, or another program of kronosnet";
      case REPLAYED -> "answered what was asked long ago: somebody sends recorded packets again";
      case DUPLICATE -> "came twice: the network repeats packets, or somebody replays them";
      case SENDER_NOT_REACHABLE, OTHER_TARGET, STALE_ANSWER, SELF_QUEUE_FULL ->
          "did not fit the moment";
    };
  }
}
