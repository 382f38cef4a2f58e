package org.ringward.cli.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.render.TimelineText;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Progress;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.OperatorException;

/** The demo on a terminal: draws what is, takes keys, tells what was measured. */
final class DemoScreen {
  private static final long DRAW_EVERY_MILLIS = 250;
  private static final int STORY_LINES_MAX = 18;
  private static final String CHOOSE =
      "Press a key; what you break is the node that runs the service unless you choose another.";

  private final DemoSession session;
  private final Environment environment;
  private final boolean browser;
  private final Palette palette;
  private final ScreenText text;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Map<String, String> machines = new LinkedHashMap<>();
  private final RegionMatrix matrix;
  private final RegionCuts cuts;
  private volatile List<String> story = List.of();
  private volatile Map<String, String> states = Map.of();
  private volatile Map<String, RegionsReport> sights = Map.of();
  private volatile boolean over;
  private @Nullable Scenario chosen;

  /**
   * @param browser whether a page is to be opened where there is a display
   */
  DemoScreen(DemoSession session, Environment environment, boolean browser) {
    this.session = session;
    this.browser = browser;
    this.environment = environment;
    this.palette = environment.palette();
    this.text = new ScreenText(palette);
    this.matrix = new RegionMatrix(session.lab().nodes(), session.lab().regions(), palette);
    this.cuts = new RegionCuts(session.lab());
  }

  /** Runs until the operator quits; the exit code. */
  int run() {
    long coldStart;
    try (Progress _ = new Progress(environment, "starting " + session.lab().description())) {
      coldStart = session.rehearsal().coldStart();
    } catch (OperatorException exception) {
      session.keepLogs();
      throw exception;
    }
    String watcher = openPage();
    story =
        List.of(
            "The service answered %d ms after the start of the daemons.".formatted(coldStart),
            DemoStay.sentence(session.lab()),
            "Orders on a page need its node's token; that of %s is in %s"
                .formatted(watcher, session.lab().pageToken(watcher)));
    Thread.ofPlatform().daemon().name("demo-states").start(this::followStates);
    try (TerminalKeys keys = new TerminalKeys(environment.input())) {
      while (!over) {
        draw();
        press(keys.next(DRAW_EVERY_MILLIS));
      }
    } finally {
      environment.output().println();
    }
    return 0;
  }

  /** The page of a node that is not the first to be broken, in a browser if there is one. */
  private String openPage() {
    Optional<String> active = session.rehearsal().active();
    String watcher =
        session.lab().nodes().stream()
            .filter(node -> !active.equals(Optional.of(node)))
            .findFirst()
            .orElse(session.lab().nodes().getFirst());
    if (browser) {
      Browser.open(environment.variables(), session.lab().page(watcher));
    }
    return watcher;
  }

  private void followStates() {
    try {
      while (!over) {
        Map<String, String> seen = new LinkedHashMap<>();
        session.control().quorateStatus().map(StatusReport::nodes).stream()
            .flatMap(List::stream)
            .forEach(node -> seen.put(node.name(), node.state()));
        states = seen;
        Map<String, RegionsReport> heard = new LinkedHashMap<>();
        for (String node : session.lab().nodes()) {
          session.control().regions(node).ifPresent(report -> heard.put(node, report));
        }
        sights = heard;
        TimeUnit.MILLISECONDS.sleep(2 * DRAW_EVERY_MILLIS);
      }
    } catch (InterruptedException _) {
      // the demo ends
    }
  }

  private void press(int key) {
    if (key < 0 || key == 'q' || key == 4) {
      over = true;
    } else if (key != 0 && !busy.get()) {
      if (chosen != null) {
        choose(key, chosen);
      } else if (cuts.isChoosing()) {
        work(() -> cutRegion(key));
      } else if (key == 'x') {
        cuts.choose();
      } else if (key == 'r') {
        work(this::repair);
      } else {
        begin(key);
      }
    }
  }

  private void begin(int key) {
    Optional<Scenario> scenario =
        Optional.ofNullable(
            switch (key) {
              case 'p' -> Scenario.POWER_OFF;
              case 'k' -> Scenario.DAEMON_KILL;
              case 'c' -> Scenario.CUT;
              case 'a' -> Scenario.CUT_ALL;
              case 's' -> Scenario.STALL;
              case 'w' -> Scenario.SERVICE_CRASH;
              case 'm' -> Scenario.MOVE;
              default -> null;
            });
    scenario.ifPresent(what -> {
      if (what.losesNode()) {
        chosen = what;
      } else {
        session.rehearsal().active().ifPresent(node -> work(() -> act(what, node)));
      }
    });
  }

  private void choose(int key, Scenario scenario) {
    chosen = null;
    Optional<String> node =
        key == '\n' || key == '\r'
            ? session.rehearsal().active()
            : session.lab().nodes().stream()
                .filter(name -> name.charAt(name.length() - 1) == key)
                .findFirst();
    node.filter(session.lab()::powered).ifPresent(name -> work(() -> act(scenario, name)));
  }

  private void cutRegion(int key) {
    String done = cuts.press(key);
    if (done != null) {
      story = List.of(done);
    }
  }

  private void work(Runnable task) {
    busy.set(true);
    Thread.ofPlatform()
        .daemon()
        .name("demo-work")
        .start(() -> {
          try {
            task.run();
          } catch (OperatorException exception) {
            story = List.of(palette.paint(Tone.BAD, exception.sentence()));
          } finally {
            busy.set(false);
          }
        });
  }

  private void act(Scenario scenario, String node) {
    story = List.of("At " + node + ": " + scenario.sentence() + " ...");
    machines.put(node, machineAfter(scenario));
    long began = System.nanoTime();
    Rehearsal.Measured measured = session.rehearsal().observe(scenario, node);
    List<String> told = new ArrayList<>();
    String outage =
        measured.problem() == null
            ? "the client waited %d ms.".formatted(measured.outageMillis())
            : measured.problem() + ".";
    told.add(palette.paint(Tone.STRONG, "%s at %s: %s".formatted(scenario.label(), node, outage)));
    if (!session.truth().violations().isEmpty()) {
      told.add(palette.paint(Tone.BAD, session.truth().violations().getLast()));
    }
    long seconds = (System.nanoTime() - began) / 1_000_000_000 + 1;
    List<String> decisions =
        TimelineText.lines(session.control().timeline(seconds), false, environment);
    told.addAll(
        decisions.subList(Math.max(0, decisions.size() - STORY_LINES_MAX), decisions.size()));
    story = told;
  }

  private static String machineAfter(Scenario scenario) {
    return switch (scenario) {
      case POWER_OFF -> "no power";
      case DAEMON_KILL -> "daemon killed";
      case CUT, CUT_ALL -> "cable cut";
      case STALL -> "daemon stalled";
      case HANG -> "hung";
      case STOP_FAILURE -> "cannot stop";
      case SERVICE_CRASH, MOVE, REGION_CUT, ALL_REGIONS_BUT_ONE, LOST_DISK -> "";
    };
  }

  private void repair() {
    story = List.of("Switching on what is off ...");
    cuts.mendAll();
    Optional<String> missing = session.rehearsal().repairAll();
    machines.clear();
    story = List.of(missing.orElse("All nodes are members again and nothing is pending."));
  }

  private void draw() {
    List<ScreenText.NodeView> nodes = session.lab().nodes().stream().map(this::nodeView).toList();
    long now = System.nanoTime();
    Answer last = session.view().last();
    boolean fresh = last != null && now - last.nanos() < 100_000_000;
    ScreenText.Picture picture =
        new ScreenText.Picture(
            session.lab().description(),
            nodes,
            session.lab().service().toString(),
            fresh && last != null ? last.node() : "",
            session.view().slices(now, 1_000_000_000, ScreenText.SLICES),
            matrix.lines(sights),
            story,
            prompt());
    PrintStream output = environment.output();
    StringBuilder frame = new StringBuilder("\u001b[H");
    text.lines(picture).forEach(line -> frame.append(line).append("\u001b[K\n"));
    frame.append("\u001b[J");
    output.print(frame);
    output.flush();
  }

  private String prompt() {
    if (busy.get()) {
      return palette.paint(Tone.NOTICE, "Working ...");
    }
    if (chosen != null) {
      return "Which node: 1, 2, 3, or Enter for the one that runs the service?";
    }
    if (cuts.isChoosing()) {
      return cuts.prompt();
    }
    return palette.paint(Tone.FAINT, CHOOSE);
  }

  private ScreenText.NodeView nodeView(String node) {
    boolean powered = session.lab().powered(node);
    String machine = powered ? machines.getOrDefault(node, "") : "no power";
    return new ScreenText.NodeView(
        node, states.getOrDefault(node, "unknown"), machine, session.lab().activity(node));
  }
}
