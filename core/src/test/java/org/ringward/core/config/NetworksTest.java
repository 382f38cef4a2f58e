package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworksTest {
  @Test
  void apartIsWhatSharesNoNetworkWithAnyOfThem() {
    List<String> ring = List.of("10.0.0.1", "10.0.0.2", "fd00:1::1");
    assertThat(Networks.isApart("10.0.0.77", ring)).isFalse();
    assertThat(Networks.isApart("10.0.1.77", ring)).isTrue();
    assertThat(Networks.isApart("fd00:1::77", ring)).isFalse();
    assertThat(Networks.isApart("fd00:1:0:1::77", ring)).isTrue();
  }

  @Test
  void aNameMayBeAnywhere() {
    assertThat(Networks.isApart("rack-7.example", List.of("10.0.0.1"))).isFalse();
    assertThat(Networks.isApart("", List.of("10.0.0.1"))).isFalse();
    assertThat(Networks.isApart("10.9.0.1", List.of("10.0.0.1", "node-b"))).isFalse();
  }
}
