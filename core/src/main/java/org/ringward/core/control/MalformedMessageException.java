package org.ringward.core.control;

/** A message of the cluster's group that this version cannot read: dropped and counted. */
final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedMessageException(String message) {
    super(message);
  }
}
