package org.ringward.core.policy.model;

/** What a failure leads to, from the mildest to the strongest (on-fail). */
public enum OnFail {
  IGNORE,
  DEMOTE,
  RESTART,
  BAN,
  BLOCK,
  STOP,
  STANDBY_NODE,
  FENCE_NODE,
  RESTART_CONTAINER,
  RESET_REMOTE
}
