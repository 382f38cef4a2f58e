package org.ringward.cli.demo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;

/** What the demo shows, as lines; it looks nothing up. */
final class ScreenText {
  /** Slices of the client's bar, one second each. */
  static final int SLICES = 60;

  private static final List<Tone> NODE_TONES = List.of(Tone.NAME, Tone.GOOD, Tone.NOTICE);

  private final Palette palette;

  ScreenText(Palette palette) {
    this.palette = palette;
  }

  /**
   * All that is shown at one moment.
   *
   * @param slices who answered the client in each slice, empty for nobody, null for not tried
   * @param regions who sees whom on which heartbeat region
   * @param story what was measured and decided after the last thing that was done
   * @param prompt the last line
   */
  record Picture(
      String title,
      List<NodeView> nodes,
      String service,
      String answering,
      List<@Nullable String> slices,
      List<String> regions,
      List<String> story,
      String prompt) {}

  /**
   * @param state as the cluster says it
   * @param machine as the demo knows it: off, cut off, daemon stopped
   */
  record NodeView(String name, String state, String machine, Activity activity) {}

  /** The lines from top to bottom. */
  List<String> lines(Picture picture) {
    List<String> lines = new ArrayList<>();
    lines.add(palette.paint(Tone.STRONG, "Ringward demo") + palette.dot() + picture.title());
    lines.add("");
    for (int i = 0; i < picture.nodes().size(); i++) {
      lines.add(node(picture.nodes().get(i), NODE_TONES.get(i % NODE_TONES.size())));
    }
    lines.add("");
    lines.add(
        "  The client asks %s every %d ms: %s"
            .formatted(picture.service(), Client.EVERY_MILLIS, answering(picture)));
    lines.add("  " + bar(picture) + palette.paint(Tone.FAINT, "  last " + SLICES + " s"));
    lines.add("");
    lines.addAll(picture.regions());
    lines.add("");
    lines.addAll(menu());
    lines.add("");
    lines.addAll(picture.story());
    lines.add("");
    lines.add(picture.prompt());
    return lines;
  }

  private String node(NodeView node, Tone tone) {
    Tone stateTone = node.state().equals("member") ? Tone.GOOD : Tone.BAD;
    List<String> runs = new ArrayList<>();
    if (node.activity().address()) {
      runs.add("address");
    }
    if (node.activity().webServer()) {
      runs.add("web server");
    }
    return "  "
        + palette.paint(tone, block() + " " + node.name())
        + "  "
        + palette.paint(stateTone, "%-12s".formatted(node.state()))
        + palette.paint(Tone.STRONG, "%-24s".formatted(String.join(", ", runs)))
        + palette.paint(Tone.BAD, node.machine());
  }

  private String answering(Picture picture) {
    return picture.answering().isEmpty()
        ? palette.paint(Tone.BAD, "nobody answers")
        : palette.paint(Tone.GOOD, picture.answering() + " answers");
  }

  private String block() {
    return palette.unicode() ? "\u2588" : "#";
  }

  /** One block a second in the colour of who answered; a gap is a red cross. */
  private String bar(Picture picture) {
    StringBuilder bar = new StringBuilder();
    for (String who : picture.slices()) {
      if (who == null) {
        bar.append(palette.paint(Tone.FAINT, "."));
      } else if (who.isEmpty()) {
        bar.append(palette.paint(Tone.BAD, "x"));
      } else {
        int index = index(picture.nodes(), who);
        String mark = palette.colours() ? block() : who.substring(who.length() - 1);
        bar.append(palette.paint(NODE_TONES.get(index % NODE_TONES.size()), mark));
      }
    }
    return bar.toString();
  }

  private static int index(List<NodeView> nodes, String name) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(name)) {
        return i;
      }
    }
    return 0;
  }

  private List<String> menu() {
    return List.of(
        item("p", "power off a node")
            + item("k", "kill its daemon")
            + item("c", "cut its network")
            + item("a", "cut all of it"),
        item("s", "stall its daemon") + item("w", "kill the web server") + item("m", "plan a move"),
        item("x", "cut a heartbeat region") + item("r", "repair everything") + item("q", "quit"));
  }

  private String item(String key, String text) {
    return "  " + palette.paint(Tone.STRONG, key) + " %-24s".formatted(text);
  }
}
