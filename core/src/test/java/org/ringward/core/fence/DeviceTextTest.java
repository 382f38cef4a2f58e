package org.ringward.core.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceTextTest {
  @Test
  void names() {
    assertThat(DeviceText.names("a,b c;d\te,,")).containsExactly("a", "b", "c", "d", "e");
    assertThat(DeviceText.names(" ")).isEmpty();
  }

  @Test
  void pairs() {
    assertThat(DeviceText.pairs("node1:1;node2:2,3"))
        .isEqualTo(Map.of("node1", "1", "node2", "2,3"));
    assertThat(DeviceText.pairs("a=x y:1 ; z")).isEqualTo(Map.of("a", "x", "y", "1"));
    assertThat(DeviceText.pairs("a:b\\;c\\ d;e:f:g")).isEqualTo(Map.of("a", "b;c d", "e", "f:g"));
    assertThat(DeviceText.pairs("a:;:b;c")).isEmpty();
    assertThat(DeviceText.pairs("a:b\\")).isEqualTo(Map.of("a", "b\\"));
  }

  @Test
  void valuesByNameInAnyCase() {
    Map<String, String> pairs = DeviceText.pairs("Alpha:1");
    assertThat(DeviceText.value(pairs, "alpha", "")).isEqualTo("1");
    assertThat(DeviceText.value(pairs, "beta", "none")).isEqualTo("none");
  }
}
