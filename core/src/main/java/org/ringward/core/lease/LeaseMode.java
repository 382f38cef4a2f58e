package org.ringward.core.lease;

/** Who may hold a resource beside a holder. */
public enum LeaseMode {
  /** Nobody. */
  EXCLUSIVE,
  /** Others who share it. */
  SHARED
}
