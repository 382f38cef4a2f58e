package org.ringward.core.config;

import static org.ringward.core.config.DiskDeviceKeys.*;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.config.DeviceSettings.Disk;
import org.ringward.core.config.DeviceSettings.Heuristic;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.SettingsSource.Section;
import org.ringward.core.config.SettingsSource.Words;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A quorum disk out of the section quorum.device.disk, and what must hold in it. */
final class DiskReader {
  /** A node's block is 256 + its id, of 512. */
  private static final int NODES_MOST = 255;

  private static final int HEURISTICS_MOST = 10;

  private static final String NO_REBOOT =
      "a node whose score is too low loses the disk's vote and nothing else; what a side without"
          + " quorum does is no-quorum-policy";

  private final SettingsSource source;
  private final Section disk;
  private final List<Member> members;

  DiskReader(SettingsSource source, Section disk, List<Member> members) {
    this.source = source;
    this.disk = disk;
    this.members = members;
  }

  /** What may be in the section; qdiskd's other options are refused with the reason. */
  static Words words() {
    String byDevice = "a disk is named by its device, such as /dev/disk/by-id/scsi-1";
    String fenced = "who kills is fencing's business, decided by the side with quorum";
    String notOurs = "it has no meaning here: the daemon's loop and a thread per disk do the work";
    return Words.of(SECTION, DiskDeviceKeys.ALL)
        .and("heuristics", "heuristics")
        .not("label", byDevice)
        .not("cman_label", byDevice)
        .not("votes", "it is quorum.device.votes")
        .not("master_wins", "it is quorum.device.master_wins")
        .not("reboot", NO_REBOOT)
        .not("stop_cman", NO_REBOOT)
        .not("stop_cluster", NO_REBOOT)
        .not("allow_kill", fenced)
        .not("paranoid", "a node that cannot keep its cycles loses the vote, that is always so")
        .not("io_timeout", "a disk that hangs costs the vote after interval * tko, always")
        .not("max_error_cycles", "errors cost the vote after interval * tko; the daemon goes on")
        .not("use_uptime", notOurs)
        .not("scheduler", notOurs)
        .not("priority", notOurs)
        .not("status_file", "ringward quorum status shows it");
  }

  Disk read() {
    if (!disk.has(DEVICE)) {
      String sentence = SECTION + ".device is missing: the disk that all nodes share";
      throw source.refuse(disk.line(), sentence);
    }
    for (Member member : members) {
      if (member.id() > NODES_MOST) {
        throw disk.refuse(
            DEVICE,
            "node %s has id %d, and a disk has blocks for ids up to %d"
                .formatted(member.name(), member.id(), NODES_MOST));
      }
    }
    int tko = disk.number(TKO);
    int tkoUp = disk.has(TKO_UP) ? disk.number(TKO_UP) : Math.max(2, tko / 3);
    if (tkoUp > tko) {
      String sentence = SECTION + ".tko_up is %d; allowed: 1 to tko (%d)";
      throw disk.refuse(TKO_UP, sentence.formatted(tkoUp, tko));
    }
    int masterWait = disk.has(MASTER_WAIT) ? disk.number(MASTER_WAIT) : tko;
    if (masterWait < tko) {
      String sentence =
          SECTION + ".master_wait is %d; at least tko (%d) cycles are needed, as long";
      String rest = " as the master before may still count the vote";
      throw disk.refuse(MASTER_WAIT, (sentence + rest).formatted(masterWait, tko));
    }
    List<Heuristic> heuristics = heuristics();
    int sum = heuristics.stream().mapToInt(Heuristic::score).sum();
    int least = disk.has(MIN_SCORE) ? disk.number(MIN_SCORE) : 0;
    if (least > Math.max(1, sum)) {
      String sentence = SECTION + ".min_score is %d, and all heuristics together have %d";
      throw disk.refuse(MIN_SCORE, sentence.formatted(least, sum));
    }
    return new Disk(
        disk.text(DEVICE),
        disk.text(FORMAT).equals("sbd"),
        disk.number(INTERVAL),
        tko,
        tkoUp,
        disk.number(UPGRADE_WAIT),
        masterWait,
        least == 0 ? (sum + 1) / 2 : least,
        heuristics);
  }

  private List<Heuristic> heuristics() {
    Node node = disk.node("heuristics");
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode list)) {
      String found = HEURISTICS + " must be a list, found " + SettingsSource.kind(node);
      String form = "; each entry is {program: ping -c1 -w1 192.0.2.1, score: 1}";
      throw source.refuse(SettingsSource.line(node), found + form);
    }
    List<Heuristic> heuristics = new ArrayList<>();
    for (Node each : list.getValue()) {
      Section entry = source.section(HEURISTICS, each, Words.of(HEURISTICS, DiskDeviceKeys.ALL));
      if (!entry.has(PROGRAM)) {
        String sentence = "program is missing in this entry of " + HEURISTICS;
        throw source.refuse(entry.line(), sentence + ": " + PROGRAM.type().range());
      }
      heuristics.add(
          new Heuristic(
              entry.text(PROGRAM),
              entry.number(SCORE),
              entry.number(PROGRAM_INTERVAL),
              entry.number(PROGRAM_TKO)));
    }
    if (heuristics.size() > HEURISTICS_MOST) {
      String sentence = HEURISTICS + " has %d entries; allowed: up to %d";
      throw source.refuse(
          SettingsSource.line(node), sentence.formatted(heuristics.size(), HEURISTICS_MOST));
    }
    return heuristics;
  }
}
