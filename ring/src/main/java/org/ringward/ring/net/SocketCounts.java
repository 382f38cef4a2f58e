package org.ringward.ring.net;

import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;

/** What happened to datagrams on this node's sockets. Any thread may count and ask. */
final class SocketCounts {
  final AtomicLong sent = new AtomicLong();
  final AtomicLong sendCalls = new AtomicLong();
  final AtomicLong sendFailures = new AtomicLong();
  final AtomicLong received = new AtomicLong();
  final AtomicLong receiveCalls = new AtomicLong();
  final AtomicLong ended = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong unreachable = new AtomicLong();
  final AtomicLong tooLong = new AtomicLong();
  final AtomicLong otherErrors = new AtomicLong();

  /** Counts what the system said of a datagram that was sent earlier. */
  void error(int errno) {
    switch (errno) {
      case Linux.ECONNREFUSED -> refused.incrementAndGet();
      case Linux.EHOSTUNREACH, Linux.ENETUNREACH, Linux.EHOSTDOWN, Linux.ENETDOWN ->
          unreachable.incrementAndGet();
      case Linux.EMSGSIZE -> tooLong.incrementAndGet();
      default -> otherErrors.incrementAndGet();
    }
  }

  void report(SortedMap<String, Long> report) {
    report.put("udp-sent", sent.get());
    report.put("udp-send-calls", sendCalls.get());
    report.put("udp-send-failures", sendFailures.get());
    report.put("udp-received", received.get());
    report.put("udp-receive-calls", receiveCalls.get());
    report.put("tcp-ends-of-nodes", ended.get());
    report.put("udp-errors-refused", refused.get());
    report.put("udp-errors-unreachable", unreachable.get());
    report.put("udp-errors-too-long", tooLong.get());
    report.put("udp-errors-other", otherErrors.get());
  }
}
