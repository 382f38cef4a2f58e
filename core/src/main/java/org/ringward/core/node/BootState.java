package org.ringward.core.node;

import java.util.List;
import java.util.SortedMap;
import org.ringward.core.base.Decision;
import org.ringward.core.base.SavedConfiguration;

/**
 * What a node finds when it starts.
 *
 * @param files the durable files that port.Store wrote in earlier lives, by name
 * @param story what port.Journal was told in earlier lives, as far as it is still there
 * @param configurations the same of configurations, oldest first
 */
public record BootState(
    SortedMap<String, byte[]> files,
    List<Decision> story,
    List<SavedConfiguration> configurations) {
  public BootState {
    story = List.copyOf(story);
    configurations = List.copyOf(configurations);
  }

  /** Without a story. */
  public BootState(SortedMap<String, byte[]> files) {
    this(files, List.of(), List.of());
  }
}
