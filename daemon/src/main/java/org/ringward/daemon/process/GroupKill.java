package org.ringward.daemon.process;

/** Sends SIGKILL to a process group. */
public interface GroupKill {
  void kill(long processGroup);
}
