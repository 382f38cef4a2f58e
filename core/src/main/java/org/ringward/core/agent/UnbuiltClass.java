package org.ringward.core.agent;

import java.util.List;
import org.ringward.core.port.ProcessResult;

/** A class of agents that this version cannot run: every operation says so. */
record UnbuiltClass(String name) implements ResourceClass {
  @Override
  public Step next(ResourceOperation operation, List<ProcessResult> ended) {
    return Verdict.error(
        OcfExit.CONFIGURED,
        "%s: agents of class \"%s\" cannot be run by this version; built are ocf and stonith"
            .formatted(operation.resource(), name));
  }
}
