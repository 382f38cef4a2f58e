package org.ringward.sim.medium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.World;

class LanTest {
  private final World world = new World(3, new Trace(null));
  private final List<String> arrived = new ArrayList<>();
  private final Lan lan =
      new Lan(world, 3, (_, node, _, datagram) -> arrived.add(node + " " + new String(datagram)));

  private void send(int from, int to, String text) {
    lan.send(from, to, text.getBytes(), 0, text.length());
  }

  private void run() {
    world.runUntil(world.now() + Time.SECONDS);
  }

  @Test
  void aCutIsOneWay() {
    lan.cut(1, 2, true);
    send(1, 2, "lost");
    send(2, 1, "kept");
    run();
    assertThat(arrived).containsExactly("1 kept");
    lan.mend();
    send(1, 2, "again");
    run();
    assertThat(arrived).endsWith("2 again");
  }

  @Test
  void whatIsUnderWayWhenTheCutComesIsLost() {
    send(1, 2, "lost");
    lan.cut(1, 2, true);
    run();
    assertThat(arrived).isEmpty();
  }

  @Test
  void aClogHoldsBackAndThenLetsEverythingThrough() {
    lan.clog(1, 2, 3 * Time.SECONDS);
    send(1, 2, "a");
    send(1, 2, "b");
    run();
    assertThat(arrived).isEmpty();
    world.runUntil(4 * Time.SECONDS);
    assertThat(arrived).containsExactly("2 a", "2 b");
  }

  @Test
  void aBadNetworkLosesDoublesDelaysAndDamages() {
    lan.quality(new Lan.Quality(Time.MILLIS, 50 * Time.MILLIS, 200_000, 200_000, 200_000, 0));
    for (int i = 0; i < 1000; i++) {
      send(1, 2, "m%03d".formatted(i));
    }
    run();
    List<String> good = arrived.stream().filter(text -> text.matches("2 m[0-9]{3}")).toList();
    assertThat(arrived.size()).isBetween(900, 1020); // 1000 x 0.8 x 1.2
    assertThat(good.size()).isLessThan(arrived.size());
    assertThat(good).isNotEqualTo(good.stream().sorted().toList());
    assertThat(good.stream().distinct().count()).isLessThan(good.size());
  }

  @Test
  void theSenderMayUseItsBytesAgain() {
    byte[] bytes = "first".getBytes();
    lan.send(1, 2, bytes, 0, bytes.length);
    Arrays.fill(bytes, (byte) 'x');
    run();
    assertThat(arrived).containsExactly("2 first");
  }
}
