package org.ringward.core.cib;

import java.util.LinkedHashSet;
import java.util.Set;

/** Names and values of options, against the lists that know them. */
final class OptionChecks {
  private final FindingList findings;

  OptionChecks(FindingList findings) {
    this.findings = findings;
  }

  /** What a name may be that is not in the list. */
  enum Unknown {
    /** Anything: names are up to people. */
    FREE,
    /** Something that agents keep there; but not what looks like a typing error. */
    SUSPICIOUS
  }

  void clusterProperties(Configuration configuration) {
    for (AttributeSet set : configuration.properties()) {
      check(ClusterProperties.ALL, "", set, Unknown.SUSPICIOUS);
    }
  }

  void defaults(Configuration configuration) {
    for (AttributeSet set : configuration.resourceDefaults()) {
      check(ResourceOptions.META, "resource defaults", set, Unknown.SUSPICIOUS);
    }
    for (AttributeSet set : configuration.operationDefaults()) {
      check(ResourceOptions.OPERATION, "operation defaults", set, Unknown.SUSPICIOUS);
    }
  }

  /**
   * @param owner what the set belongs to, empty for the cluster
   */
  void check(OptionList known, String owner, AttributeSet set, Unknown unknown) {
    Set<String> seen = new LinkedHashSet<>();
    for (Nvpair pair : set.pairs()) {
      String key = owner.isEmpty() ? pair.name() : owner + " " + pair.name();
      if (pair.attributes().has("id-ref") && !pair.attributes().has("value")) {
        continue;
      }
      if (pair.name().isEmpty()) {
        findings.error(pair.attributes(), key, "an nvpair of " + set.id() + " has no name");
      } else if (!seen.add(pair.name())) {
        findings.error(
            pair.attributes(), key, known.title() + " " + pair.name() + " is given twice");
      } else {
        check(known, key, pair, unknown);
      }
    }
  }

  private void check(OptionList known, String key, Nvpair pair, Unknown unknown) {
    Option option = known.find(pair.name());
    if (option != null) {
      value(option, key, pair.value(), pair.attributes());
      return;
    }
    String nearest = unknown == Unknown.FREE ? null : known.nearest(pair.name());
    if (nearest != null) {
      findings.error(
          pair.attributes(),
          key,
          known.title()
              + " \""
              + pair.name()
              + "\" is not known, did you mean \""
              + nearest
              + "\"?");
    } else if (unknown == Unknown.SUSPICIOUS) {
      findings.warning(
          pair.attributes(),
          key,
          known.title() + " \"" + pair.name() + "\" is not known and has no effect");
    }
  }

  /** A value that is not allowed, with what is. */
  void value(Option option, String key, String value, Attributes where) {
    if (!option.type().accepts(value) && !value.equals("#default")) {
      findings.error(where, key, key + " is \"" + value + "\"; allowed: " + option.type().range());
    }
  }
}
