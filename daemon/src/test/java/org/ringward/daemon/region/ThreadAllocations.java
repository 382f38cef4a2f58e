package org.ringward.daemon.region;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;

/** What threads have allocated so far, by their names. */
public final class ThreadAllocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ThreadAllocations() {}

  /** Of this thread and of all whose names begin with ringward. */
  public static Map<String, Long> now() {
    Map<String, Long> allocated = new TreeMap<>();
    long self = Thread.currentThread().threadId();
    for (ThreadInfo info : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (info != null && info.getThreadName().startsWith("ringward")) {
        allocated.merge(
            info.getThreadName(), THREADS.getThreadAllocatedBytes(info.getThreadId()), Long::sum);
      }
    }
    // The last: what was allocated here meanwhile is part of it.
    allocated.put("self", THREADS.getThreadAllocatedBytes(self));
    return allocated;
  }

  /** Bytes that this thread has allocated. */
  public static long own() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
