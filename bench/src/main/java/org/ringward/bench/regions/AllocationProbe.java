package org.ringward.bench.regions;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Runs on a machine of the laboratory and asks the daemon there what its threads allocate: a line
 * with a name and bytes for each of Ringward's own threads.
 */
public final class AllocationProbe {
  private AllocationProbe() {}

  /** Takes the seconds to measure. The other end is a daemon that this bench has started. */
  @SuppressWarnings("BanJNDI")
  public static void main(String[] arguments)
      throws IOException, AttachNotSupportedException, InterruptedException {
    long seconds = Long.parseLong(arguments[0]);
    long daemon =
        ProcessHandle.allProcesses()
            .filter(
                each -> each.info().commandLine().orElse("").contains("org.ringward.daemon.Main"))
            .mapToLong(ProcessHandle::pid)
            .findFirst()
            .orElseThrow();
    VirtualMachine machine = VirtualMachine.attach(Long.toString(daemon));
    String address = machine.startLocalManagementAgent();
    machine.detach();
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      ThreadMXBean threads =
          ManagementFactory.newPlatformMXBeanProxy(
              server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
      Map<String, Long> before = allocated(threads);
      Thread.sleep(seconds * 1000);
      allocated(threads)
          .forEach((name, bytes) ->
              System.out.println(name + " " + (bytes - before.getOrDefault(name, 0L))));
    }
  }

  private static Map<String, Long> allocated(ThreadMXBean threads) {
    Map<String, Long> allocated = new TreeMap<>();
    long[] ids = threads.getAllThreadIds();
    ThreadInfo[] infos = threads.getThreadInfo(ids);
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    for (int at = 0; at < ids.length; at++) {
      ThreadInfo info = infos[at];
      if (info != null && info.getThreadName().startsWith("ringward-")) {
        allocated.merge(info.getThreadName(), bytes[at], Long::sum);
      }
    }
    return allocated;
  }
}
