package org.ringward.core.config;

import java.util.List;

/** What a machine knows of names and addresses; real in daemon and cli, made up in tests. */
public interface MachineNames {
  /** As uname -n says it. */
  String hostName();

  /** Names and numeric addresses of this machine's network interfaces. */
  List<String> interfaceNames();

  /** The numeric addresses a name resolves to, best first; empty when it does not. */
  List<String> addresses(String name);
}
