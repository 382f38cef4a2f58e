package org.ringward.cli.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.setup.HostChecks.Check;
import org.ringward.cli.setup.HostChecks.Verdict;
import org.ringward.cli.setup.RemoteCopy.Offset;
import org.ringward.cli.setup.RemoteCopy.Outcome;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.config.NodeSettings;

/** Tells how a setup goes: line by line for people, or all of it as JSON at its end. */
public final class SetupReport {
  /** Clocks that are farther apart than this are worth a word: timelines look odd then. */
  private static final double CLOCK_NOTE_MILLIS = 100;

  private final Environment environment;
  private final boolean json;
  private final Map<String, Object> whole = new LinkedHashMap<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final List<Outcome> copies = new ArrayList<>();

  public SetupReport(Environment environment, boolean json) {
    this.environment = environment;
    this.json = json;
  }

  /** What was found on this machine. */
  public void checks(NodeSettings settings, List<Check> found) {
    checks.addAll(found);
    whole.put("cluster", settings.clusterName());
    whole.put("node", settings.nodeName());
    say("Node %s of cluster %s:".formatted(settings.nodeName(), settings.clusterName()));
    Table table = new Table("  ");
    for (Check each : found) {
      table.row(
          Table.cell(tone(each.verdict()), each.verdict().name().toLowerCase(Locale.ROOT)),
          Table.cell(each.check()),
          Table.cell(each.sentence()));
    }
    table.lines(environment.palette()).forEach(this::say);
  }

  private static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case OK -> Tone.GOOD;
      case NOTE -> Tone.NOTICE;
      case ERROR -> Tone.BAD;
    };
  }

  /** Whether a check of this machine ended with an error. */
  public boolean hasErrors() {
    return checks.stream().anyMatch(each -> each.verdict() == Verdict.ERROR);
  }

  /** A file was made. */
  public void wrote(Path file) {
    files.add(file.toString());
    say("Wrote " + file);
  }

  /** The files went to another node, or not. */
  public void copied(Outcome outcome) {
    copies.add(outcome);
    String how =
        outcome.exitCode() == 0
            ? "has the same files"
            : "was NOT given the files (exit code %d)".formatted(outcome.exitCode());
    say("Node %s %s%s".formatted(outcome.node(), how, clock(outcome.clock())));
    outcome.lines().forEach(line -> say("  " + line));
  }

  private static String clock(@Nullable Offset clock) {
    if (clock == null) {
      return "";
    }
    String how =
        Math.abs(clock.millis()) <= clock.errorMillis()
            ? "the same, as far as can be told"
            : "%.0f ms %s"
                .formatted(Math.abs(clock.millis()), clock.millis() > 0 ? "ahead" : "behind");
    String remark =
        Math.abs(clock.millis()) > CLOCK_NOTE_MILLIS + clock.errorMillis()
            ? "; let NTP set both"
            : "";
    return "; its clock is %s (+-%.0f ms)%s".formatted(how, clock.errorMillis(), remark);
  }

  /** What comes after this; nothing when there is something to be done first. */
  public void next(NodeFolder folder, boolean copied, boolean unfinished) {
    List<String> steps = new ArrayList<>();
    if (!unfinished) {
      if (!copied) {
        steps.add("ringward init --copy");
      }
      steps.add("systemctl enable --now ringward");
      steps.add("ringward apply " + folder.configuration());
      say("Next:");
      if (!copied) {
        say("  ringward init --copy              gives these files to the other nodes, by ssh");
      }
      say("  systemctl enable --now ringward   on every node");
      say(
          "  ringward apply %s   on one, when you have filled it in"
              .formatted(folder.configuration()));
    }
    whole.put("next", steps);
  }

  /** The end; as JSON now everything is said. */
  public int end(int exitCode) {
    if (json) {
      whole.put("exitCode", exitCode);
      whole.put("checks", checks);
      whole.put("files", files);
      whole.put("copies", copies);
      environment.output().println(AdminJson.object("init", whole));
    } else if (hasErrors()) {
      environment
          .errors()
          .println(
              environment.errorPalette().paint(Tone.BAD, "ringward: ")
                  + "This machine cannot be that node yet; nothing was written.");
    }
    return exitCode;
  }

  private void say(String line) {
    if (!json) {
      environment.output().println(line);
    }
  }
}
