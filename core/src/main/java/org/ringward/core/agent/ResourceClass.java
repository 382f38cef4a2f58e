package org.ringward.core.agent;

import java.util.List;
import org.ringward.core.port.ProcessResult;

/**
 * A kind of resource agent: how an operation becomes programs to run, and their ends an outcome.
 */
public interface ResourceClass {
  /** The class as configurations name it. */
  String name();

  /**
   * What the operation needs next.
   *
   * @param ended how the programs run so far for this operation ended, in order
   */
  Step next(ResourceOperation operation, List<ProcessResult> ended);
}
