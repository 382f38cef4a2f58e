package org.ringward.core.cib;

/**
 * The YAML form of the configuration, in the same terms as the XML form; docs/configuration.md
 * describes it.
 *
 * <p>Writing and reading again gives an equal configuration, up to the ids of sets, pairs,
 * operations and levels that were not made by this reader. Ids that are not given are made in the
 * style of pcs, the same for the same file. What the form has no words for stands as XML text under
 * the key xml.
 */
public final class CibYaml {
  private CibYaml() {}

  /**
   * Reads a configuration.
   *
   * @param fileName how messages call the file
   * @throws org.ringward.core.base.OperatorException naming file, line, key, what was found and
   *     what is allowed
   */
  public static ConfigurationReading readConfiguration(String fileName, String text) {
    return new CibYamlReader(fileName).read(text);
  }

  /** Writes a configuration; nothing is lost but comments. */
  public static String write(Configuration configuration) {
    return CibYamlWriter.write(configuration);
  }
}
