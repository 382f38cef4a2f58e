package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.cli.terminal.Palette;

class ScreenTextTest {
  private static final ScreenText.Picture PICTURE =
      new ScreenText.Picture(
          "three machines",
          List.of(
              new ScreenText.NodeView("n1", "offline", "no power", Activity.NONE),
              new ScreenText.NodeView("n2", "member", "", new Activity(true, true))),
          "http://10.88.0.100/",
          "n2",
          Arrays.asList(null, "n1", "", "n2"),
          List.of("  Who sees whom"),
          List.of("power-off at n1: the client waited 812 ms."),
          "Press a key");

  @Test
  void itShowsNodesClientAndStoryWithoutColours() {
    List<String> lines = new ScreenText(Palette.PLAIN).lines(PICTURE);
    assertThat(lines)
        .contains(
            "Ringward demo - three machines",
            "  # n1  offline                             no power",
            "  # n2  member      address, web server     ",
            "  The client asks http://10.88.0.100/ every 5 ms: n2 answers",
            "  .1x2  last 60 s",
            "  Who sees whom",
            "power-off at n1: the client waited 812 ms.",
            "Press a key");
  }

  @Test
  void nobodyAnsweringIsSaid() {
    ScreenText.Picture dark =
        new ScreenText.Picture(
            "", PICTURE.nodes(), "http://x/", "", List.of(), List.of(), List.of(), "");
    assertThat(new ScreenText(Palette.PLAIN).lines(dark))
        .contains("  The client asks http://x/ every 5 ms: nobody answers");
  }

  @Test
  void aTerminalWithColoursGetsBlocks() {
    assertThat(String.join("\n", new ScreenText(new Palette(true, true)).lines(PICTURE)))
        .contains("\u2588", "\u001b[");
  }
}
