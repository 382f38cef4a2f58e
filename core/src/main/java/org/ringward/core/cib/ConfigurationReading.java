package org.ringward.core.cib;

import java.util.List;

/**
 * A configuration with what there is to say about its file.
 *
 * @param notes what was kept but has no effect
 * @param sources the lines, so that a finding can name its line
 */
public record ConfigurationReading(
    Configuration configuration, List<Finding> notes, SourceMap sources) {
  public ConfigurationReading {
    notes = List.copyOf(notes);
  }
}
