package org.ringward.core.cib;

import java.util.Map;
import java.util.TreeMap;

/**
 * Digests of content: SHA-256, in hexadecimal, of the XML form with sorted attributes. Equal
 * records have equal digests on every node and at every start; the order of elements counts, the
 * order of attributes does not.
 */
public final class CibDigest {
  private CibDigest() {}

  /** Of configuration, status and attributes, the version included. */
  public static String of(Cib cib) {
    return of(CibWriter.element(cib));
  }

  /** Of the configuration alone. */
  public static String of(Configuration configuration) {
    return of(CibWriter.element(configuration));
  }

  static String of(Element element) {
    StringBuilder text = new StringBuilder();
    append(text, element);
    return Digests.hex("SHA-256", text.toString());
  }

  private static void append(StringBuilder out, Element element) {
    out.append('<').append(element.name());
    for (Map.Entry<String, String> each : new TreeMap<>(element.attributes().map()).entrySet()) {
      out.append(' ').append(each.getKey()).append("=\"");
      XmlText.escape(out, each.getValue(), true);
      out.append('"');
    }
    out.append('>');
    XmlText.escape(out, element.text(), false);
    for (Element child : element.children()) {
      append(out, child);
    }
    out.append("</").append(element.name()).append('>');
  }
}
