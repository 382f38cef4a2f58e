package org.ringward.core.port;

import org.ringward.core.admin.AdminReply;

/** Answers to operators who asked over the local socket. */
public interface Operators {
  /** Answers the request with that id; a requester that has gone is ignored. */
  void reply(long requestId, AdminReply reply);
}
