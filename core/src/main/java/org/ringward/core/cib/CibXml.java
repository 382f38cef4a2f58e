package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;

/**
 * The XML form of the cluster information base, as Pacemaker's tools read and write it.
 *
 * <p>Reading loses nothing but comments and processing instructions: what the records do not know
 * is kept in their others, written back, and noted. Old names of options and of elements are kept
 * as they were written. Writing and reading again gives equal records. Document types and entities
 * of the file's own are refused, nesting is bounded to 200 elements and a file to 64 MiB; each
 * refusal is an {@link org.ringward.core.base.OperatorException} whose sentence names file and
 * line.
 */
public final class CibXml {
  private CibXml() {}

  /** A cib with what there is to say about its file. */
  public record Reading(Cib cib, List<Finding> notes, SourceMap sources) {
    public Reading {
      notes = List.copyOf(notes);
    }
  }

  /** Reads a document whose root is {@code cib}. */
  public static Cib read(String fileName, String xml) {
    return readWithNotes(fileName, xml).cib();
  }

  /** Reads a document whose root is {@code cib}, in the encoding that it declares. */
  public static Cib read(String fileName, byte[] xml) {
    return reading(fileName, XmlParser.parse(fileName, xml)).cib();
  }

  /** Reads a document whose root is {@code cib}, with notes and lines. */
  public static Reading readWithNotes(String fileName, String xml) {
    return reading(fileName, XmlParser.parse(fileName, xml));
  }

  /**
   * Reads a document whose root is {@code configuration} or {@code cib}; of the latter the status
   * is left aside.
   */
  public static Configuration readConfiguration(String fileName, String xml) {
    return readConfigurationWithNotes(fileName, xml).configuration();
  }

  /** As {@link #readConfiguration}, with notes and lines. */
  public static ConfigurationReading readConfigurationWithNotes(String fileName, String xml) {
    XmlParser.Tree tree = XmlParser.parse(fileName, xml);
    SourceMap sources = new SourceMap(fileName);
    CibReader reader = new CibReader(sources);
    Element root = tree.root();
    Configuration configuration =
        switch (root.name()) {
          case "configuration" -> reader.configuration(root);
          case "cib" -> reader.cib(root).configuration();
          default ->
              throw reader.refused(
                  root.line(),
                  "the root is <" + root.name() + ">, expected <configuration> or <cib>");
        };
    return new ConfigurationReading(configuration, notes(reader, tree), sources);
  }

  /** Reads any document as it is. */
  public static Element readElement(String fileName, String xml) {
    return XmlParser.parse(fileName, xml).root();
  }

  private static Reading reading(String fileName, XmlParser.Tree tree) {
    SourceMap sources = new SourceMap(fileName);
    CibReader reader = new CibReader(sources);
    Cib cib = reader.cib(tree.root());
    return new Reading(cib, notes(reader, tree), sources);
  }

  private static List<Finding> notes(CibReader reader, XmlParser.Tree tree) {
    if (tree.firstCommentLine() > 0) {
      reader.note(tree.firstCommentLine(), "comment", "comments are not kept");
    }
    return new ArrayList<>(reader.notes());
  }

  /**
   * The document, indented, with an XML declaration. Equal cibs give equal text if their order is.
   */
  public static String write(Cib cib) {
    return document(CibWriter.element(cib));
  }

  /** The configuration section as a document. */
  public static String write(Configuration configuration) {
    return document(CibWriter.element(configuration));
  }

  /** Any element as a document. */
  public static String write(Element element) {
    return document(element);
  }

  private static String document(Element element) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + XmlText.indented(element);
  }

  public static Element toElement(Cib cib) {
    return CibWriter.element(cib);
  }

  public static Element toElement(Configuration configuration) {
    return CibWriter.element(configuration);
  }

  public static Element toElement(Status status) {
    return CibWriter.element(status);
  }

  public static Element toElement(NodeState state) {
    return CibWriter.element(state);
  }

  public static Element toElement(Resource resource) {
    return CibWriter.element(resource);
  }

  public static Element toElement(Constraint constraint) {
    return CibWriter.element(constraint);
  }

  public static Element toElement(OperationRecord operation) {
    return CibWriter.element(operation);
  }

  /** One node state from its element; what is not known is kept. */
  public static NodeState toNodeState(Element nodeState) {
    return new CibReader(new SourceMap("")).nodeState(nodeState);
  }
}
