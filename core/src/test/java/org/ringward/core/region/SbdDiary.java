package org.ringward.core.region;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a node is told over disks in sbd's format. */
final class SbdDiary implements SbdSlots.Listener {
  final List<String> lines = new ArrayList<>();

  @Override
  public void condemned(String reason) {
    lines.add("condemned: " + reason);
  }

  @Override
  public void leave(String reason) {
    lines.add("leave: " + reason);
  }

  @Override
  public void exit(String reason) {
    lines.add("exit: " + reason);
  }

  @Override
  public void note(String sentence) {
    lines.add("note: " + sentence);
  }
}
