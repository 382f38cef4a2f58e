package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetTablesTest {
  private static final String FIB_TRIE =
      """
      Main:
        +-- 0.0.0.0/0 3 0 5
           +-- 10.88.0.0/24 2 0 2
              |-- 10.88.0.0
                 /24 link UNICAST
              |-- 10.88.0.11
                 /32 host LOCAL
              |-- 10.88.0.100
                 /32 host LOCAL
              |-- 10.88.0.255
                 /32 link BROADCAST
      """;

  private static final String TCP =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
         0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0
         1: 6400580A:1F90 C800580A:D2F0 01 00000000:00000000 00:00000000 00000000     0
      """;

  @Test
  void anOwnAddressIsALocalLeaf() {
    assertThat(NetTables.holds(FIB_TRIE, "10.88.0.100")).isTrue();
    assertThat(NetTables.holds(FIB_TRIE, "10.88.0.10")).isFalse();
    assertThat(NetTables.holds(FIB_TRIE, "10.88.0.255")).isFalse();
    assertThat(NetTables.holds("", "10.88.0.100")).isFalse();
  }

  @Test
  void onlyListeningSocketsCount() {
    assertThat(NetTables.listens(TCP, 80)).isTrue();
    assertThat(NetTables.listens(TCP, 8080)).isFalse();
    assertThat(NetTables.listens("", 80)).isFalse();
  }
}
