package org.ringward.core.cib;

import java.util.Map;
import java.util.TreeMap;

/**
 * The digest by which a change of parameters is found, as Pacemaker computes it
 * (scheduler-suite/README.md): MD5 of a space, the element {@code <parameters a="x" b="y"/>} with
 * sorted attributes, and a newline. It is no protection against anybody.
 */
public final class OperationDigest {
  private OperationDigest() {}

  /**
   * @param parameters what is in effect, under plain names; a recurring operation has its timeout
   *     as CRM_meta_timeout
   */
  public static String of(Map<String, String> parameters) {
    StringBuilder text = new StringBuilder(" <parameters");
    new TreeMap<>(parameters)
        .forEach((name, value) -> {
          text.append(' ').append(name).append("=\"");
          XmlText.escape(text, value, true);
          text.append('"');
        });
    return Digests.hex("MD5", text.append("/>\n").toString());
  }
}
