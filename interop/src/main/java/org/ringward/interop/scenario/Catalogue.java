package org.ringward.interop.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ringward.interop.cluster.Shape;
import org.ringward.interop.cluster.Shape.Carrier;

/** All rings that are tried, each with all steps. */
final class Catalogue {
  private static final int TOKEN = 1000;

  private Catalogue() {}

  static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (Carrier carrier : List.of(Carrier.UDPU, Carrier.KNET_AES)) {
      shapes.add(new Shape(3, Set.of(2), carrier, TOKEN));
      shapes.add(new Shape(3, Set.of(1, 3), carrier, TOKEN));
      shapes.add(new Shape(5, Set.of(2, 5), carrier, TOKEN));
    }
    shapes.add(new Shape(3, Set.of(2), Carrier.KNET_AES, 0));
    return shapes;
  }

  /**
   * Rings without any node of ours, to see what corosync does by itself, clear ones, and those by
   * multicast; only by name.
   */
  static List<Shape> controls() {
    return List.of(
        new Shape(3, Set.of(), Carrier.UDPU, TOKEN),
        new Shape(3, Set.of(2), Carrier.UDP, TOKEN),
        new Shape(3, Set.of(1, 3), Carrier.UDP, TOKEN),
        new Shape(3, Set.of(), Carrier.KNET_AES, TOKEN),
        new Shape(3, Set.of(2), Carrier.KNET_CLEAR, TOKEN),
        new Shape(3, Set.of(1, 3), Carrier.KNET_CLEAR, TOKEN));
  }
}
