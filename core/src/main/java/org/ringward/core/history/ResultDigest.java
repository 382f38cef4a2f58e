package org.ringward.core.history;

import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.cib.OperationDigest;
import org.ringward.core.graph.GraphAction;

/** The fingerprint (op-digest) of what a graph action was run with. */
final class ResultDigest {
  private static final String META = "CRM_meta_";
  private static final String TIMEOUT = "CRM_meta_timeout";
  private static final String FEATURE_SET = "crm_feature_set";

  private ResultDigest() {}

  /** Of its parameters; a recurring action's timeout is one of them. */
  static String of(GraphAction action) {
    Map<String, String> parameters = new TreeMap<>();
    boolean recurring = action.number("interval") > 0;
    action
        .attributes()
        .map()
        .forEach((name, value) -> {
          boolean parameter = !name.startsWith(META) && !name.equals(FEATURE_SET);
          if (parameter || (recurring && name.equals(TIMEOUT))) {
            parameters.put(name, value);
          }
        });
    return OperationDigest.of(parameters);
  }
}
