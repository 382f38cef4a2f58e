package org.ringward.interop.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ringward.interop.cluster.Shape;
import org.ringward.interop.cluster.Shape.Carrier;
import org.ringward.interop.cluster.Shape.Mode;
import org.ringward.interop.lab.Family;

/** All rings that are tried, and the steps they go through. */
final class Catalogue {
  private static final int TOKEN = 1000;

  /** The loss of a link has to be noticed before that of the token, on a busy machine too. */
  private static final int TOKEN_OF_TWO_LINKS = 3000;

  /** What all rings but those of {@link #SHORT} go through. */
  private static final Set<Step> FULL =
      EnumSet.complementOf(
          EnumSet.of(
              Step.LOSE_RING_IDS,
              Step.CUT_LINK,
              Step.RELOAD_NODE,
              Step.RELOAD_LINK,
              Step.RELOAD_KEY));

  /** Rings that go through other steps when everything is run. */
  private static final Map<Shape, Set<Step>> SHORT = shortOnes();

  private Catalogue() {}

  static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (Carrier carrier : List.of(Carrier.UDPU, Carrier.KNET_AES)) {
      shapes.add(new Shape(3, Set.of(2), carrier, TOKEN));
      shapes.add(new Shape(3, Set.of(1, 3), carrier, TOKEN));
      shapes.add(new Shape(5, Set.of(2, 5), carrier, TOKEN));
    }
    shapes.add(new Shape(3, Set.of(2), Carrier.KNET_AES, 0));
    shapes.addAll(SHORT.keySet());
    return shapes;
  }

  /** The steps of a ring when everything is run. */
  static List<Step> steps(Shape shape) {
    return Arrays.stream(Step.values())
        .filter(step -> step.suits(shape))
        .filter(step -> SHORT.getOrDefault(shape, FULL).contains(step))
        .toList();
  }

  private static Map<Shape, Set<Step>> shortOnes() {
    Map<Shape, Set<Step>> rings = new LinkedHashMap<>();
    rings.put(
        twoLinks(Set.of(2), Mode.PASSIVE),
        EnumSet.of(Step.CUT_LINK, Step.RELOAD_NODE, Step.RELOAD_LINK, Step.RELOAD_KEY));
    rings.put(
        new Shape(3, Set.of(1, 3), Carrier.UDPU, TOKEN, Mode.PASSIVE, List.of(Family.V6)),
        EnumSet.of(Step.MESSAGES));
    rings.put(
        new Shape(3, Set.of(2), Carrier.UDP, TOKEN), EnumSet.of(Step.MESSAGES, Step.LOSE_RING_IDS));
    return rings;
  }

  /** One link with IPv4, one with IPv6. */
  private static Shape twoLinks(Set<Integer> own, Mode mode) {
    List<Family> links = List.of(Family.V4, Family.V6);
    return new Shape(3, own, Carrier.KNET_AES, TOKEN_OF_TWO_LINKS, mode, links);
  }

  private static Shape six(Set<Integer> own, Carrier carrier) {
    return new Shape(3, own, carrier, TOKEN, Mode.PASSIVE, List.of(Family.V6));
  }

  /**
   * Rings without any node of ours, to see what corosync does by itself, clear ones, those by
   * multicast and broadcast, over IPv6 and with other modes of links; only by name.
   */
  static List<Shape> controls() {
    return List.of(
        new Shape(3, Set.of(), Carrier.UDPU, TOKEN),
        new Shape(3, Set.of(1, 3), Carrier.UDP, TOKEN),
        new Shape(3, Set.of(2), Carrier.UDP_BROADCAST, TOKEN),
        new Shape(3, Set.of(1, 3), Carrier.UDP_BROADCAST, TOKEN),
        new Shape(3, Set.of(), Carrier.KNET_AES, TOKEN),
        new Shape(3, Set.of(2), Carrier.KNET_CLEAR, TOKEN),
        new Shape(3, Set.of(1, 3), Carrier.KNET_CLEAR, TOKEN),
        twoLinks(Set.of(1, 3), Mode.PASSIVE),
        twoLinks(Set.of(2), Mode.ACTIVE),
        twoLinks(Set.of(1, 3), Mode.ACTIVE),
        twoLinks(Set.of(2), Mode.RR),
        twoLinks(Set.of(1, 3), Mode.RR),
        six(Set.of(2), Carrier.UDPU),
        six(Set.of(2), Carrier.KNET_AES),
        six(Set.of(1, 3), Carrier.KNET_AES));
  }
}
