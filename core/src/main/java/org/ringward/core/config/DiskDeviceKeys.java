package org.ringward.core.config;

import java.util.List;
import org.ringward.core.config.Setting.Choice;
import org.ringward.core.config.Setting.Path;
import org.ringward.core.config.Setting.Text;

/**
 * The settings of a quorum disk, under qdiskd's names (reference/ecosystem.md, B7). Times are
 * milliseconds, as everywhere in the node file.
 */
final class DiskDeviceKeys {
  static final String SECTION = "quorum.device.disk";
  static final String HEURISTICS = SECTION + ".heuristics";

  static final Setting DEVICE =
      words(
          "device",
          new Path(1024),
          "required for model disk",
          "",
          "The shared block device, or a file; a heartbeat region may be on it too.");
  static final Setting FORMAT =
      Setting.of(
          SECTION + ".format",
          new Choice(List.of("ringward", "sbd")),
          "ringward",
          "sbd: behind the slots of an sbd disk, as in regions.");
  static final Setting INTERVAL =
      Setting.number(
          SECTION + ".interval",
          100,
          60_000,
          500,
          "ms",
          "A cycle: the own block is written, all are read.");
  static final Setting TKO =
      Setting.number(
          SECTION + ".tko",
          3,
          1000,
          6,
          "",
          "Cycles after which a node is dead on the disk, and a vote without a clean cycle void.");
  static final Setting TKO_UP =
      words(
          "tko_up",
          new Setting.Whole(1, 1000),
          "tko / 3, at least 2",
          "",
          "Cycles in which a node wrote until it is taken for alive.");
  static final Setting UPGRADE_WAIT =
      Setting.number(
          SECTION + ".upgrade_wait",
          1,
          1000,
          2,
          "",
          "Clean cycles until this node may have the vote.");
  static final Setting MASTER_WAIT =
      words(
          "master_wait",
          new Setting.Whole(1, 1000),
          "tko",
          "",
          "Cycles from the claim to the vote, in which the master before has to see the claim.");
  static final Setting MIN_SCORE =
      words(
          "min_score",
          new Setting.Whole(0, 2550),
          "(sum of scores + 1) / 2",
          "",
          "The score below which this node has no part in the vote.");
  static final Setting PROGRAM =
      new Setting(
          HEURISTICS + ".program",
          new Text(1024),
          "required",
          "",
          "Run by sh -c; exit code 0 adds its score.",
          false,
          List.of());
  static final Setting SCORE =
      Setting.number(HEURISTICS + ".score", 1, 255, 1, "", "What the program adds.");
  static final Setting PROGRAM_INTERVAL =
      Setting.number(
          HEURISTICS + ".interval", 100, 600_000, 2000, "ms", "Time between two of its starts.");
  static final Setting PROGRAM_TKO =
      Setting.number(
          HEURISTICS + ".tko", 1, 1000, 1, "", "Failures in a row until its score is lost.");

  static final List<Setting> ALL =
      List.of(
          DEVICE,
          FORMAT,
          INTERVAL,
          TKO,
          TKO_UP,
          UPGRADE_WAIT,
          MASTER_WAIT,
          MIN_SCORE,
          PROGRAM,
          SCORE,
          PROGRAM_INTERVAL,
          PROGRAM_TKO);

  private DiskDeviceKeys() {}

  private static Setting words(
      String name, Setting.Type type, String otherwise, String unit, String sentence) {
    return new Setting(SECTION + "." + name, type, otherwise, unit, sentence, false, List.of());
  }
}
