package org.ringward.core.cib;

import java.util.IdentityHashMap;

/**
 * Where the records that were read from a file began in it. Records are looked up by the very
 * {@link Attributes} object that the reader gave them, so a record that was edited since has no
 * line any more.
 */
public final class SourceMap {
  private final String file;
  private final IdentityHashMap<Attributes, Integer> lines = new IdentityHashMap<>();

  /**
   * @param file the name of the file, used in messages only
   */
  public SourceMap(String file) {
    this.file = file;
  }

  public String file() {
    return file;
  }

  /** The line counted from 1, 0 when it is not known. */
  public int line(Attributes attributes) {
    Integer line = lines.get(attributes);
    return line == null ? 0 : line;
  }

  void put(Attributes attributes, int line) {
    lines.put(attributes, line);
  }
}
