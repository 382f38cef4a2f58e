package org.ringward.cli.demo;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which heartbeat regions the operator has cut at which machines, and the two keys that choose the
 * next: the region, then the machine. What is cut already is mended.
 */
final class RegionCuts {
  private final Lab lab;
  private final Set<String> cut = new TreeSet<>();
  private boolean choosing;
  private @Nullable String region;

  RegionCuts(Lab lab) {
    this.lab = lab;
  }

  /** The next keys belong to this. */
  void choose() {
    choosing = true;
    region = null;
  }

  boolean isChoosing() {
    return choosing;
  }

  /** What to ask the operator for. */
  String prompt() {
    List<String> regions = lab.regions();
    if (region == null) {
      StringBuilder list = new StringBuilder("Which region: ");
      for (int number = 1; number <= regions.size(); number++) {
        list.append(number).append(' ').append(regions.get(number - 1)).append(", ");
      }
      return list.append("or any other key for none?").toString();
    }
    return "At which node: 1, 2, 3, or Enter for all?";
  }

  /**
   * Takes a key.
   *
   * @return what was done, one sentence; null when another key is needed or nothing was chosen
   */
  @Nullable String press(int key) {
    String chosen = region;
    int number = key - '1';
    if (chosen == null) {
      boolean good = number >= 0 && number < lab.regions().size();
      choosing = good;
      region = good ? lab.regions().get(number) : null;
      return good && DemoRegions.isCommon(lab.regions().get(number)) ? toggle(lab.nodes()) : null;
    }
    boolean all = key == '\n' || key == '\r';
    boolean one = number >= 0 && number < lab.nodes().size();
    choosing = false;
    return all ? toggle(lab.nodes()) : one ? toggle(List.of(lab.nodes().get(number))) : null;
  }

  /** Cuts the region at these machines, or mends it where it is cut at all of them. */
  private String toggle(List<String> nodes) {
    String name = String.valueOf(region);
    choosing = false;
    region = null;
    boolean mend = nodes.stream().allMatch(node -> cut.contains(name + " at " + node));
    for (String node : nodes) {
      if (mend) {
        lab.mendRegion(name, node);
        cut.remove(name + " at " + node);
      } else {
        lab.cutRegion(name, node);
        cut.add(name + " at " + node);
      }
    }
    return "Region %s is %s at %s."
        .formatted(name, mend ? "whole again" : "cut", String.join(", ", nodes));
  }

  /** Mends whatever is cut. */
  void mendAll() {
    for (String name : lab.regions()) {
      lab.nodes().forEach(node -> lab.mendRegion(name, node));
    }
    cut.clear();
  }
}
