package org.ringward.core.fence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Booleans;
import org.ringward.core.cib.Bundle;
import org.ringward.core.cib.Clone;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;

/**
 * The fencing devices that cut a node's access to some resources' storage rather than its power
 * (meta attribute {@code covers}): rung 4 of the ladder.
 */
public final class AccessDevices {
  private AccessDevices() {}

  /**
   * The primitives that each such device covers, by the device's id. Clones and bundles are covered
   * by none: an instance cannot be told from another. Nor is what may migrate live: it may have
   * arrived where its access is not cut.
   */
  public static SortedMap<String, List<String>> of(Configuration configuration) {
    SortedMap<String, List<String>> devices = new TreeMap<>();
    for (Primitive each : configuration.primitives()) {
      if (each.isFencingDevice()) {
        List<String> covers = new FenceDevice(configuration.effective(each)).covers();
        if (!covers.isEmpty()) {
          devices.put(each.id(), primitives(configuration, covers));
        }
      }
    }
    return Collections.unmodifiableSortedMap(devices);
  }

  private static List<String> primitives(Configuration configuration, List<String> covers) {
    List<String> ids = new ArrayList<>();
    for (Resource top : configuration.resources()) {
      if (top instanceof Clone || top instanceof Bundle) {
        continue;
      }
      for (Primitive primitive : top.primitives()) {
        boolean named = covers.contains(top.id()) || covers.contains(primitive.id());
        boolean stays = !mayMigrate(configuration, top, primitive);
        if (named && stays && !primitive.isFencingDevice()) {
          ids.add(primitive.id());
        }
      }
    }
    return ids;
  }

  private static boolean mayMigrate(Configuration configuration, Resource top, Primitive each) {
    List<AttributeSet> sets = new ArrayList<>(configuration.effective(each).sets());
    sets.addAll(top.sets());
    sets.addAll(configuration.resourceDefaults());
    return sets.stream()
        .flatMap(set -> set.pairs().stream())
        .anyMatch(pair -> pair.name().equals("allow-migrate") && Booleans.isTrue(pair.value()));
  }
}
