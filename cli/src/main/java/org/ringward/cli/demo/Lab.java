package org.ringward.cli.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * The machines of the demo and what one can do to them. Everything started here ends with {@link
 * #close()}, and with the demo's process at the latest.
 *
 * <p>Failures are OperatorExceptions with a sentence that says what did not come up.
 */
interface Lab extends AutoCloseable {
  /** The machines in order: n1, n2, n3. */
  List<String> nodes();

  /** One sentence: how the machines are made here. */
  String description();

  /** Makes every stop of the web server on that machine fail, until it is switched off. */
  void jam(String node);

  /** Where the service answers. */
  ServiceAddress service();

  /** The configuration of the cluster, as a person would write it. */
  String configuration();

  /** Switches all machines on, without their daemons, and plugs in the client. */
  void up();

  /** Switches the machine on, with fresh volatile files; its daemon does not start by itself. */
  void powerOn(String node);

  /**
   * Kills every process of the machine and pulls its cable at the same moment; returns when nothing
   * of it is left. Switching off what is off succeeds.
   */
  void powerOff(String node);

  boolean powered(String node);

  /** Pulls the machine's network cable; switching the machine on plugs it in again. */
  void cut(String node);

  /** Plugs it in again. */
  void mend(String node);

  /** The heartbeat regions, as the daemons' settings have them. */
  List<String> regions();

  /**
   * Cuts a heartbeat region at a machine: it hears nobody there, and nobody hears it; a shared disk
   * is taken away from all. The ring and the service are not touched. Switching the machine on
   * mends its regions.
   */
  void cutRegion(String region, String node);

  /** Undoes {@link #cutRegion}. */
  void mendRegion(String region, String node);

  /** Starts the daemon; returns at once. */
  void startDaemon(String node);

  /** The daemon's process id as seen from here, 0 when it does not run. */
  long daemon(String node);

  /** What the daemon wrote to its standard streams. */
  Path daemonLog(String node);

  /** The web server's processes as seen from here, the master first. */
  List<Long> webServers(String node);

  Activity activity(String node);

  /** The control socket of the machine's daemon; the path changes with each boot. */
  Path socket(String node);

  /** Where a browser of this computer finds the page of a node. */
  String page(String node);

  /** The file with the token that lets the page of a node give orders. */
  Path pageToken(String node);

  /** A command line that runs the command where the client is. */
  List<String> atClient(List<String> command);

  @Override
  void close();

  /**
   * @param host address
   */
  record ServiceAddress(String host, int port) {
    @Override
    public String toString() {
      return port == 80 ? "http://" + host + "/" : "http://" + host + ":" + port + "/";
    }
  }
}
