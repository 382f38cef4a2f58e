package org.ringward.core.cib;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * Text to a tree of {@link Element}s. Document types and entities of one's own are refused, depth
 * and size are bounded, so that a hostile file costs no more than a large one. Names keep their
 * prefix; comments and processing instructions are not part of the tree.
 */
final class XmlParser {
  /** Deeper than any schema of a cib. */
  static final int DEPTH_MAX = 200;

  /** In bytes or characters. */
  static final int SIZE_MAX = 64 * 1024 * 1024;

  private final String fileName;
  private final XMLStreamReader reader;
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable Element root;
  private int firstCommentLine;

  /** What was read. {@code firstCommentLine} is 0 when there is no comment. */
  record Tree(Element root, int firstCommentLine) {}

  /** An element whose end was not seen yet. */
  private record Open(
      String name, Attributes attributes, List<Element> children, StringBuilder text, int line) {}

  private XmlParser(String fileName, XMLStreamReader reader) {
    this.fileName = fileName;
    this.reader = reader;
  }

  static Tree parse(String fileName, byte[] xml) {
    checkSize(fileName, xml.length);
    try {
      return parse(fileName, factory().createXMLStreamReader(new ByteArrayInputStream(xml)));
    } catch (XMLStreamException e) {
      throw broken(fileName, e);
    }
  }

  static Tree parse(String fileName, String xml) {
    checkSize(fileName, xml.length());
    try {
      return parse(fileName, factory().createXMLStreamReader(new StringReader(xml)));
    } catch (XMLStreamException e) {
      throw broken(fileName, e);
    }
  }

  private static void checkSize(String fileName, int size) {
    if (size > SIZE_MAX) {
      throw new OperatorException(
          ExitCode.DATA_ERROR,
          fileName + ": the file has " + size + " bytes, at most " + SIZE_MAX + " are allowed");
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Prefixes and xmlns attributes stay in the names, so that they are written as they were read.
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    // The limits here are ours. Those of the JDK guard against entities, which cannot be declared
    // without a document type, and would refuse a long attribute with many escapes.
    factory.setProperty("jdk.xml.maxElementDepth", 0);
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", 0);
    factory.setProperty("jdk.xml.totalEntitySizeLimit", 0);
    return factory;
  }

  private static Tree parse(String fileName, XMLStreamReader reader) throws XMLStreamException {
    try {
      XmlParser parser = new XmlParser(fileName, reader);
      while (reader.hasNext()) {
        parser.event(reader.next());
      }
      if (parser.root == null) {
        throw parser.refused("there is no element");
      }
      return new Tree(parser.root, parser.firstCommentLine);
    } finally {
      reader.close();
    }
  }

  private void event(int event) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> start();
      case XMLStreamConstants.END_ELEMENT -> end();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
        Open top = open.peek();
        if (top != null) {
          top.text().append(reader.getText());
        }
      }
      case XMLStreamConstants.COMMENT -> {
        if (firstCommentLine == 0) {
          firstCommentLine = line();
        }
      }
      case XMLStreamConstants.DTD -> throw refused("a document type (DOCTYPE) is not allowed");
      case XMLStreamConstants.ENTITY_REFERENCE ->
          throw refused("the entity &" + reader.getLocalName() + "; is not allowed");
      default -> {} // start and end of the document, processing instructions
    }
  }

  private void start() {
    if (open.size() >= DEPTH_MAX) {
      throw refused("elements are nested more than " + DEPTH_MAX + " deep");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    open.push(
        new Open(
            reader.getLocalName(),
            new Attributes(attributes),
            new ArrayList<>(),
            new StringBuilder(),
            line()));
  }

  private void end() {
    Open done = open.pop();
    Element element =
        new Element(
            done.name(),
            done.attributes(),
            done.children(),
            done.text().toString().strip(),
            done.line());
    Open parent = open.peek();
    if (parent == null) {
      root = element;
    } else {
      parent.children().add(element);
    }
  }

  private int line() {
    return Math.max(reader.getLocation().getLineNumber(), 0);
  }

  private OperatorException refused(String what) {
    return new OperatorException(ExitCode.DATA_ERROR, fileName + ":" + line() + ": " + what);
  }

  private static OperatorException broken(String fileName, XMLStreamException e) {
    Location location = e.getLocation();
    String where = location == null ? fileName : fileName + ":" + location.getLineNumber();
    return new OperatorException(
        ExitCode.DATA_ERROR, where + ": not well-formed XML: " + lastLine(e));
  }

  /** The parser puts the sentence on the last line, after a line with the place. */
  private static String lastLine(XMLStreamException e) {
    String message = String.valueOf(e.getMessage()).strip();
    String last = message.substring(message.lastIndexOf('\n') + 1);
    return last.startsWith("Message: ") ? last.substring("Message: ".length()) : last;
  }
}
