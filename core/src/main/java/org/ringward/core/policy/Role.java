package org.ringward.core.policy;

/** What a resource is on a node, or is to become. */
enum Role {
  /** Nothing is known yet, or nothing is demanded. */
  UNKNOWN,
  STOPPED,
  STARTED
}
