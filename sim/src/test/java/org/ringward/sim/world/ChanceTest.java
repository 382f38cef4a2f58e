package org.ringward.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChanceTest {
  /** SplitMix64 of seed 0 as published with the algorithm: the numbers do not depend on the JVM. */
  @Test
  void mixIsTheFinaliserOfSplitMix64() {
    assertThat(Chance.mix(0x9E3779B97F4A7C15L)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(Chance.mix(2 * 0x9E3779B97F4A7C15L)).isEqualTo(0x6E789E6AA1B965F4L);
  }

  @Test
  void sameSeedSameNumbers() {
    Chance one = new Chance(7);
    Chance two = new Chance(7);
    for (int i = 0; i < 100; i++) {
      assertThat(one.next()).isEqualTo(two.next());
    }
    assertThat(new Chance(8).next()).isNotEqualTo(new Chance(7).next());
  }

  @Test
  void forksAreIndependentOfTheDrawsOfOthers() {
    Chance one = new Chance(7);
    Chance lan = one.fork("lan");
    Chance disk = one.fork("disk");
    long expected = disk.next();

    Chance two = new Chance(7);
    Chance busyLan = two.fork("lan");
    Chance sameDisk = two.fork("disk");
    for (int i = 0; i < 50; i++) {
      busyLan.next();
    }
    assertThat(sameDisk.next()).isEqualTo(expected);
    assertThat(lan.next()).isNotEqualTo(expected);
  }

  @Test
  void betweenReachesBothEndsAndNothingElse() {
    Chance chance = new Chance(1);
    boolean[] seen = new boolean[4];
    for (int i = 0; i < 200; i++) {
      seen[chance.between(3, 6) - 3] = true;
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void inMillionIsRoughlyRight() {
    Chance chance = new Chance(1);
    int hits = 0;
    for (int i = 0; i < 100_000; i++) {
      hits += chance.inMillion(100_000) ? 1 : 0;
    }
    assertThat(hits).isBetween(9_500, 10_500);
    assertThat(chance.inMillion(0)).isFalse();
  }
}
