package org.ringward.core.config;

import static org.ringward.core.config.DeviceKeys.*;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.DeviceSettings.Model;
import org.ringward.core.config.DeviceSettings.Net;
import org.ringward.core.config.NodeSettings.Member;

/**
 * A quorum device out of the sections quorum, quorum.device and quorum.device.net, with the rules
 * between the settings (reference/totem-pg-sync-services.md, section 9; corosync-qdevice(8)).
 */
final class DeviceReader {
  private static final int NET_PORT = 5403;
  private static final int WITNESS_PORT = 5408;
  private static final int NET_TIMEOUT = 10_000;
  private static final int WITNESS_TIMEOUT_LEAST = 3000;

  /** Its shortest interval, 1000 ms, is 0.8 of it. */
  private static final int QNETD_TIMEOUT_LEAST = 1250;

  private final Values quorum;
  private final Values device;
  private final Values net;
  private final List<Member> members;
  private final TotemSettings totem;
  private final int sum;
  private final boolean corosync;
  private final @Nullable Supplier<DeviceSettings.Disk> disk;

  /**
   * @param disk reads the section of a quorum disk, null where a file has none
   */
  DeviceReader(
      Values quorum,
      Values device,
      Values net,
      List<Member> members,
      TotemSettings totem,
      boolean corosync,
      @Nullable Supplier<DeviceSettings.Disk> disk) {
    this.corosync = corosync;
    this.disk = disk;
    this.quorum = quorum;
    this.device = device;
    this.net = net;
    this.members = members;
    this.totem = totem;
    this.sum = members.stream().mapToInt(Member::votes).sum();
  }

  /**
   * @throws OperatorException naming file, line, key, what was found and what is allowed
   */
  DeviceSettings read() {
    Model model =
        switch (device.text(MODEL)) {
          case "net" -> Model.NET;
          case "witness" -> Model.WITNESS;
          case "disk" -> Model.DISK;
          default -> Model.NONE;
        };
    if (model == Model.NONE) {
      return DeviceSettings.NONE;
    }
    checkQuorum();
    if (model == Model.DISK) {
      return diskSettings();
    }
    boolean lms = net.text(ALGORITHM).equals("lms");
    int votes = votes(lms);
    if (lms && !corosync) {
      checkMasterWins(votes);
    }
    int timeout = device.has(TIMEOUT) ? device.number(TIMEOUT) : timeout(model);
    DeviceSettings settings = settings(model, lms, votes, timeout);
    if (model == Model.NET) {
      checkQnetd(lms, timeout);
    }
    return settings;
  }

  /** What corosync-qnetd 3.0.3 was observed to do and to accept. */
  private void checkQnetd(boolean lms, int timeout) {
    if (lms) {
      String sentence = "corosync-qnetd's lms may vote for two sides at once: it does not tell the";
      String rest = " one that had its vote; use ffsplit, or model witness ('ringward witness')";
      throw net.refuse(ALGORITHM, sentence + rest);
    }
    if (timeout < QNETD_TIMEOUT_LEAST) {
      throw device.refuse(
          TIMEOUT,
          "quorum.device.timeout is %d; corosync-qnetd needs at least %d"
              .formatted(timeout, QNETD_TIMEOUT_LEAST));
    }
  }

  /** The side with most nodes gets a disk's vote, however few they are, as with lms. */
  private DeviceSettings diskSettings() {
    if (disk == null) {
      String sentence = "quorum.device.model is disk, which only Ringward's own node file has";
      throw device.refuse(MODEL, sentence + "; allowed here: net, witness");
    }
    if (device.has(TIMEOUT)) {
      String sentence = "quorum.device.timeout has no meaning for a disk; it follows from";
      throw device.refuse(TIMEOUT, sentence + " disk.interval * disk.tko");
    }
    for (Setting setting : DeviceKeys.ALL) {
      if (setting.section().equals("quorum.device.net") && net.has(setting)) {
        throw net.refuse(setting, setting.key() + " is given, but quorum.device.model is disk");
      }
    }
    DeviceSettings.Disk settings = disk.get();
    int sync = device.number(SYNC_TIMEOUT);
    if (sync < settings.changeMillis()) {
      String sentence = "quorum.device.sync_timeout is %d ms; the disk may need interval * (tko +";
      String rest = " master_wait + upgrade_wait + 2) = %d ms to find a new master";
      throw device.refuse(
          device.has(SYNC_TIMEOUT) ? SYNC_TIMEOUT : MODEL,
          (sentence + rest).formatted(sync, settings.changeMillis()));
    }
    int votes = votes(true);
    checkMasterWins(votes);
    return new DeviceSettings(
        Model.DISK, votes, settings.leaseMillis(), sync, device.yes(MASTER_WINS), null, settings);
  }

  private DeviceSettings settings(Model model, boolean lms, int votes, int timeout) {
    return new DeviceSettings(
        model,
        votes,
        timeout,
        device.number(SYNC_TIMEOUT),
        device.yes(MASTER_WINS),
        net(model, lms, timeout));
  }

  /** One node with the device's vote must not be quorate beside others that need none. */
  private void checkMasterWins(int votes) {
    int least = members.stream().mapToInt(Member::votes).min().orElse(0);
    int needed = (sum + votes) / 2 + 1;
    if (device.yes(MASTER_WINS) && sum - least >= needed) {
      String sentence =
          "quorum.device.master_wins with %d votes of the device would let one node with its vote";
      String rest = " go on beside others with most votes; it needs quorum.device.votes: %d";
      throw device.refuse(MASTER_WINS, (sentence + rest).formatted(votes, sum - 1));
    }
  }

  /** Each of these would count on the same absence as the device does. */
  private void checkQuorum() {
    for (Setting other :
        List.of(
            QuorumKeys.TWO_NODE,
            QuorumKeys.LAST_MAN_STANDING,
            QuorumKeys.AUTO_TIE_BREAKER,
            QuorumKeys.ALLOW_DOWNSCALE)) {
      if (quorum.yes(other)) {
        String sentence = quorum.name(other) + " and a quorum device exclude each other";
        throw quorum.refuse(other, sentence + "; the device decides, so leave the option out");
      }
    }
    if (quorum.text(QuorumKeys.PROVIDER).equals("none")) {
      String sentence = "a quorum device needs quorum.provider: corosync_votequorum";
      throw device.refuse(MODEL, sentence);
    }
  }

  private int votes(boolean lms) {
    boolean equal = members.stream().allMatch(member -> member.votes() == 1);
    if (!lms && !equal) {
      String sentence = "algorithm ffsplit counts nodes, so each needs one vote; give all nodes";
      throw net.refuse(ALGORITHM, sentence + " votes: 1 or use lms");
    }
    if (!device.has(VOTES) && !equal) {
      String sentence = "quorum.device.votes has to be given, as the nodes have different votes";
      throw device.refuse(MODEL, sentence);
    }
    int otherwise = lms || corosync ? Math.max(1, sum - 1) : 1;
    int votes = device.has(VOTES) ? device.number(VOTES) : otherwise;
    if (!lms && votes != 1) {
      throw device.refuse(
          VOTES,
          "quorum.device.votes is %d%s; with algorithm ffsplit it has to be 1"
              .formatted(votes, device.has(VOTES) ? "" : " by default"));
    }
    if (votes >= sum) {
      String sentence = "quorum.device.votes is %d, as much as all nodes have together (%d): the";
      String rest = " device alone would make any node quorate; at most %d";
      throw device.refuse(VOTES, (sentence + rest).formatted(votes, sum, sum - 1));
    }
    int expected = quorum.number(QuorumKeys.EXPECTED_VOTES);
    if (expected > 0 && expected < sum + votes) {
      throw quorum.refuse(
          QuorumKeys.EXPECTED_VOTES,
          "quorum.expected_votes is %d; with the device there are %d votes"
              .formatted(expected, sum + votes));
    }
    return votes;
  }

  /** So short that a node that has crashed is waited for no longer than its ring needs anyway. */
  private int timeout(Model model) {
    int ring = totem.token() + totem.consensus();
    return model == Model.NET
        ? NET_TIMEOUT
        : Math.clamp(ring, WITNESS_TIMEOUT_LEAST, ((Setting.Whole) TIMEOUT.type()).most());
  }

  private Net net(Model model, boolean lms, int timeout) {
    if (!net.has(HOST)) {
      String sentence = "quorum.device.net.host is missing: where the device is";
      throw device.refuse(MODEL, sentence);
    }
    Net.Tls tls =
        switch (net.text(TLS)) {
          case "off" -> Net.Tls.OFF;
          case "required" -> Net.Tls.REQUIRED;
          default -> Net.Tls.ON;
        };
    if (model == Model.WITNESS && tls == Net.Tls.OFF) {
      throw net.refuse(TLS, "quorum.device.net.tls is off; a witness speaks TLS only");
    }
    int port = model == Model.NET ? NET_PORT : WITNESS_PORT;
    return new Net(
        net.text(HOST),
        net.has(PORT) ? net.number(PORT) : port,
        lms,
        tieBreaker(),
        net.yes(KEEP_ACTIVE),
        tls,
        net.has(CONNECT_TIMEOUT) ? net.number(CONNECT_TIMEOUT) : timeout / 10 * 8,
        Integer.parseInt(net.text(FORCE_IP_VERSION)),
        net.text(PKCS12));
  }

  private int tieBreaker() {
    String text = net.text(TIE_BREAKER);
    if (text.equals("lowest")) {
      return 0;
    }
    if (text.equals("highest")) {
      return -1;
    }
    for (Member member : members) {
      if (text.equals(Integer.toString(member.id()))) {
        return member.id();
      }
    }
    throw refuseTieBreaker(text);
  }

  private OperatorException refuseTieBreaker(String text) {
    String sentence = "quorum.device.net.tie_breaker is \"%s\"; allowed: lowest, highest or the id";
    return net.refuse(TIE_BREAKER, (sentence + " of a node of the list").formatted(text));
  }
}
